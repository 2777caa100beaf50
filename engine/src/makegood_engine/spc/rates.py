# ruff: noqa: PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""Proportions and rates: p and u charts, whose limits follow each point's denominator.

A p chart holds a proportion (so many of so many): its spread at a point is that of a binomial.
A u chart holds a rate of events (so many a bed-day): its spread is that of a Poisson count.
Source: Montgomery, Introduction to Statistical Quality Control, sections 7.2 and 7.3.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit

from makegood_engine.spc.kernel import Bytes, Flags, Floats, Longs

SIGMAS = 3.0
"""The limits of p and u charts, in standard deviations from the mean."""
SCALES = 10.0 ** np.arange(7)
"""What a rate may be said per: one, ten, a hundred … a million."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What p and u charts need beside the values.

    `numerators` and `denominators` float64[n], in which NaN is missing; per group: `chart` int8
    (see `CHARTS`) and `per` float64, what a value is said per (100 for per cent).
    """

    numerators: Floats
    denominators: Floats
    chart: Bytes
    per: Floats

    @property
    def varies(self) -> Flags:
        """Whether each group's limits vary from point to point."""
        return self.chart > 0


@njit(cache=True, nogil=True, error_model="numpy")
def rate_lines(
    numerators: Floats,
    denominators: Floats,
    starts: Longs,
    fix_after: Longs,
    chart: Bytes,
    per: Floats,
    mean: Floats,
    width: Floats,
    widths: Floats,
) -> None:
    """Write each p or u group's `mean` and, point by point, the `widths` to its limits.

    The mean is all numerators over all denominators; `width` is that at the last known point.
    """
    for g in range(starts.size - 1):
        if chart[g] == 0:
            continue
        first, end = starts[g], starts[g + 1]
        until = end if fix_after[g] <= 0 else min(end, first + fix_after[g])
        top = bottom = 0.0
        for i in range(first, until):
            if not np.isnan(numerators[i] + denominators[i]):
                top += numerators[i]
                bottom += denominators[i]
        level = top / bottom if bottom > 0.0 else np.nan
        spread = level * (1.0 - level) if chart[g] == 1 else level
        mean[g], width[g] = per[g] * level, np.nan
        for i in range(first, end):
            widths[i] = per[g] * SIGMAS * np.sqrt(spread / denominators[i])
            if not np.isnan(numerators[i] + denominators[i]):
                width[g] = widths[i]


@njit(cache=True, nogil=True, error_model="numpy")
def scales_of(
    values: Floats, numerators: Floats, denominators: Floats, starts: Longs, wanted: Flags
) -> Floats:
    """Find what the values of each wanted series are said per, from the values themselves.

    It is the power of ten nearest the middle of value × denominator ÷ numerator; 1 where no value
    is given; NaN where the middle is not within a twentieth of any.
    """
    found = np.ones(wanted.size)
    for s in range(wanted.size):
        if not wanted[s]:
            continue
        part = slice(starts[s], starts[s + 1])
        times = values[part] * denominators[part] / numerators[part]
        known = times[np.isfinite(times)]
        if known.size == 0:
            continue
        middle = np.median(known)
        apart = np.abs(middle / SCALES - 1.0)
        nearest = np.argmin(apart)
        found[s] = SCALES[nearest] if apart[nearest] <= 0.05 else np.nan
    return found


def clipped(lower: Floats, upper: Floats, chart: Bytes, per: Floats) -> tuple[Floats, Floats]:
    """Keep limits to what can be: no rate below 0, no proportion above the whole.

    Arrays go point by point or group by group, as the caller has them.
    """
    low = np.where(chart > 0, np.maximum(lower, 0.0), lower)
    return low, np.where(chart == 1, np.minimum(upper, per), upper)
