"""The tornado: which inputs move an answer most, the widest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from makegood_engine.charts.foot import sentences
from makegood_engine.charts.frame import Frame
from makegood_engine.charts.lettering import WIDE, room_for
from makegood_engine.charts.rows import (
    NAMES,
    Row,
    draw_upright,
    draw_words,
    frame_of,
    is_stacked,
    rows_of,
)
from makegood_engine.charts.scales import value_range
from makegood_engine.charts.svg import COMMON, element, hint, picture, text
from makegood_engine.tables.figures import in_unit, plain

ENDS = "Hollow: the input at its 5th percentile. Full: the input at its 95th percentile."
MIDDLE = "Line: every input at its middle (50th percentile), which need not be the middle draw."


@dataclass(frozen=True, slots=True)
class Swing:
    """One input of a tornado: what the answer is with it at its 5th and at its 95th percentile."""

    name: str
    low: float
    high: float
    low_input: str = ""
    high_input: str = ""


def tornado(
    swings: Sequence[Swing],
    *,
    title: str,
    unit: str,
    middle: float,
    most: int = 15,
    width: int = WIDE,
) -> str:
    """Draw which inputs move the answer most, the widest first, as SVG text.

    `middle` is the answer with every input at its middle; `most` inputs are drawn; `width` is in
    page units: see `spc_chart`.
    """
    ordered = sorted(swings, key=lambda one: -abs(one.high - one.low))[:most]
    places, foot = rows_of([(one.name, "") for one in ordered], width=width)
    span = value_range([middle, *(one.low for one in ordered), *(one.high for one in ordered)])
    ends = max(
        [room_for(end) for one in ordered for end in (one.low_input, one.high_input)], default=0.0
    )
    left = 8 + ends if is_stacked(width) else NAMES + ends / 2
    frame = frame_of(*span, left=left, right=width - ends - 16, foot=foot, unit=unit, width=width)
    frame.level_axis(unit, grid=not is_stacked(width))
    for one, place in zip(ordered, places, strict=True):
        _draw_swing(frame, one, middle, place)
    draw_upright(frame, frame.x.at(middle), places, f"All at their middle: {plain(middle)}")
    note, low = sentences([ENDS, MIDDLE], top=frame.height - 28.0, width=width)
    frame.parts.append(note)
    said = describe_tornado(ordered, unit=unit, middle=middle)
    return picture(frame.parts, title=title, description=said, width=width, height=ceil(low + 8))


def describe_tornado(swings: Sequence[Swing], *, unit: str, middle: float) -> str:
    """Say what a tornado shows, in the order of `swings`: `appraise` gives the widest first.

    `middle` and the ends of swings are in `unit`, `middle` with every input at its median.
    """
    lead = (
        f"With every input at its middle (50th percentile), {in_unit(middle, unit)}, which need not be "
        "the middle draw."
    )
    lines = [lead, "Each input in turn at its 5th and its 95th percentile:"]
    lines += [f"{one.name}: {plain(one.low)} to {plain(one.high)}." for one in swings]
    return " ".join(lines)


def _draw_swing(frame: Frame, one: Swing, middle: float, row: Row) -> None:
    """A bar each side of the middle: hatched by outline where the input is low, full where high."""
    draw_words(frame, row)
    y = row.middle
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
                text(said, x=at + (-5 if end else 5), y=y + 5, part="end",
                     text_anchor="end" if end else None)
            )  # fmt: skip
