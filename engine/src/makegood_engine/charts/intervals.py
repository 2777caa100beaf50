"""Verdicts under one another: effects with their intervals, and what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, isfinite

from makegood_engine.charts.frame import Frame
from makegood_engine.charts.lettering import WIDE
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.rows import (
    NAMES,
    SAID,
    draw_upright,
    draw_words,
    frame_of,
    is_stacked,
    rows_of,
)
from makegood_engine.charts.scales import value_range
from makegood_engine.charts.svg import COMMON, INK, hint, line, picture
from makegood_engine.tables.counted import counted
from makegood_engine.tables.figures import plain
from makegood_engine.verdict import Finding

EDGE = 16.0
"""The room left at each side where words stand above and beneath."""

KINDS = {
    Finding.WORSE.value: "concern",
    Finding.DELIVERED.value: "improvement",
    Finding.IMPROVED.value: "improvement",
    Finding.SHORT.value: "neutral",
}
"""The mark of a verdict; the rest are circles."""
WORDS = {
    "improvement": "Better than expected",
    "concern": "Worse than expected",
    "neutral": "Better, but short",
    "common": "Not told from chance",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """One verdict as a row: the effect with its interval, what was promised, and the verdict.

    Numbers are in the measure's unit, more being better; None where there was no test.
    """

    name: str
    effect: float | None
    lower: float | None
    upper: float | None
    promised: float | None
    verdict: str


def interval_plot(rows: Sequence[Interval], *, title: str, unit: str, width: int = WIDE) -> str:
    """Draw verdicts under one another as SVG text: effects, intervals and promises.

    All rows must be in the same unit. A row without a test has its words alone; an end that goes
    on for ever is drawn to the edge. `width` is in page units: see `spc_chart`.
    """
    said = f"added, in {unit}; dashes mark the promise"
    places, foot = rows_of([(row.name, row.verdict) for row in rows], width=width)
    stacked = is_stacked(width)
    left, right = (EDGE, width - EDGE) if stacked else (NAMES, width - SAID)
    frame = frame_of(*_span(rows), left=left, right=right, foot=foot, unit=said, width=width)
    frame.level_axis(said, grid=not stacked)
    draw_upright(frame, frame.x.at(0), places, "Nothing added")
    marks: dict[str, list[str]] = {}
    for row, place in zip(rows, places, strict=True):
        draw_words(frame, place)
        if row.effect is not None:
            kind = KINDS.get(row.verdict, "common")
            marks.setdefault(kind, []).append(_draw(frame, row, place.middle))
    for kind, drawn in marks.items():
        frame.parts.append(marker_group(kind, "".join(drawn)))
    low = frame.legend([(kind, WORDS[kind]) for kind in WORDS if kind in marks], at=4)
    told = describe_intervals(rows, unit=unit)
    return picture(frame.parts, title=title, description=told, width=width, height=ceil(low + 14))


def describe_intervals(rows: Sequence[Interval], *, unit: str) -> str:
    """Say what an interval plot shows, row by row, in the order of `rows`.

    Effects, ends and promises are in `unit`; an end that is None goes on for ever.
    """
    lines = [f"{counted(len(rows), 'promise')}: what was added, in {unit}."]
    for row in rows:
        if row.effect is None:
            lines.append(f"{row.name}: {row.verdict}.")
            continue
        low, high = (plain(-inf if end is None else end) for end in (row.lower, row.upper))
        promise = "" if row.promised is None else f", promised {plain(row.promised)}"
        lines.append(f"{row.name}: {plain(row.effect)} ({low} to {high}){promise}; {row.verdict}.")
    return " ".join(lines)


def _span(rows: Sequence[Interval]) -> tuple[float, float]:
    """What the level scale must show: nothing added, and all that was tested."""
    shown = [0.0]
    for row in rows:
        ends = (row.effect, row.lower, row.upper, row.promised)
        shown += [
            end for end in ends if row.effect is not None and end is not None and isfinite(end)
        ]
    low, high = value_range(shown) if len(set(shown)) > 1 else (-1.0, 1.0)
    return min(low, -0.02 * high), high


def _draw(frame: Frame, row: Interval, y: float) -> str:
    """The line of one interval and its promise; gives the mark of its effect."""
    assert row.effect is not None
    edges = (frame.x.low, frame.x.high)
    ends = [
        edge if end is None or not isfinite(end) else end
        for end, edge in zip((row.lower, row.upper), edges, strict=True)
    ]
    left, right = (frame.x.at(end) for end in ends)
    frame.parts.append(
        line(left, y, right, y, part="interval", stroke=COMMON, stroke_width="3",
             stroke_linecap="round")
    )  # fmt: skip
    if row.promised is not None:
        at = frame.x.at(row.promised)
        frame.parts.append(
            line(at, y - 10, at, y + 10, part="target", stroke=INK, stroke_width="2",
                 stroke_dasharray="4 2")
        )  # fmt: skip
    kind = KINDS.get(row.verdict, "common")
    said = hint(f"{row.name}: {plain(row.effect)}")
    return marker(kind, "up", x=frame.x.at(row.effect), y=y, size=4.5, hint=said)
