"""Figures for a journey: a real provider's with real comparators, or made-up ones.

The real bodies are known by number alone; their names and codes are read and never kept.
"""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from makegood.kernel.period import add_months
from makegood_engine.effect import choose
from makegood_engine.effect.pool import FROZEN, standing
from tests.absent_data import SharedData

STARTS_ON, DUE_ON = date(2016, 4, 1), date(2017, 3, 31)
MONTHS = tuple(add_months(date(2015, 4, 1), month) for month in range(24))
"""Twelve months before the start and twelve from it."""
COMPARATORS, SEED = 24, 2016
RULE = (
    f"The {COMPARATORS} whole series most like the provider's in level and movement before the "
    f"start, by the rule nearest-level-and-movement-1 with seed {SEED}."
)
PROVIDERS = "social_enterprise_and_independent_community_providers_with_comparators.csv"
EVERYONE = "sickness_rate_by_organisation_monthly_2013-04_2022-02.csv"
History = Mapping[date, float]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A provider's history, its comparators', and an illustrative promise that nobody made."""

    history: History
    comparators: Sequence[History]
    promised: float = 0.5
    baseline: float = field(init=False)

    def __post_init__(self) -> None:
        before = [self.history[month] for month in MONTHS[:12]]
        object.__setattr__(self, "baseline", round(sum(before) / len(before), 2))

    @property
    def target(self) -> float:
        return round(self.baseline - self.promised, 2)

    def write_csv(self, path: Path) -> Path:
        """Write the provider's history as the file its recorder sends."""
        rows = ((period, repr(value)) for period, value in sorted(self.history.items()))
        return write_table(path, head="period,value", rows=rows)


def real_figures(shared: SharedData) -> Figures:
    """Return the first whole and moving provider's figures, and 24 comparators by the rule."""
    providers = _read(shared.path("data", "sickness", PROVIDERS), "sickness_rate_percent")
    everyone = _read(shared.path("data", "sickness", EVERYONE), "sickness_absence_rate_percent")
    known = {code: everyone.get(code, {}) | own for code, own in providers.items()}
    code = next(code for code in sorted(known) if _is_whole(known[code]))
    others = [other for name, other in sorted(everyone.items()) if name not in providers]
    table = np.array(
        [[one.get(month, math.nan) for month in MONTHS] for one in [known[code], *others]]
    )
    choice = choose(table[:, :12], 0, after=table[:, 12:], count=COMPARATORS, seed=SEED)
    return Figures(history=known[code], comparators=[others[row - 1] for row in choice.rows])


def made_up_figures() -> Figures:
    """Return figures nobody measured: level, season and noise, the provider's one point better."""
    random = np.random.default_rng(7)
    wave = [0.4 * math.cos(2 * math.pi * month.month / 12) for month in MONTHS]

    def one(level: float, change: float) -> dict[date, float]:
        return {
            month: round(level + wave[at] + random.normal(0, 0.15) + change * (at >= 12), 2)
            for at, month in enumerate(MONTHS)
        }

    return Figures(history=one(5.0, -1.0), comparators=[one(4.6 + n / 30, 0) for n in range(20)])


def verdict_by_command(figures: Figures, *, folder: Path) -> dict[str, str]:
    """Return what ``makegood-engine assess`` says of the same figures, read from its own file."""
    names = [f"C{number:02}" for number in range(len(figures.comparators))]
    histories = dict(zip(["own", *names], [figures.history, *figures.comparators], strict=True))
    measured = [
        (name, period, repr(value))
        for name, history in histories.items()
        for period, value in sorted(history.items())
    ]
    terms = (figures.baseline, figures.baseline, figures.target)
    tables = {
        "measurements": ("series,period,value", measured),
        "commitments": (
            "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool",
            [("K", "own", "down", STARTS_ON, DUE_ON, *terms, "like")],
        ),
        "pools": ("pool,series", [("like", name) for name in names]),
    }
    command = [sys.executable, "-m", "makegood_engine.cli", "assess"]
    for name, (head, rows) in tables.items():
        command += [f"--{name}", str(write_table(folder / f"{name}.csv", head=head, rows=rows))]
    subprocess.run([*command, "--verdicts", str(folder / "verdicts.csv")], check=True)
    with (folder / "verdicts.csv").open(newline="") as file:
        (said,) = csv.DictReader(file)
    return said


def write_table(path: Path, *, head: str, rows: Iterable[Sequence[object]]) -> Path:
    """Write a CSV table and return where it is."""
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(head.split(","))
        lines.writerows(rows)
    return path


def _read(path: Path, column: str) -> dict[str, dict[date, float]]:
    """Read rates by organisation and month; whole regions are left out, and 0 means not known."""
    found: dict[str, dict[date, float]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rate = float(row[column] or 0)
            if rate and row["organisation"] != "All organisations":
                found[row["ods_org_code"]][date.fromisoformat(f"{row['month']}-01")] = rate
    return dict(found)


def _is_whole(history: History) -> bool:
    """Return whether every month of both windows is known, and the figures move."""
    values: NDArray[np.float64] = np.array([history.get(month, math.nan) for month in MONTHS])
    return not np.isnan(values).any() and standing(values, 0, 24, 1, 0.9) != FROZEN
