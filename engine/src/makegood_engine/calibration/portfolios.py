"""Portfolios in which one promise in five is kept: how much of the list is false."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from makegood_engine.calibration.plan import KEPT, PROMISES, Plan, Portfolio, Scenario
from makegood_engine.calibration.simulate import following, noisy
from makegood_engine.calibration.tally import Cell, cell, of_mean
from makegood_engine.effect import ALPHA, SLACK, Cases, measure
from makegood_engine.verdict import portfolio_list

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

FDR = 0.10
MONTHS = Scenario("a portfolio", follows=0.4)


def cells_of_portfolios(
    plan: Plan, portfolio: Portfolio, comparators: int, *, runs: int
) -> Iterator[Cell]:
    """Simulate portfolios of one kind; give the false share of their lists."""
    seed = [plan.seed, plan.portfolios.index(portfolio), comparators]
    draws = np.random.default_rng(seed)
    shares = np.array([_false_share(plan, portfolio, comparators, draws) for _ in range(runs)])
    yield cell(
        plan.threshold("false share"),
        portfolio.name,
        comparators,
        estimate=float(shares.mean()),
        interval=of_mean(shares, confidence=plan.confidence),
        replicates=runs,
    )


def _false_share(
    plan: Plan, portfolio: Portfolio, comparators: int, draws: np.random.Generator
) -> float:
    """The part of one portfolio's list that is false; 0 for an empty list."""
    providers = _providers(portfolio, draws)
    kept = np.arange(PROMISES) < KEPT
    draws.shuffle(kept)
    providers[kept, MONTHS.before :] += plan.promise
    pools = portfolio.pools or PROMISES
    others = noisy(MONTHS, pools, comparators, draws)
    values = np.concatenate([providers, others.reshape(-1, others.shape[2])])
    found = measure(values, _cases(pools, comparators))
    delivered = (found.p_better <= ALPHA + SLACK) & (found.effect >= plan.promise)
    listed = portfolio_list(found.p_t, delivered, fdr=FDR)
    return float((listed & ~kept).sum() / max(listed.sum(), 1))


def _providers(portfolio: Portfolio, draws: np.random.Generator) -> Floats:
    """The providers' figures; measures of one provider share a part of their noise."""
    own = noisy(MONTHS, 1, PROMISES, draws)[0]
    if portfolio.measures == 1:
        return own
    months = MONTHS.before + MONTHS.after
    shared = following(MONTHS.follows, (PROMISES // portfolio.measures, months), draws)
    level = own.mean(axis=1, keepdims=True)
    part = portfolio.together
    noise = np.sqrt(1 - part) * (own - level)
    return level + noise + np.sqrt(part) * np.repeat(shared, portfolio.measures, axis=0)


def _cases(pools: int, comparators: int) -> Cases:
    """Every promise against its pool, pools being dealt out in turn."""
    first = PROMISES + (np.arange(PROMISES) % pools) * comparators
    members = first[:, None] + np.arange(comparators)
    months = MONTHS.before + MONTHS.after
    return Cases(
        np.arange(PROMISES),
        members.ravel(),
        np.arange(0, PROMISES * comparators + 1, comparators),
        np.tile([0, MONTHS.before, MONTHS.before, months, 1], (PROMISES, 1)),
        np.ones(PROMISES),
        np.full(PROMISES, ALPHA),
        np.zeros(PROMISES, dtype=np.bool_),
    )
