"""Whether the points of a p or u chart move more than their counts can by chance.

Limits made of counts alone shrink as denominators grow, until what moves any real service lies
beyond them. Each point is taken as standard deviations from the mean, for its own denominator;
sigma z is the mean moving range of these over 1.128, which is 1 where counts are all there is.

Source: Laney (2002), Improved control charts for attributes, Quality Engineering 14(4).
"""

import numpy as np

from makegood_engine.spc.kernel import Floats, Longs
from makegood_engine.spc.rates import Rates

PER_SIGMA = 1.128
"""The mean moving range of two, in standard deviations."""
WIDE = 1.5
"""A sigma z above this is said: limits from counts are then a third too narrow, or more."""
LEAST = 12
"""The fewest moving ranges that sigma z is taken from."""
TOO_NARROW = (
    "Limits made of counts alone are too narrow here, as they are where denominators are large: the "
    "points move {:.2g} times as much as counts do by chance. An XmR chart of the same values is the "
    "better choice."
)


def sigma_z(values: Floats, starts: Longs, mean: Floats, rates: Rates) -> Floats:
    """Sigma z of each group, float64[g]; NaN where it is no p or u chart, or has too few points.

    `values` float64[n] are rates of each group's `per`; `starts` int64[g + 1]; `mean` float64[g].
    A missing point is passed over.
    """
    groups = len(starts) - 1
    of = np.repeat(np.arange(groups), np.diff(starts))
    level = mean / rates.per
    share = np.where(rates.chart == 1, 1 - level, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = rates.per[of] * np.sqrt((level * share)[of] / rates.denominators)
        z = (values - mean[of]) / chance
    known = np.flatnonzero(np.isfinite(z) & (rates.chart[of] > 0))
    moves, same = np.abs(np.diff(z[known])), of[known][1:] == of[known][:-1]
    at = of[known][1:][same]
    many = np.bincount(at, minlength=groups)
    total = np.bincount(at, weights=moves[same], minlength=groups)
    return np.where(many >= LEAST, total / np.maximum(many, 1) / PER_SIGMA, np.nan)


def narrow_note(found: Floats | None, g: int) -> tuple[str, ...]:
    """Caution against the limits of group `g`, where its points move more than counts do."""
    if found is None or not found[g] > WIDE:
        return ()
    return (TOO_NARROW.format(found[g]),)
