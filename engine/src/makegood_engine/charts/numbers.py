"""Where the number of a mark can stand: beside it, clear of every mark and of other numbers."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makegood_engine.charts.svg import INK, MUTED, line, text

Floats = NDArray[np.float64]

DIGIT, HIGH, MARK = 8.0, 13.0, 6.0
"""How wide a digit is, how high a number, and how far a mark reaches from its middle."""
NEAR = 14.0
"""The distance at which a number needs no line to its mark."""
REACHES = (NEAR, 20.0, 28.0, 38.0, 50.0, 64.0, 80.0)
"""Distances from the mark that are tried, the nearest first."""
WAYS = tuple(k * pi / 6 for k in (0, 6, 9, 3, 11, 1, 7, 5, 10, 2, 8, 4))
"""Directions that are tried: right, left, above, below, and then between."""


class Space(NamedTuple):
    """The part of the page that numbers may stand in."""

    left: float
    right: float
    top: float
    foot: float


def draw_numbers(chosen: Sequence[tuple[str, float, float]], marks: Floats, space: Space) -> str:
    """Write each number beside its mark (number, x, y), with a line where it stands far off.

    `marks` float64[n, 2] are what the numbers must stand clear of: the middles of all marks, and
    points along the lines.
    """
    taken: list[tuple[float, float, float]] = []
    drawn = []
    for words, x, y in chosen:
        half = DIGIT * len(words) / 2
        at = _place(x, y, half, marks=marks, taken=taken, space=space)
        taken.append((*at, half))
        if abs(at[0] - x) + abs(at[1] - y) > NEAR + 5 + half:
            drawn.append(line(x, y, *at, part="leader", stroke=MUTED, stroke_opacity="0.6"))
        drawn.append(
            text(words, x=at[0], y=at[1] + 4.5, part="number", fill=INK, text_anchor="middle",
                 font_weight="bold")
        )  # fmt: skip
    return "".join(drawn)


def _place(
    x: float,
    y: float,
    half: float,
    *,
    marks: Floats,
    taken: Sequence[tuple[float, float, float]],
    space: Space,
) -> tuple[float, float]:
    """The nearest middle of a number that is free; the first that was tried where none is."""
    for reach in REACHES:
        for way in WAYS:
            here = (x + (reach + half - DIGIT / 2) * cos(way), y + reach * sin(way))
            if _inside(here, half, space) and _free(here, half, marks, taken):
                return here
    return x + NEAR, y


def _inside(here: tuple[float, float], half: float, space: Space) -> bool:
    x, y = here
    return (
        space.left + half < x < space.right - half
        and space.top < y - HIGH / 2
        and y + HIGH / 2 < space.foot
    )


def _free(
    here: tuple[float, float],
    half: float,
    marks: Floats,
    taken: Sequence[tuple[float, float, float]],
) -> bool:
    x, y = here
    apart = np.abs(marks - here)
    if ((apart[:, 0] < half + MARK) & (apart[:, 1] < HIGH / 2 + MARK)).any():
        return False
    return not any(abs(x - a) < half + b + 2 and abs(y - c) < HIGH for a, c, b in taken)
