"""Charts of rows: each row a name, a mark with its interval, and words at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from textwrap import wrap

from makegood_engine.charts.frame import ROW, Frame
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Scale, value_range
from makegood_engine.charts.svg import (
    COMMON,
    INK,
    MUTED,
    element,
    hint,
    line,
    picture,
    shortened,
    text,
)
from makegood_engine.tables.figures import in_unit, plain
from makegood_engine.verdict import Finding

WIDTH = 860
LEFT, RIGHT, TOP, FOOT = 284, 250, 40, 92
LONGEST = 38
"""Letters of a name that fit beside the chart on one line; of a longer one, two smaller lines."""
SMALLER = 45
"""Letters of each of two smaller lines."""

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


def interval_plot(rows: Sequence[Interval], *, title: str, unit: str) -> str:
    """Draw verdicts under one another as SVG text: effects, intervals and promises.

    All rows must be in the same unit. A row without a test has its words alone; an end that goes
    on for ever is drawn to the edge.
    """
    tested = [row for row in rows if row.effect is not None]
    frame = _frame(rows, tested)
    frame.level_axis(f"added, in {unit}; dashes mark the promise", grid=True)
    zero = frame.x.at(0)
    foot = TOP + ROW * len(rows)
    frame.parts.append(
        line(zero, TOP - 14, zero, foot, part="mean", stroke=INK, stroke_width="1.5")
    )
    frame.parts.append(text("Nothing added", x=zero, y=TOP - 20, text_anchor="middle", fill=INK))
    marks: dict[str, list[str]] = {}
    for place, row in enumerate(rows):
        y = TOP + ROW * (place + 0.5)
        frame.parts.append(_name(row.name, y))
        frame.parts.append(
            text(row.verdict, x=WIDTH - RIGHT + 14, y=y + 5, part="verdict", fill=MUTED)
        )
        if row.effect is not None:
            kind = KINDS.get(row.verdict, "common")
            marks.setdefault(kind, []).append(_draw(frame, row, y))
    for kind, drawn in marks.items():
        frame.parts.append(marker_group(kind, "".join(drawn)))
    frame.legend([(kind, WORDS[kind]) for kind in WORDS if kind in marks], at=4)
    said = describe_intervals(rows, unit=unit)
    return picture(frame.parts, title=title, description=said, width=WIDTH, height=frame.height)


def describe_intervals(rows: Sequence[Interval], *, unit: str) -> str:
    """Say what an interval plot shows, row by row."""
    lines = [f"{len(rows)} promises: what was added, in {unit}."]
    for row in rows:
        if row.effect is None:
            lines.append(f"{row.name}: {row.verdict}.")
            continue
        low, high = (plain(-inf if end is None else end) for end in (row.lower, row.upper))
        promise = "" if row.promised is None else f", promised {plain(row.promised)}"
        lines.append(f"{row.name}: {plain(row.effect)} ({low} to {high}){promise}; {row.verdict}.")
    return " ".join(lines)


def _name(words: str, y: float) -> str:
    """The name of a row: on one line, or on two smaller ones."""
    if len(words) <= LONGEST:
        return text(words, x=4, y=y + 5, part="label", fill=INK)
    first, *rest = wrap(words, SMALLER)
    lines = [first, shortened(" ".join(rest), SMALLER)]
    return "".join(
        text(one, x=4, y=y - 2 + 13 * place, part="label", fill=INK, font_size="12")
        for place, one in enumerate(lines)
    )


def _frame(rows: Sequence[Interval], tested: Sequence[Interval]) -> Frame:
    shown = [0.0]
    for row in tested:
        ends = (row.effect, row.lower, row.upper, row.promised)
        shown += [end for end in ends if end is not None and isfinite(end)]
    low, high = value_range(shown) if len(set(shown)) > 1 else (-1.0, 1.0)
    low = min(low, -0.02 * high)
    height = TOP + ROW * len(rows) + FOOT
    x = Scale(low, high, LEFT, WIDTH - RIGHT)
    return Frame(x, Scale(0, 1, height - FOOT, TOP), WIDTH, height)


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


ENDS = "Hollow: the input at its 5th percentile. Full: the input at its 95th percentile."


@dataclass(frozen=True, slots=True)
class Swing:
    """One input of a tornado: what the answer is with it at its 5th and at its 95th percentile."""

    name: str
    low: float
    high: float
    low_input: str = ""
    high_input: str = ""


def tornado(
    swings: Sequence[Swing], *, title: str, unit: str, middle: float, most: int = 15
) -> str:
    """Draw which inputs move the answer most, the widest first, as SVG text.

    `middle` is the answer with every input at its middle; `most` inputs are drawn.
    """
    ordered = sorted(swings, key=lambda one: -abs(one.high - one.low))[:most]
    shown = [middle, *(one.low for one in ordered), *(one.high for one in ordered)]
    height = TOP + ROW * len(ordered) + FOOT
    x = Scale(*value_range(shown), LEFT, WIDTH - 90)
    frame = Frame(x, Scale(0, 1, height - FOOT, TOP), WIDTH, height)
    frame.level_axis(unit, grid=True)
    for place, one in enumerate(ordered):
        _draw_swing(frame, one, middle, y=TOP + ROW * (place + 0.5))
    at, foot = frame.x.at(middle), TOP + ROW * len(ordered)
    frame.parts.append(line(at, TOP - 14, at, foot, part="mean", stroke=INK, stroke_width="1.5"))
    words = f"All at their middle: {plain(middle)}"
    frame.parts.append(text(words, x=at, y=TOP - 20, text_anchor="middle", fill=INK))
    frame.parts.append(text(ENDS, x=4, y=height - 14.0, part="legend"))
    said = describe_tornado(ordered, unit=unit, middle=middle)
    return picture(frame.parts, title=title, description=said, width=WIDTH, height=height)


def describe_tornado(swings: Sequence[Swing], *, unit: str, middle: float) -> str:
    """Say what a tornado shows, the widest first."""
    lead = f"With every input at its middle, {in_unit(middle, unit)}."
    lines = [lead, "Each input in turn at its 5th and its 95th percentile:"]
    lines += [f"{one.name}: {plain(one.low)} to {plain(one.high)}." for one in swings]
    return " ".join(lines)


def _draw_swing(frame: Frame, one: Swing, middle: float, *, y: float) -> None:
    """A bar each side of the middle: hatched by outline where the input is low, full where high."""
    frame.parts.append(_name(one.name, y))
    base = frame.x.at(middle)
    for value, said, full in ((one.low, one.low_input, False), (one.high, one.high_input, True)):
        at = frame.x.at(value)
        left, wide = min(at, base), abs(at - base)
        frame.parts.append(
            element(
                "rect", hint(f"{one.name} {said}: {plain(value)}"), x=left, y=y - 8.0,
                class_=f"mg-chart__swing mg-chart__swing--{'high' if full else 'low'}",
                width=wide, height=16, fill=COMMON if full else "none", stroke=COMMON,
                stroke_width="1.5",
            )
        )  # fmt: skip
        if said:
            end = at < base or (at == base and not full)
            frame.parts.append(
                text(said, x=at + (-5 if end else 5), y=y + 5, part="end", font_size="12",
                     text_anchor="end" if end else None)
            )  # fmt: skip
