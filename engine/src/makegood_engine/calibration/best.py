"""The best test there could be, against which power is held.

It knows how much months vary, how they follow each other, how much units differ, and that the
change came all at once; it must only find the months' common moves in the comparators. By Neyman
and Pearson no test of the same error has more power. Nobody could run it on real figures.
"""

import numpy as np
from scipy.stats import norm

from makegood_engine.calibration.plan import Pool, Scenario


def best_power(scenario: Scenario, comparators: int, *, promise: float, error: float) -> float:
    """The best test's power to tell a promise kept from nothing; NaN where it has no closed form."""
    if scenario.events or scenario.gaps or scenario.pool is not Pool.ALIKE:
        return float("nan")
    months = scenario.before + scenario.after
    apart = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    covariance = 1.0 + scenario.follows**apart
    wave = scenario.season * scenario.season_varies * np.cos(2 * np.pi * np.arange(months) / 12)
    covariance = covariance + np.outer(wave, wave)
    change = np.where(np.arange(months) >= scenario.before, promise, 0.0)
    seen = change @ np.linalg.solve(covariance, change) / (1 + 1 / comparators)
    return float(norm.cdf(np.sqrt(seen) - norm.isf(error)))
