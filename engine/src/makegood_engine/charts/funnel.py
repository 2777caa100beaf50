"""The funnel plot: fair comparison of providers of many sizes on one measure, without ranks."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from makegood_engine.charts.foot import key, sentences
from makegood_engine.charts.frame import Frame, in_rows, line_named, room_left
from makegood_engine.charts.lettering import STACKED, WIDE, check_width, lines_of
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.numbers import Space, draw_numbers
from makegood_engine.charts.scales import Scale, spread, value_range
from makegood_engine.charts.svg import (
    INK,
    MUTED,
    element,
    hint,
    line,
    path_through,
    picture,
    text,
)
from makegood_engine.spc.funnel import Floats, Funnel
from makegood_engine.tables.figures import plain

TOP, BOTTOM, RIGHT, MARGIN = 44, 92, 170, 24
HIGH, LOW = 364, 260
"""How high the plot is on a wide page, and on a narrow one."""
REACH = 1.5
"""How far the scale follows the smallest provider's limits, in distances of the farthest provider."""
OUTER = 0.5
"""The outer limits are on the page from this part of the largest size on, at least."""
STEPS = 80
"""Places at which a limit's curve is drawn."""
LABEL_GAP = 18.0
INSIDE, BETWEEN = "Within the 95% limits", "Beyond 95%"


def funnel_plot(
    funnel: Funnel,
    *,
    title: str,
    unit: str,
    size: str,
    better: str = "neutral",
    width: int = WIDE,
) -> str:
    """Draw a funnel plot as SVG text.

    `unit` names the values and `size` what providers' sizes count. Those beyond the 99.8% limits
    are numbered from left to right and all named beneath; they are shown as better or worse where
    `better` is up or down. Nobody is ranked. `width` is in page units: see `spc_chart`.
    """
    frame = _frame(funnel, check_width(width), unit, size)
    frame.upright_axis(unit)
    frame.level_axis(size)
    lines = _draw_limits(frame, funnel)
    kinds = [_kind(funnel, i, better) for i in range(len(funnel.names))]
    for kind in ("common", "neutral", "concern", "improvement", "outside"):
        here = [i for i, one in enumerate(kinds) if one == kind]
        _draw_marks(frame, funnel, here, kind, better)
    left = None if width >= STACKED else 4.0
    low = frame.legend(_legend(kinds), better=better, at=left) + 14
    if width < STACKED:
        low = _draw_lines_named(frame, funnel, top=low + 8) + 14
    _draw_names(frame, funnel, unit, lines, top=low)
    said = describe_funnel(funnel, unit=unit)
    return picture(frame.parts, title=title, description=said, width=width, height=frame.height)


def describe_funnel(funnel: Funnel, *, unit: str) -> str:
    """Say what a funnel plot shows, for someone who cannot see it: who is beyond which limits.

    `unit` is what values are in, in words. The limits are those of `spc.funnel`, which names their
    source.
    """
    beyond = _counted(funnel, "high") + _counted(funnel, "low")
    between = int((funnel.beyond_95 & ~funnel.outside).sum())
    return (
        f"{len(funnel.names)} providers on {unit}, by size. Together they stand at "
        f"{plain(funnel.centre)}. {beyond or 'None is beyond the 99.8% limits. '}"
        f"{between} more {'is' if between == 1 else 'are'} beyond the 95% limits. {funnel.note}"
    )


def _counted(funnel: Funnel, side: str) -> str:
    """Count and name those beyond the outer limits on one side."""
    names = [
        funnel.names[i] for i in np.flatnonzero(funnel.outside).tolist() if _side(funnel, i) == side
    ]
    return f"{len(names)} beyond the 99.8% limits, {side}: {', '.join(names)}. " if names else ""


def _frame(funnel: Funnel, width: int, unit: str, size: str) -> Frame:
    known = [value for value in funnel.values.tolist() if not np.isnan(value)]
    low, high = funnel.limits_at(np.array([_smallest(funnel)]), 0.95)
    ends = [float(low[0]), float(high[0])]
    far = REACH * max((abs(value - funnel.centre) for value in known), default=0.0)
    ends = [min(max(end, funnel.centre - far), funnel.centre + far) for end in ends]
    largest = float(np.nanmax(funnel.sizes, initial=1.0))
    outer = funnel.limits_at(np.array([max(largest * OUTER, _smallest(funnel))]), 0.998)
    span = value_range([*known, *ends, *(float(end[0]) for end in outer), funnel.centre])
    right = width - (RIGHT if width >= STACKED else MARGIN)
    x = Scale(0.0, largest * 1.04, room_left(*span), right)
    top = TOP + 18 * (len(lines_of(unit, width - 8)) - 1)
    foot = top + (HIGH if width >= STACKED else LOW)
    below = BOTTOM + 18 * (len(lines_of(size, x.end - 4)) - 1)
    return Frame(x, Scale(*span, foot, top), width, foot + below)


def _draw_limits(frame: Frame, funnel: Funnel) -> list[tuple[float, float]]:
    """Draw the limits and the centre; gives points along the limits."""
    along: list[tuple[float, float]] = []
    sizes = np.geomspace(_smallest(funnel), frame.x.high, STEPS)
    ends: list[tuple[float, str, str]] = [
        (frame.y.at(funnel.centre), f"Together {plain(funnel.centre)}", INK)
    ]
    for share, part, dash in ((0.95, "limit", "6 4"), (0.998, "outer-limit", None)):
        for side, values in zip(("lower", "upper"), funnel.limits_at(sizes, share), strict=True):
            at = [
                (frame.x.at(size), frame.y.at(value))
                for size, value in _within(frame, sizes, values)
            ]
            along += at
            if len(at) > 1:
                frame.parts.append(
                    element("path", class_=f"mg-chart__{part}", d=path_through(at), fill="none",
                            stroke=MUTED, stroke_width="1.5", stroke_dasharray=dash)
                )  # fmt: skip
                ends.append((at[-1][1], f"{share:.1%} {side}".replace(".0%", "%"), MUTED))
    middle = frame.y.at(funnel.centre)
    frame.parts.append(
        line(
            frame.x.start, middle, frame.x.end, middle, part="mean", stroke=INK, stroke_width="1.5"
        )
    )
    if frame.width < STACKED:
        return along
    wanted = spread([at for at, _, _ in ends], gap=LABEL_GAP, low=frame.y.end, high=frame.y.start)
    for (_, words, colour), place in zip(ends, wanted, strict=True):
        frame.parts.append(text(words, x=frame.x.end + 12, y=place + 5, part="label", fill=colour))
    return along


def _draw_lines_named(frame: Frame, funnel: Funnel, *, top: float) -> float:
    """Name the lines beneath a narrow chart; gives the foot of the last row."""
    entries = [
        line_named(f"Together {plain(funnel.centre)}", "mean", INK, None),
        line_named("95% limits", "limit", MUTED, "6 4"),
        line_named("99.8% limits", "outer-limit", MUTED, None),
    ]
    drawn, low = in_rows(entries, left=4.0, top=top + 14, right=frame.width - 4.0)
    frame.parts.append(drawn)
    return low


def _smallest(funnel: Funnel) -> float:
    """The size of the smallest provider."""
    return float(np.nanmin(funnel.sizes, initial=np.inf))


def _within(frame: Frame, sizes: Floats, values: Floats) -> list[tuple[float, float]]:
    """The part of a limit that the page can show, from the very edge where it comes in."""
    inside = np.flatnonzero((values >= frame.y.low) & (values <= frame.y.high))
    if not len(inside):
        return []
    first = int(inside[0])
    shown = list(zip(sizes[first:].tolist(), values[first:].tolist(), strict=True))
    if first:
        edge = frame.y.high if values[first - 1] > frame.y.high else frame.y.low
        part = (edge - values[first - 1]) / (values[first] - values[first - 1])
        shown.insert(0, (float(sizes[first - 1] + part * (sizes[first] - sizes[first - 1])), edge))
    return shown


def _kind(funnel: Funnel, i: int, better: str) -> str:
    """The mark of one provider; "outside" where nothing says which side is better."""
    if np.isnan(funnel.values[i]):
        return ""
    if not funnel.outside[i]:
        return "neutral" if funnel.beyond_95[i] else "common"
    if better == "neutral":
        return "outside"
    high = funnel.values[i] > funnel.centre
    return "improvement" if high == (better == "up") else "concern"


def _draw_marks(
    frame: Frame, funnel: Funnel, places: Sequence[int], kind: str, better: str
) -> None:
    if not places:
        return
    shape = "concern" if kind == "outside" else kind
    way = "down" if kind == "outside" else better
    drawn = [
        marker(
            shape, way, x=frame.x.at(float(funnel.sizes[i])), y=frame.y.at(float(funnel.values[i])),
            size=4.5,
            hint=hint(f"{funnel.names[i]}: {plain(funnel.values[i])}"),
        )
        for i in places
    ]  # fmt: skip
    frame.parts.append(marker_group(shape, "".join(drawn)))


def _draw_names(
    frame: Frame, funnel: Funnel, unit: str, lines: list[tuple[float, float]], *, top: float
) -> None:
    """Number those beyond the outer limits from left to right, and name them all beneath."""
    beyond = sorted(np.flatnonzero(funnel.outside).tolist(), key=lambda i: float(funnel.sizes[i]))
    places = {
        i: (frame.x.at(float(funnel.sizes[i])), frame.y.at(float(funnel.values[i])))
        for i in np.flatnonzero(~np.isnan(funnel.values)).tolist()
    }
    numbers = [(str(k), *places[i]) for k, i in enumerate(beyond, 1)]
    space = Space(frame.x.start, frame.x.end, frame.y.end - 20, frame.y.start)
    frame.parts.append(draw_numbers(numbers, np.array([*places.values(), *lines]), space))
    entries = [
        (str(k), f"{funnel.names[i]}: {plain(funnel.values[i])}, {_side(funnel, i)}")
        for k, i in enumerate(beyond, 1)
    ]
    note, low = sentences([funnel.note], top=top, width=frame.width)
    named, low = key(f"Beyond the 99.8% limits, {unit}", entries, top=low, width=frame.width)
    frame.parts += [note, named]
    frame.height = ceil(low + 8)


def _side(funnel: Funnel, i: int) -> str:
    return "high" if funnel.values[i] > funnel.centre else "low"


def _legend(kinds: Sequence[str]) -> list[tuple[str, str]]:
    words = {
        "common": INSIDE,
        "neutral": BETWEEN,
        "improvement": "Better, beyond 99.8%",
        "concern": "Worse, beyond 99.8%",
        "outside": "Beyond 99.8%",
    }
    return [
        ("concern" if kind == "outside" else kind, said)
        for kind, said in words.items()
        if kind in kinds
    ]
