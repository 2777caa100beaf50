"""The funnel plot: fair comparison of providers of many sizes on one measure, without ranks."""

from collections.abc import Sequence

import numpy as np

from makegood_engine.charts.frame import LETTER, Frame
from makegood_engine.charts.marks import marker, marker_group
from makegood_engine.charts.scales import Scale, spread, value_range
from makegood_engine.charts.svg import (
    INK,
    MUTED,
    element,
    hint,
    line,
    path_through,
    picture,
    shortened,
    text,
)
from makegood_engine.spc.funnel import Funnel
from makegood_engine.tables.figures import plain

WIDTH, HEIGHT = 860, 500
LEFT, RIGHT, TOP, BOTTOM = 62, 170, 44, 92
STEPS = 60
"""Places at which a limit's curve is drawn."""
LABEL_GAP = 18.0
NAMED = 16
"""How many providers outside the limits are named at the side, at most."""
INSIDE, BETWEEN = "Within the 95% limits", "Beyond 95%"


def funnel_plot(
    funnel: Funnel, *, title: str, unit: str, size: str, better: str = "neutral"
) -> str:
    """Draw a funnel plot as SVG text.

    `unit` names the values and `size` what providers' sizes count. Those beyond the 99.8% limits
    are named, and shown as better or worse where `better` is up or down. Nobody is ranked.
    """
    frame = _frame(funnel)
    frame.upright_axis(unit)
    frame.level_axis(size)
    _draw_limits(frame, funnel)
    kinds = [_kind(funnel, i, better) for i in range(len(funnel.names))]
    for kind in ("common", "neutral", "concern", "improvement", "outside"):
        here = [i for i, one in enumerate(kinds) if one == kind]
        _draw_marks(frame, funnel, here, kind, better)
    _draw_names(frame, funnel)
    frame.legend(_legend(kinds), better=better)
    said = describe_funnel(funnel, unit=unit)
    return picture(frame.parts, title=title, description=said, width=WIDTH, height=HEIGHT)


def describe_funnel(funnel: Funnel, *, unit: str) -> str:
    """Say what a funnel plot shows, for someone who cannot see it."""
    names = [funnel.names[i] for i in np.flatnonzero(funnel.outside)]
    beyond = f"{len(names)} beyond the 99.8% limits"
    if names:
        some = ", ".join(names[:NAMED])
        beyond += f": {some}" + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    return (
        f"{len(funnel.names)} providers on {unit}, by size. Together they stand at "
        f"{plain(funnel.centre)}. {beyond}. {funnel.note}"
    )


def _frame(funnel: Funnel) -> Frame:
    known = [value for value in funnel.values.tolist() if not np.isnan(value)]
    small = float(np.nanmin(funnel.sizes)) if known else 1.0
    low, high = funnel.limits_at(np.array([small]), 0.95)
    ends = [float(low[0]), float(high[0])]
    span = value_range([*known, *ends, funnel.centre])
    x = Scale(0.0, float(np.nanmax(funnel.sizes, initial=1.0)) * 1.04, LEFT, WIDTH - RIGHT)
    return Frame(x, Scale(*span, HEIGHT - BOTTOM, TOP), WIDTH, HEIGHT)


def _draw_limits(frame: Frame, funnel: Funnel) -> None:
    sizes = np.linspace(frame.x.high / STEPS, frame.x.high, STEPS)
    ends: list[tuple[float, str, str]] = [
        (frame.y.at(funnel.centre), f"Together {plain(funnel.centre)}", INK)
    ]
    for share, part, dash in ((0.95, "limit", "6 4"), (0.998, "outer-limit", None)):
        for side, values in zip(("lower", "upper"), funnel.limits_at(sizes, share), strict=True):
            within = (values >= frame.y.low) & (values <= frame.y.high)
            at = [
                (frame.x.at(float(size)), frame.y.at(float(value)))
                for size, value in zip(sizes[within], values[within], strict=True)
            ]
            if len(at) > 1:
                frame.parts.append(
                    element("path", class_=f"mg-chart__{part}", d=path_through(at), fill="none",
                            stroke=MUTED, stroke_width="1.5", stroke_dasharray=dash)
                )  # fmt: skip
                ends.append((at[-1][1], f"{share:.1%} {side}".replace(".0%", "%"), MUTED))
    middle = frame.y.at(funnel.centre)
    frame.parts.append(
        line(LEFT, middle, WIDTH - RIGHT, middle, part="mean", stroke=INK, stroke_width="1.5")
    )
    wanted = spread([at for at, _, _ in ends], gap=LABEL_GAP, low=TOP, high=HEIGHT - BOTTOM)
    for (_, words, colour), place in zip(ends, wanted, strict=True):
        frame.parts.append(
            text(words, x=WIDTH - RIGHT + 12, y=place + 5, part="label", fill=colour)
        )


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


def _draw_names(frame: Frame, funnel: Funnel) -> None:
    """Name those beyond the outer limits, beside their marks, clear of each other."""
    taken: list[tuple[float, float, float]] = []
    for i in np.flatnonzero(funnel.outside)[:NAMED].tolist():
        value = float(funnel.values[i])
        words = shortened(funnel.names[i], 30)
        wide = LETTER * len(words)
        x = min(max(frame.x.at(float(funnel.sizes[i])), LEFT + wide / 2), WIDTH - RIGHT - wide / 2)
        y = frame.y.at(value) + (-11 if value > funnel.centre else 21)
        if any(abs(y - b) < 15 and abs(x - a) < (wide + w) / 2 for a, w, b in taken):
            continue  # its title still names it, and the description lists it
        taken.append((x, wide, y))
        frame.parts.append(text(words, x=x, y=y, part="label", fill=INK, text_anchor="middle"))


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
