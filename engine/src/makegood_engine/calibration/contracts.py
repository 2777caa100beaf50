"""Single contracts: false claims, promises called short, coverage, power."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from makegood_engine.calibration.best import best_power, has_best, learning_power
from makegood_engine.calibration.plan import Plan, Pool, Scenario
from makegood_engine.calibration.simulate import Panel, panel
from makegood_engine.calibration.tally import Cell, cell, of_count
from makegood_engine.effect import ALPHA, SLACK, Cases, Effects, measure
from makegood_engine.effect.measure import BY_RANK

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AT_ONCE = 4_000
"""Contracts simulated at a time, so that memory stays small."""
RISE = 0.25
"""The promise on counts: a rate higher by this much on the log scale."""


def cells_of_contracts(
    plan: Plan, scenario: Scenario, comparators: int, *, replicates: int
) -> Iterator[Cell]:
    """Simulate one scenario with one size of pool; give its cells."""
    counted = _tally(plan, scenario, comparators, replicates)
    promised = scenario.pool is not Pool.UNMATCHED
    for key in ("claimed", "short", "covers"):
        yield cell(
            plan.threshold(key),
            scenario.name,
            comparators,
            estimate=counted[key] / replicates,
            interval=of_count(counted[key], replicates, confidence=plan.confidence),
            replicates=replicates,
            promised=promised,
        )
    if has_best(scenario):
        yield from _powers(plan, scenario, comparators, counted["told"], replicates)


def _powers(
    plan: Plan, scenario: Scenario, comparators: int, told: int, replicates: int
) -> Iterator[Cell]:
    """How often the promise was told from nothing, beside what the best tests would tell."""
    low, high = of_count(told, replicates, confidence=plan.confidence)
    for key, best_of in (("power", best_power), ("learning", learning_power)):
        best = best_of(scenario, comparators, promise=plan.promise, error=size_of(comparators))
        yield cell(
            plan.threshold(key),
            scenario.name,
            comparators,
            estimate=told / replicates / best,
            interval=(low / best, high / best),
            replicates=replicates,
            promised=key == "power",
        )


def size_of(comparators: int) -> float:
    """The true error of a test at 5%: ranks come in whole steps."""
    if comparators < BY_RANK:
        return ALPHA
    return int(ALPHA * (comparators + 1) + 1e-9) / (comparators + 1)


def _tally(plan: Plan, scenario: Scenario, comparators: int, replicates: int) -> dict[str, int]:
    """Count what was said of so many contracts without added value and as many with."""
    seed = [plan.seed, plan.scenarios.index(scenario), comparators]
    draws = np.random.default_rng(seed)
    counted = {"claimed": 0, "short": 0, "covers": 0, "told": 0}
    for first in range(0, replicates, AT_ONCE):
        count = min(AT_ONCE, replicates - first)
        nothing, kept = _both(plan, scenario, comparators, count, draws)
        found = judge(nothing, scenario)
        counted["claimed"] += int((found.p_better <= ALPHA + SLACK).sum())
        found = judge(kept, scenario)
        truth = np.full(count, plan.promise)
        if _is_counted(scenario):
            truth = found.judged_after * -np.expm1(-RISE)
        ruled_out = found.upper < truth
        counted["short"] += int(ruled_out.sum())
        counted["covers"] += int((~ruled_out & (found.lower <= truth)).sum())
        counted["told"] += int((found.p_better <= ALPHA + SLACK).sum())
    return counted


def _both(
    plan: Plan, scenario: Scenario, comparators: int, count: int, draws: np.random.Generator
) -> tuple[Panel, Panel]:
    """Contracts without added value, and contracts whose promise is kept just so."""
    made = panel(
        scenario, comparators, count, draws, candidates=plan.candidates, bad_of=plan.bad_of
    )
    if _is_counted(scenario):
        return made, panel(scenario, comparators, count, draws, rise=RISE)
    return made, made.kept(scenario.before, promise=plan.promise)


def _is_counted(scenario: Scenario) -> bool:
    """Whether figures are made of counts, which are made with their promise."""
    return scenario.events > 0 or scenario.share > 0


def judge(made: Panel, scenario: Scenario) -> Effects:
    """Measure every contract of a panel."""
    providers, k = made.providers, made.comparators
    count = len(providers)
    every = np.arange(len(made.values)).reshape(count, k + 1)[:, 1:]
    months = scenario.before + scenario.after
    cases = Cases(
        providers,
        np.ascontiguousarray(every).ravel(),
        np.arange(0, count * k + 1, k),
        np.tile([0, scenario.before, scenario.before, months, 1], (count, 1)),
        np.ones(count),
        np.full(count, ALPHA),
        np.full(count, scenario.events > 0),
    )
    return measure(made.values, cases, weights=made.sizes, counts=made.counts)
