"""Counts and rates on a log scale, where some vary more than chance alone would have them.

A unit's log rate varies by about one over its count, and by as much again as units truly differ
(overdispersion). Weights are one over the sum. Half an event is added to every count, so that
none is none of the scale.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from makegood_engine.effect.sizes import chance_weights, slope_of

Floats = NDArray[np.float64]

HALF = 0.5
"""Added to each count of events."""


@njit(cache=True, nogil=True)
def rates(means: Floats, counts: Floats, sizes: Floats) -> Floats:
    """Each unit's rate with half an event added, in the measure's own unit.

    `means` float64[n] are window means; `counts` the events they rest on; `sizes` the sums of
    denominators. The unit (per 1,000, say) is read off all units together.
    """
    events = np.nansum(counts)
    per_event = np.nansum(means * sizes) / events if events > 0 else 1.0
    return means + HALF * per_event / sizes


@njit(cache=True, nogil=True)
def rate_weights(x: Floats, y: Floats, before: Floats, after: Floats) -> Floats:
    """Weights float64[n] from log rates `x`, `y` and the counts `before` and `after` them."""
    slope = slope_of(x, y)
    return chance_weights(x, y, 1.0 / (after + HALF) + slope * slope / (before + HALF))
