"""Units of unlike size: a small unit's mean moves more by chance, and is trusted less for it.

What is known to be chance (from counts) is taken as it is; units truly differ beyond it by as much
as their residuals show. Where only sizes are known, both parts are fitted to the squared residuals,
as a straight line in one over the size.

Source: DerSimonian and Laird (1986), Controlled Clinical Trials 7 (the moment estimate of what
is beyond chance); Spiegelhalter and others (2012), J. R. Statist. Soc. A 175 (overdispersion).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from makegood_engine.effect.placebo import leverages, residuals

Floats = NDArray[np.float64]

LIKE = 1.5
"""Sizes whose largest is less than this many times the smallest are alike."""
CLOSE = 0.01
"""A figure within this part of its count over its size is that rate."""


@njit(cache=True, nogil=True)
def slope_of(x: Floats, y: Floats) -> float:
    """The slope of after-means on before-means, no less than 0 and no more than 1."""
    apart = x - x.mean()
    spread = (apart * apart).sum()
    if spread <= 0.0:
        return 0.0
    return min(max((apart * y).sum() / spread, 0.0), 1.0)


@njit(cache=True, nogil=True)
def chance_weights(x: Floats, y: Floats, chance: Floats) -> Floats:
    """Weights float64[n] from means (or logs) `x`, `y` and the variance that is chance alone."""
    n = x.size
    weights = 1.0 / chance
    own, _, parameters = leverages(x, weights)
    rest = residuals(x, y, weights, parameters)
    beyond = ((rest * rest).sum() - (n - parameters)) / (own * weights).sum()
    return 1.0 / (chance + max(beyond, 0.0))


@njit(cache=True, nogil=True)
def size_weights(x: Floats, y: Floats, before: Floats, after: Floats) -> Floats:
    """Weights float64[n] from means and the sizes (denominators) they rest on."""
    even = np.ones(x.size)
    slope = slope_of(x, y)
    small = 1.0 / after + slope * slope / before
    if small.max() < LIKE * small.min():
        return even
    small = small / small.mean()
    own, _, parameters = leverages(x, even)
    rest = residuals(x, y, even, parameters)
    squares = rest * rest / own
    apart = small - small.mean()
    steep = (apart * squares).sum() / (apart * apart).sum()
    level = squares.mean() - steep
    if steep <= 0.0:
        return even
    return 1.0 / small if level <= 0.0 else 1.0 / (level + steep * small)


@njit(cache=True, nogil=True)
def count_weights(
    x: Floats,
    y: Floats,
    counts: tuple[Floats, Floats],
    sizes: tuple[Floats, Floats],
) -> Floats:
    """Weights float64[n] from rates, and the events and sizes they rest on (before, after).

    Where a figure is not its count over its size, the sizes alone are used.
    """
    events, whole = counts[0].sum() + counts[1].sum(), sizes[0].sum() + sizes[1].sum()
    per = ((x * sizes[0]).sum() + (y * sizes[1]).sum()) / max(events, 1e-300)
    for k in range(2):
        said = x if k == 0 else y
        for i in range(x.size):
            rate = per * counts[k][i] / sizes[k][i]
            if abs(said[i] - rate) > CLOSE * (abs(rate) + per / sizes[k][i]):
                return size_weights(x, y, sizes[0], sizes[1])
    rate = events / whole
    share = (counts[0] <= sizes[0]).all() and (counts[1] <= sizes[1]).all()
    one = per * per * rate * ((1.0 - rate) if share and rate < 1.0 else 1.0)
    slope = slope_of(x, y)
    chance = one * (1.0 / sizes[1] + slope * slope / sizes[0])
    if chance.min() <= 0.0 or chance.max() < LIKE * chance.min():
        return np.ones(x.size)
    return chance_weights(x, y, chance)
