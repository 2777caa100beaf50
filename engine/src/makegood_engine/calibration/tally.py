"""Counting, with what chance could have made of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from makegood_engine.calibration.plan import Threshold

Floats = NDArray[np.float64]

DIRECTLY = ", directly"
"""How the name of a cell ends that was judged without `assess`, beside one that went through it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table: what was measured, where, and whether the promise holds.

    `estimate` with its Monte Carlo interval `low` to `high`, from `replicates` contracts (or
    portfolios, or organisations). `promised` is False for a cell that is printed but of which
    nothing is promised.
    """

    key: str
    scenario: str
    comparators: int
    estimate: float
    low: float
    high: float
    replicates: int
    status: str
    promised: bool = True

    @property
    def fails(self) -> bool:
        """Whether a promise is broken here, beyond chance."""
        return self.promised and self.status == "fails"


def cell(
    threshold: Threshold,
    scenario: str,
    comparators: int,
    *,
    estimate: float,
    interval: tuple[float, float],
    replicates: int,
    promised: bool = True,
) -> Cell:
    """Hold a figure against its threshold."""
    low, high = interval
    status = "not settled"
    if threshold.low <= estimate <= threshold.high:
        status = "holds"
    elif high < threshold.low or low > threshold.high:
        status = "fails"
    return Cell(
        threshold.key, scenario, comparators, estimate, low, high, replicates, status, promised
    )


def of_count(count: int, replicates: int, *, confidence: float) -> tuple[float, float]:
    """The exact interval (Clopper and Pearson) of a share from its count."""
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(beta.ppf(tail, count, replicates - count + 1))
    whole = count == replicates
    high = 1.0 if whole else float(beta.isf(tail, count + 1, replicates - count))
    return low, high


def of_mean(each: Floats, *, confidence: float) -> tuple[float, float]:
    """The interval of a mean over independent runs, by the bootstrap (percentiles)."""
    draws = np.random.default_rng(len(each))
    means = each[draws.integers(len(each), size=(2000, len(each)))].mean(axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
