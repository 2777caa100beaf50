# Compiled functions take their arguments by place, for numba's sake.
"""How much one period's figure moves by chance, and how far it follows the last one's.

Both are read off all units of a case within their windows, each unit freed of its own mean and
each period of the mean of all. They say how a mean over more periods would settle down.

Source for the small-sample correction: Marriott and Pope (1954), Biometrika 41.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

FOLLOWS_MOST = 0.95
"""Noise is not taken to follow itself more closely than this."""


@njit(cache=True, nogil=True)
def noise_of(before: Floats, after: Floats) -> tuple[float, float]:
    """Variance of one period's noise, and its correlation from one period to the next (≥ 0).

    `before` and `after` float64[n, periods] are the windows' figures as `freed` gives them.
    """
    squares, products, terms, cells, periods = 0.0, 0.0, 0, 0, 0
    for rest in (before, after):
        n = rest.shape[1]
        if n < 3:
            continue
        periods = max(periods, n)
        for i in range(rest.shape[0]):
            for k in range(n):
                if np.isnan(rest[i, k]):
                    continue
                squares += rest[i, k] * rest[i, k]
                cells += 1
                if k > 0 and not np.isnan(rest[i, k - 1]):
                    products += rest[i, k] * rest[i, k - 1]
                    terms += 1
    if terms == 0 or squares <= 0.0 or periods < 4:
        return np.nan, 0.0
    rough = (products / terms) / (squares / cells)
    follows = min(max((periods * rough + 1.0) / (periods - 3.0), 0.0), FOLLOWS_MOST)
    lost = 1.0 - settling(follows, periods)
    crowd = 1.0 - 1.0 / before.shape[0]
    return squares / cells / max(lost * crowd, 1e-9), follows


@njit(cache=True, nogil=True)
def settling(follows: float, n: int) -> float:
    """The variance of a mean over `n` periods, as a part of one period's."""
    total, power = 1.0, 1.0
    for k in range(1, n):
        power *= follows
        total += 2.0 * (1.0 - k / n) * power
    return total / n


@njit(cache=True, nogil=True)
def freed(values: Floats, rows: Longs, window: Longs, step: int) -> Floats:
    """A window's figures, each unit freed of its mean and each period of the units' mean.

    `values` float64[S, T]; `rows` the n units; `window` is [first, end) in columns by `step`.
    Answers float64[n, periods], NaN where missing.
    """
    first = max(window[0], window[0] % step)
    end = min(window[1], values.shape[1])
    n = max(0, (end - first + step - 1) // step)
    rest = np.full((rows.size, n), np.nan)
    for i in range(rows.size):
        total, known = 0.0, 0
        for k in range(n):
            rest[i, k] = values[rows[i], first + k * step]
            if not np.isnan(rest[i, k]):
                total += rest[i, k]
                known += 1
        for k in range(n):
            rest[i, k] -= total / max(known, 1)
    for k in range(n):
        total, known = 0.0, 0
        for i in range(rows.size):
            if not np.isnan(rest[i, k]):
                total += rest[i, k]
                known += 1
        for i in range(rows.size):
            rest[i, k] -= total / max(known, 1)
    return rest
