"""Turning what is known into what the pictures of a page show."""

from typing import Any

from django.urls import reverse

from makegood.contract.queries import Share, Tally
from makegood.kernel.ledger.models import Entry
from makegood.kernel.period import name_month
from makegood.web.queries.gap import Gap
from makegood.web.queries.thread import Thread


def gap_steps(gap: Gap) -> list[dict[str, Any]]:
    """Return the bars of the gap: promised, contracted, captured, shown."""
    promises = reverse("promises")
    steps = [
        ("Promised", gap.promised, 0, "", ""),
        (
            "Contracted",
            gap.contracted,
            gap.lost.count,
            _worth(gap.lost),
            f"{promises}?share={Share.NOT_CONTRACTED.name.lower()}",
        ),
        ("Captured", gap.captured, gap.contracted.count - gap.captured.count, "no evidence yet", ""),
        ("Shown", gap.shown, gap.captured.count - gap.shown.count, "not found to be delivered", ""),
    ]
    return [
        {
            "name": name,
            "value": tally.count,
            "lost": lost,
            "reason": reason,
            "href": href,
            "trace": promises,
        }
        for name, tally, lost, reason, href in steps
    ]


def numbers_of(thread: Thread) -> list[list[object]]:
    """Return the figures behind the chart, each with the ledger entry it is traced to."""
    return [
        [
            name_month(measurement.period),
            _shown(measurement.value, note=measurement.note or measurement.standing),
            {"text": str(entry), "href": address_of(entry)} if entry else "",
        ]
        for measurement in thread.measurements
        for entry in [thread.trace_of(measurement)]
    ]


def address_of(entry: Entry | None) -> str:
    """Return the page of a ledger entry."""
    return reverse("entry", args=[entry.stream, entry.seq]) if entry else ""


def _shown(value: float | None, *, note: str) -> str:
    return f"{value:.10g}" if value is not None else note.replace("_", " ")


def _worth(tally: Tally) -> str:
    valued = tally.count - tally.unvalued
    parts = [f"worth {tally.worth} a year" if valued else ""]
    parts.append(f"{tally.unvalued} not valued" if tally.unvalued else "")
    return ", ".join(part for part in parts if part)
