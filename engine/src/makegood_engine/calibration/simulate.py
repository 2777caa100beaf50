"""Figures made up by a scenario: many contracts at once, each with its own comparators."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makegood_engine.calibration.plan import Pool, Scenario
from makegood_engine.effect import choose

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

MIDDLE = 50.0
"""About what the figures of a scenario lie."""
SIZES = 0.6
"""Standard deviation of the log of units' sizes, where they have any."""
SMALLEST, LARGEST = 100.0, 3000.0
"""Sizes of units whose proportions are judged."""
RATES = 0.3
"""Standard deviation of the log of units' rates."""


@dataclass(frozen=True, slots=True)
class Panel:
    """R contracts of K + 1 units, the provider first: rows r × (K + 1) and on, a month a column.

    `values` float64[R × (K + 1), T]; `sizes` (denominators) and `counts` (numerators) the same
    shape, or None where the figures are no counts.
    """

    values: Floats
    sizes: Floats | None
    counts: Floats | None
    comparators: int

    @property
    def providers(self) -> Longs:
        """The rows of the providers, int64[R]."""
        return np.arange(0, len(self.values), self.comparators + 1)

    def kept(self, after: int, *, promise: float) -> "Panel":
        """The same figures, but every provider does better by the promise from a month on."""
        values = self.values.copy()
        if self.counts is None or self.sizes is None:
            values[self.providers, after:] += promise
            return Panel(values, self.sizes, self.counts, self.comparators)
        raise ValueError("Counts are made with their promise, not given it afterwards.")


def panel(
    scenario: Scenario,
    comparators: int,
    replicates: int,
    draws: np.random.Generator,
    *,
    candidates: int = 120,
    bad_of: int = 10,
    rise: float = 0.0,
) -> Panel:
    """Make `replicates` contracts with so many comparators each.

    Where the scenario picks its provider at a bad moment, it is the worst before the start of the
    first `bad_of` of `candidates` units. `rise` is what counts' providers do better from the
    start on, on the log scale.
    """
    if scenario.share:
        return _shares(scenario, comparators, replicates, draws, rise=rise)
    if scenario.events:
        return _counts(scenario, comparators, replicates, draws, rise=rise)
    if scenario.pool is Pool.ALIKE:
        values = noisy(scenario, replicates, comparators + 1, draws)
        return Panel(values.reshape(-1, values.shape[2]), None, None, comparators)
    rows = []
    for _ in range(replicates):
        whole = noisy(scenario, 1, candidates, draws)[0]
        before = whole[:, : scenario.before]
        provider = int(np.nanargmin(np.nanmean(before[:bad_of], axis=1)))
        if scenario.pool is Pool.MATCHED:
            seed = int(draws.integers(2**31))
            others = choose(before, provider, count=comparators, seed=seed).rows
        else:
            rest = np.delete(np.arange(candidates), provider)
            others = tuple(draws.choice(rest, comparators, replace=False))
        rows.append(whole[[provider, *others]])
    return Panel(np.concatenate(rows), None, None, comparators)


def noisy(scenario: Scenario, replicates: int, units: int, draws: np.random.Generator) -> Floats:
    """Levels, noise, trend and season: float64[replicates, units, months]."""
    months = scenario.before + scenario.after
    shape = (replicates, units, months)
    values = (
        MIDDLE
        + draws.normal(size=(replicates, units, 1))
        + following(scenario.follows, shape, draws)
    )
    values += scenario.trend * np.arange(months)
    if scenario.season:
        wave = scenario.season * np.cos(2 * np.pi * np.arange(months) / 12)
        values += wave * (1 + scenario.season_varies * draws.normal(size=(replicates, units, 1)))
    if scenario.gaps:
        _take_out(values, scenario, draws)
    return values


def following(follows: float, shape: tuple[int, ...], draws: np.random.Generator) -> Floats:
    """Noise of variance 1 in which each month follows the last (along the last axis)."""
    noise = draws.normal(size=shape)
    fresh = np.sqrt(1 - follows**2)
    for month in range(1, shape[-1] if follows else 1):
        noise[..., month] = follows * noise[..., month - 1] + fresh * noise[..., month]
    return noise


def _take_out(values: Floats, scenario: Scenario, draws: np.random.Generator) -> None:
    """Take one month, at random, out of a share of all windows."""
    replicates, units, _ = values.shape
    for first, length in ((0, scenario.before), (scenario.before, scenario.after)):
        gone = first + draws.integers(length, size=(replicates, units))
        some = draws.random((replicates, units)) < scenario.gaps
        where = np.nonzero(some)
        values[(*where, gone[some])] = np.nan


def _shares(
    scenario: Scenario,
    comparators: int,
    replicates: int,
    draws: np.random.Generator,
    *,
    rise: float,
) -> Panel:
    """Proportions of people in units of many sizes, the provider the smallest."""
    units, months = comparators + 1, scenario.before + scenario.after
    log_size = draws.uniform(np.log(SMALLEST), np.log(LARGEST), (replicates, units, 1))
    log_size[:, 0] = np.log(SMALLEST)
    sizes = np.rint(np.exp(log_size)) * np.ones(months)
    share = scenario.share * np.exp(0.1 * draws.normal(size=(replicates, units, 1)))
    share = share * np.ones(months)
    share[:, 0, scenario.before :] *= np.exp(rise)
    counts = draws.binomial(sizes.astype(np.int64), share).astype(np.float64)
    return _of_counts(counts, sizes, comparators)


def _counts(
    scenario: Scenario,
    comparators: int,
    replicates: int,
    draws: np.random.Generator,
    *,
    rise: float,
) -> Panel:
    """Events a month by units of many sizes, whose rates differ, drift and vary beyond chance."""
    units, months = comparators + 1, scenario.before + scenario.after
    shape = (replicates, units, 1)
    sizes = np.exp(SIZES * draws.normal(size=shape)) * np.ones(months)
    log_rate = RATES * draws.normal(size=shape) * np.ones(months)
    log_rate[..., scenario.before :] += scenario.drifts * draws.normal(size=shape)
    log_rate[:, 0, scenario.before :] += rise
    beyond = draws.gamma(1 / scenario.varies, scenario.varies, size=log_rate.shape)
    counts = draws.poisson(scenario.events * sizes * np.exp(log_rate) * beyond).astype(np.float64)
    return _of_counts(counts, sizes, comparators)


def _of_counts(counts: Floats, sizes: Floats, comparators: int) -> Panel:
    """A panel of counts over sizes, float64[replicates, units, months] both."""
    flat = (-1, counts.shape[-1])
    return Panel(
        (counts / sizes).reshape(flat), sizes.reshape(flat), counts.reshape(flat), comparators
    )
