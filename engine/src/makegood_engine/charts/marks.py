"""The marks that stand for points: shape and colour say the same thing."""

from makegood_engine.charts.svg import (
    COMMON,
    CONCERN,
    IMPROVEMENT,
    INK,
    PAPER,
    element,
    number,
    path_through,
)

COLOURS = {
    "improvement": IMPROVEMENT,
    "concern": CONCERN,
    "common": COMMON,
    "neutral": INK,
    "open": PAPER,
}
"""The colour of each kind of point; an open one is an outline."""

NAMES = {
    "improvement": "Improvement",
    "concern": "Concern",
    "neutral": "Unusual",
    "common": "Usual variation",
}
"""The plain name of each kind, for the legend."""

REACH = 7.0
"""How far the arms of a cross reach, each way."""


def marker_group(kind: str, content: str) -> str:
    """Dress marks of one kind in their class and colour."""
    named = f"mg-chart__point mg-chart__point--{kind}"
    edge = INK if kind == "open" else PAPER
    return element("g", content, class_=named, fill=COLOURS[kind], stroke=edge)


def kind_of(point_type: str) -> str:
    """The kind of mark for a `point_type`: common, improvement, concern or neutral."""
    if point_type == "common_cause":
        return "common"
    last = point_type.removeprefix("special_cause_")
    return last if last in COLOURS else "neutral"


def marker(kind: str, better: str, *, x: float, y: float, size: float, hint: str = "") -> str:
    """A circle; a triangle to the better side (improvement) or the worse (concern); else a diamond."""
    if kind == "common":
        return element("circle", hint, cx=x, cy=y, r=number(size))
    if kind in {"neutral", "open"}:
        half = number(size * 1.4)
        sides = f"l{half} {half} -{half} {half} -{half}-{half}z"
        return element("path", hint, d=f"M{number(x)} {number(y - float(half))}{sides}")
    wide = round(size * 2.7) / 2
    up = (kind == "improvement") == (better == "up")
    tip = -wide if up else wide
    sides = f"l{wide:g} {round(-1.8 * tip)}h{-2 * wide:g}z"
    return element("path", hint, d=f"M{number(x)} {number(y + tip)}{sides}")


def crossed(x: float, y: float, *, hint: str = "") -> str:
    """A cross over a point that was found wrong: larger than any mark, so that both are seen."""
    arms = [
        path_through([(x - REACH, y - REACH), (x + REACH, y + REACH)]),
        path_through([(x - REACH, y + REACH), (x + REACH, y - REACH)]),
    ]
    return element("path", hint, class_="mg-chart__wrong", d="".join(arms), fill="none",
                   stroke=INK, stroke_width="2")  # fmt: skip
