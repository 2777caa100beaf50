# Compiled functions take their arguments by place, for numba's sake.
"""Figures that look like slips: a decimal point out of its place, or one figure again and again.

A point is doubted where it is five times all the rest or more, or a fifth or less, and would lie
among them with its decimal point moved by one to three places; the rest must lie within five times
of one another. What two points tell is news. A run
of one figure is doubted where steps that change nothing are so rare elsewhere that chance would
bring it in fewer than one series of a thousand. 0, 1 and 100 are ends of scales, at which figures
may well stay.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numba import njit

from makegood_engine.spc.kernel import Floats, Longs

FAR = 5.0
"""How many times beyond the rest a doubted point is at least, and how far the rest may spread."""
FEWEST = 12
"""The fewest figures among which one is doubted."""
STILL = 6
"""The shortest run of one figure that is doubted."""
RARE = 0.001
"""The chance of such a run, below which it is doubted."""


STAYS = "Take care: the figure is {:,.10g} every time {}. Is it measured anew?"
PARTS = ("", "tenth", "hundredth", "thousandth")
MOVED = "Take care: {:,.10g} in {} is {}. Is the decimal point in its place?"


class Doubts(NamedTuple):
    """What is doubted of each of S series: places in the flat values, -1 where nothing is.

    `point` int64[S] is a point whose decimal point should be moved `moved` int64[S] places to the
    right; `first` and `last` int64[S] are the ends of a run of one figure.
    """

    point: Longs
    moved: Longs
    first: Longs
    last: Longs


@njit(cache=True, nogil=True)
def doubts_of(values: Floats, starts: Longs) -> Doubts:
    """Look through series laid end to end; `values` float64[n], `starts` int64[S + 1]."""
    many = len(starts) - 1
    found = Doubts(
        np.full(many, -1, np.int64), np.zeros(many, np.int64),
        np.full(many, -1, np.int64), np.full(many, -1, np.int64),
    )  # fmt: skip
    for s in range(many):
        first, end = starts[s], starts[s + 1]
        found.point[s], found.moved[s] = _slip(values, first, end)
        found.first[s], found.last[s] = _still(values, first, end)
    return found


@njit(cache=True, nogil=True)
def _slip(values: Floats, first: int, end: int) -> tuple[int, int]:
    """The point beyond all the rest that moving its decimal point would bring among them."""
    known, lowest, highest = _ends(values, first, end, -1)
    if known < FEWEST or abs(values[highest]) < FAR * abs(values[lowest]):
        return -1, 0
    for at in (highest, lowest):
        _, low, high = _ends(values, first, end, at)
        own, least, most = abs(values[at]), abs(values[low]), abs(values[high])
        if least == 0 or most > FAR * least or (own < FAR * most and FAR * own > least):
            continue
        for places in (-1, 1, -2, 2, -3, 3):
            if least <= own * 10.0**places <= most:
                return at, places
    return -1, 0


@njit(cache=True, nogil=True)
def _ends(values: Floats, first: int, end: int, but: int) -> tuple[int, int, int]:
    """How many figures are known but one, and where the smallest and the largest stand."""
    known, low, high = 0, -1, -1
    for i in range(first, end):
        if i == but or np.isnan(values[i]):
            continue
        known += 1
        if low < 0 or abs(values[i]) < abs(values[low]):
            low = i
        if high < 0 or abs(values[i]) > abs(values[high]):
            high = i
    return known, low, high


@njit(cache=True, nogil=True)
def _still(values: Floats, first: int, end: int) -> tuple[int, int]:
    """The longest run of one figure, if chance would hardly bring it."""
    steps, same, run, begin, longest, at, until = 0, 0, 1, -1, 0, -1, -1
    before = np.nan
    for i in range(first, end):
        value = values[i]
        if np.isnan(value):
            continue
        if not np.isnan(before):
            steps += 1
        if value == before:
            same += 1
            run += 1
        else:
            run, begin = 1, i
        if run > longest and value not in (0.0, 1.0, 100.0):
            longest, at, until = run, begin, i
        before = value
    if longest < STILL:
        return -1, -1
    elsewhere = (same - (longest - 1) + 1) / (steps - (longest - 1) + 2)
    if (steps + 1) * elsewhere ** (longest - 1) >= RARE:
        return -1, -1
    return at, until


def doubt_notes(
    values: Floats, found: Doubts, s: int, name: Callable[[int], str]
) -> tuple[str, ...]:
    """Put in words what is doubted of series `s`; `name` says which period a place is."""
    notes: tuple[str, ...] = ()
    if found.point[s] >= 0:
        notes = (_of_point(values, int(found.point[s]), int(found.moved[s]), name),)
    if found.first[s] >= 0:
        first, last = int(found.first[s]), int(found.last[s])
        when = f"from {name(first)} to {name(last)}"
        notes += (STAYS.format(values[first], when),)
    return notes


def _of_point(values: Floats, at: int, moved: int, name: Callable[[int], str]) -> str:
    size = 10 ** abs(moved)
    than = (
        f"about {size:,} times the rest"
        if moved < 0
        else f"about a {PARTS[abs(moved)]} of the rest"
    )
    return MOVED.format(values[at], name(at), than)
