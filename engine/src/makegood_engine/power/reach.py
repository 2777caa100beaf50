"""What the engine's test makes of a shift: the chance of telling it, and the shift that it takes.

A shift is counted in spreads: standard deviations of an after-mean about what its before-mean
predicts, among units like the provider. With K comparators, 5 to 18, the test is a prediction-t
with K − 2 degrees of freedom on an error of √(1 + 1/K + leverage) spreads; the leverage of a
provider drawn as its comparators are is (1 + 1/K) × F / (K − 1), F with 1 and K − 1 degrees of
freedom, and the chance is averaged over it. From 19 on the test is the provider's rank: it must be among
the first ⌊α (K + 1)⌋ of K + 1.

A provider that moves r times as much as its comparators brings r spreads of noise of its own into
either test, whose measure of chance stays theirs. Simulated (400 contracts each, 12 months before
and after, 60 known, memory 0.3, levels of 1), a change said to be told 80 times in 100, with r as
`spread.restlessness` finds it: at r = 1, 2, 3 told 78, 78, 78 times with 20 comparators and 82, 80,
78 with 40; with 10, 78, 81, 87, as the leverage is taken at its worst; at r = 1.5, 82, 79, 81 times
with 10, 20, 40. A calm one (r = 0.5, counted as 1) is told 85 to 90 times.
(`python -m benchmarks.figures_said told`; each is good to 4 either way.)

Nothing added is called better, at r = 3 and 20 comparators, 26 times in 100 where 27 were said. With
10 that are all on one level it is 22 as said; where levels spread thrice as far as the noise,
the provider's own noise takes it far from the others' levels, and it is said too low: 18 where 16
were said at r = 2, 26 where 22 were at r = 3; with 5, 20 for 16 at r = 3, 29 for 20 at r = 5, 39 for
23 at r = 10. So the words say that it was up to a third more, or nearly twice as often beyond r = 3.
(`python -m benchmarks.figures_said by_chance`.)

Source: the distribution of order statistics; Cook and Weisberg, *Residuals and Influence in
Regression* (1982), ch. 2. Checked by simulation to 2% of the shift.
"""

from functools import lru_cache
from math import floor, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtr, fdtri, nctdtr, ndtr, stdtrit

from makegood_engine.effect.measure import BY_RANK, VALID

LEVERAGES = 40
"""Leverages over which the prediction-t's chance is averaged."""
STEPS = 400
"""Steps in which the provider's own noise is summed."""
FARTHEST = 1e4
"""Spreads beyond which no shift is sought."""


def chance_of(
    shift: float, *, comparators: int, alpha: float = 0.05, restless: float = 1.0
) -> float:
    """The chance that a shift (in spreads, 0 or more) is told, one-sided at `alpha`.

    `restless` is how many times as much the provider moves as its comparators: spreads are
    theirs, its own is so many of them. Above 1 a shift of 0 is told more often than `alpha`.
    Raises `ValueError` for fewer than 5 comparators, with which there is no test.
    """
    if comparators < VALID:
        raise ValueError(f"{comparators} comparators are too few: {VALID} are needed.")
    places = floor(alpha * (comparators + 1) + 1e-9)
    if comparators >= BY_RANK and places >= 1:
        return _by_rank(shift, comparators, places, restless)
    return _by_t(shift, comparators, alpha, restless)


@lru_cache(maxsize=512)
def shift_needed(
    comparators: int, *, alpha: float = 0.05, power: float = 0.8, restless: float = 1.0
) -> float:
    """The shift, in spreads, that is told with chance `power`, one-sided at `alpha`.

    `restless` is as in `chance_of`, and it raises as that does. 0 where chance alone is called
    better so often.
    """

    def lacking(shift: float) -> float:
        found = chance_of(shift, comparators=comparators, alpha=alpha, restless=restless)
        return found - power

    if lacking(0.0) >= 0:
        return 0.0
    high = 4.0
    while lacking(high) < 0 and high < FARTHEST:
        high *= 2
    return float(brentq(lacking, 0.0, high, xtol=1e-6))


def _by_t(shift: float, comparators: int, alpha: float, restless: float) -> float:
    k = comparators
    drawn = fdtri(1, k - 1, (np.arange(LEVERAGES) + 0.5) / LEVERAGES)
    others = (1 + 1 / k) * (1 + restless**2 * drawn / (k - 1))
    own = np.sqrt(others + restless**2 - 1)
    critical = stdtrit(k - 2, 1 - alpha) * np.sqrt(others) / own
    return float(np.mean(1 - nctdtr(k - 2, shift / own, critical)))


def _by_rank(shift: float, comparators: int, places: int, restless: float) -> float:
    own = shift / sqrt(1 + 1 / (comparators + 1))
    noise = np.linspace(-7, 7, STEPS + 1)
    weight = np.exp(-(noise**2) / 2)
    above = ndtr(-(restless * noise + own))
    reached = bdtr(places - 1, comparators, above)
    return float((weight * reached).sum() / weight.sum())
