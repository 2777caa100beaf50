"""The mean of each series over a window, with a missing winter made good by the others'."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

TURNS = 20
"""How often units and periods are fitted in turn; gaps are few, so it settles soon."""


@njit(cache=True, nogil=True)
def window_means(  # noqa: PLR0917  compiled: by place
    values: Floats,
    weights: Floats,
    weighted: bool,  # noqa: FBT001  compiled: by place
    rows: Longs,
    window: Longs,
    step: int,
) -> tuple[Floats, int]:
    """Each row's mean over a window, and how many of the first row's periods are known.

    `values` float64[S, T], NaN where missing; `weights` the same where `weighted`; `window` is
    [first, end) in columns by `step`.
    A row with gaps is first freed of the period effects that the comparators show (those with no
    gap at all; where there is none, all of them, units and periods fitted in turn), so that a
    missing winter does not flatter.
    """
    first, end = max(window[0], 0), min(window[1], values.shape[1])
    first += (window[0] - first) % step
    columns = max(0, (end - first + step - 1) // step)
    expected = max(0, (window[1] - window[0] + step - 1) // step)
    effects = _period_effects(values, rows, first, step, columns)
    out = np.empty(rows.size)
    known = 0
    for i in range(rows.size):
        total, heavy, n, shifted = 0.0, 0.0, 0, 0.0
        for k in range(columns):
            column = first + k * step
            value = values[rows[i], column]
            if np.isnan(value):
                continue
            weight = weights[rows[i], column] if weighted else 1.0
            total += weight * value
            shifted += weight * effects[k]
            heavy += weight
            n += 1
        if i == 0:
            known = n
        out[i] = np.nan if n == 0 else total / heavy
        if 0 < n < expected:
            out[i] -= shifted / heavy
    return out, known


@njit(cache=True, nogil=True)
def _period_effects(values: Floats, rows: Longs, first: int, step: int, columns: int) -> Floats:
    """How each period of a window stands to the window's mean, over gapless comparators."""
    effects = np.zeros(columns)
    gapless = 0
    for i in range(1, rows.size):
        total = 0.0
        for k in range(columns):
            total += values[rows[i], first + k * step]
        if np.isnan(total):
            continue
        gapless += 1
        for k in range(columns):
            effects[k] += values[rows[i], first + k * step] - total / columns
    if gapless > 0:
        return effects / gapless
    return _in_turn(values, rows, first, step, columns)


@njit(cache=True, nogil=True)
def _in_turn(values: Floats, rows: Longs, first: int, step: int, columns: int) -> Floats:
    """Period effects from comparators that all have gaps: units and periods fitted in turn."""
    effects = np.zeros(columns)
    for _ in range(TURNS):
        total, many = np.zeros(columns), np.zeros(columns)
        for i in range(1, rows.size):
            level, known = 0.0, 0
            for k in range(columns):
                value = values[rows[i], first + k * step]
                if not np.isnan(value):
                    level += value - effects[k]
                    known += 1
            for k in range(columns):
                value = values[rows[i], first + k * step]
                if not np.isnan(value):
                    total[k] += value - level / known
                    many[k] += 1
        for k in range(columns):
            effects[k] = total[k] / many[k] if many[k] > 0 else 0.0
        effects -= effects.mean() if columns else 0.0
    return effects
