"""The best test there could be, against which power is held.

It knows how much months vary, how they follow each other, how much units differ, and that the
change came all at once; it must only find the months' common moves in the comparators. By Neyman
and Pearson no test of the same error has more power. Nobody could run it on real figures.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nct, norm, t

from makegood_engine.calibration.plan import Pool, Scenario

Floats = NDArray[np.float64]


def best_power(scenario: Scenario, comparators: int, *, promise: float, error: float) -> float:
    """The best test's power to tell a promise kept from nothing; NaN where it has no closed form."""
    if not has_best(scenario):
        return float("nan")
    change = np.where(np.arange(scenario.before + scenario.after) >= scenario.before, promise, 0.0)
    seen = change @ np.linalg.solve(covariance(scenario), change) / (1 + 1 / comparators)
    return float(norm.cdf(np.sqrt(seen) - norm.isf(error)))


def has_best(scenario: Scenario) -> bool:
    """Whether the best test has a closed form: whole figures, no counts, units drawn alike."""
    return not (
        scenario.events or scenario.share or scenario.gaps or scenario.pool is not Pool.ALIKE
    )


def covariance(scenario: Scenario) -> Floats:
    """How one unit's months vary together, but for what is common to all: float64[T, T]."""
    months = scenario.before + scenario.after
    apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    wave = scenario.season * scenario.season_varies * np.cos(2 * np.pi * np.arange(months) / 12)
    return 1.0 + scenario.follows**apart + np.outer(wave, wave)


def learning_power(scenario: Scenario, comparators: int, *, promise: float, error: float) -> float:
    """The power of the best test on window means that must learn the noise from the comparators.

    It knows by how much a mean before tells the mean after (so it spends nothing on a slope), and
    holds the provider against the K others by a t with K - 1 degrees of freedom.
    """
    if not has_best(scenario):
        return float("nan")
    whole, before = covariance(scenario), scenario.before
    both = np.zeros((2, len(whole)))
    both[0, :before], both[1, before:] = 1 / before, 1 / scenario.after
    (x, xy), (_, y) = both @ whole @ both.T
    shift = promise / np.sqrt((y - xy * xy / x) * (1 + 1 / comparators))
    freedom = comparators - 1
    return float(nct.sf(t.isf(error, freedom), freedom, shift))
