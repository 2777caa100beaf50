"""How long a schedule of 60 commitments takes, as PDF/UA and as a Word file: at most 2 seconds each."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from makegood.contract.documents import schedule_pdf, schedule_word

COMMITMENTS, MOST = 60, 2.0


def schedule() -> dict[str, Any]:
    lines = [
        {"name": f"Part {n}", "words": "Words that both sides agreed on. " * 4} for n in range(8)
    ]
    one = {
        "reference": "P-7K3M-01",
        "fate": "changed",
        "said": [
            [name, "For our staff: fewer days are lost, by 31 March 2027. " * 3] for name in "abc"
        ],
        "differences": ["Weaker: Target 4.5% instead of 4.2%"],
        "lines": lines,
    }
    row = ["P-7K3M-01", "fewer days are lost", "4.2% by 31 March 2027", "4.5%", "changed"]
    return {
        "reference": "C-7K3M",
        "title": "Schedule of commitments",
        "parties": ["Valley Council", "Moor View Care"],
        "dated": "2026-04-01",
        "status": "Signed",
        "frame": lines,
        "overview": {"head": row, "rows": [row] * COMMITMENTS},
        "promises": [one] * COMMITMENTS,
        "additional": [],
        "signatures": [],
        "check": "Compare the digests.",
    }


def seconds(make: Callable[[dict[str, Any]], bytes]) -> float:
    data = schedule()
    make(data)  # what is loaded once is not counted
    began = time.perf_counter()
    make(data)
    return time.perf_counter() - began


def bench_schedule() -> tuple[str, str, str]:
    """Return how long the slower of the two takes."""
    taken = max(seconds(make) for make in (schedule_pdf, schedule_word))
    return (f"a schedule of {COMMITMENTS} commitments", f"{taken:.2f} s", f"at most {MOST:.0f} s")
