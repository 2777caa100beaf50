"""How unlike its comparators a provider is, in what the test takes to be alike: movement and size.

Nothing here changes what is found. It says where chance alone moves a provider more than it moves
those it is held against, so that the test says too much.
"""

from functools import cache
from math import exp, sqrt

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

RESTLESS = 1.5
"""Moving less than this many times as much as comparators is never called restless."""
BY_CHANCE = 1.65
"""How soon chance lets an ordinary provider look restless: e to this over the root of periods.

From simulation with noise that is equal in all units, independent or following itself by 0.4, 0.7
or wholly, and 5 to 40 comparators: with 12 periods at most 4% of ordinary providers lie beyond,
64% to 82% of those with twice the noise, and 95% or more with three times
(`python -m benchmarks.figures_said restless`).
"""
SMALL = 0.25
"""The part of its comparators' size below which a provider is far smaller: twice the noise."""


@cache
def restless_from(periods: int) -> float:
    """How many times as much as its comparators a restless provider moves, in so many periods."""
    return max(RESTLESS, exp(BY_CHANCE / sqrt(max(periods, 1))))


@njit(cache=True, nogil=True)
def movement(rest: Floats) -> Floats:
    """Root mean square step of each unit between known neighbours, float64[n]; 0 without any.

    `rest` float64[n, periods] are figures freed of what moves all units alike.
    """
    moved = np.zeros(rest.shape[0])
    for i in range(rest.shape[0]):
        squares, steps = 0.0, 0
        for k in range(1, rest.shape[1]):
            step = rest[i, k] - rest[i, k - 1]
            if not np.isnan(step):
                squares += step * step
                steps += 1
        moved[i] = np.sqrt(squares / max(steps, 1))
    return moved


@njit(cache=True, nogil=True)
def times_as_restless(rest: Floats, level: Floats, trust: Floats) -> float:
    """How many times as much unit 0 moves as the middle one of the others; NaN if none moves.

    Movement is a part of each unit's `level` float64[n] (ones where units are compared by level
    itself). What moves it is no surprise where it is trusted less for it: the smaller answer is
    taken of movement as it is, and as the weights `trust` float64[n] would have it.
    """
    moved = movement(rest) / level
    return min(_beside_others(moved), _beside_others(moved * np.sqrt(trust)))


@njit(cache=True, nogil=True)
def part_of_size(weights: Floats, sized: Flags, rows: Longs, window: Longs, step: int) -> float:
    """The provider's denominators over those of the middle comparator; NaN where unknown.

    `weights` float64[S, T] are known where `sized` bool[S]; `rows` the units, the provider
    first; `window` is [first, end) in columns by `step`.
    """
    if not sized[rows[0]]:
        return np.nan
    first = max(window[0], window[0] % step)
    sizes = np.zeros(rows.size)
    known = 0
    for row in rows:
        if sized[row]:
            sizes[known] = weights[row, first : window[1] : step].sum()
            known += 1
    return _beside_others(sizes[:known])


@njit(cache=True, nogil=True)
def _beside_others(figures: Floats) -> float:
    """The first figure over the middle one of the others; NaN where that is none."""
    if figures.size < 2:
        return np.nan
    middle = np.median(figures[1:])
    return figures[0] / middle if middle > 0.0 else np.nan
