"""Contracts on hard figures, judged through the whole of `assess`: promises to rise and to fall."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.calibration.hard_plan import Hard, Lean
from makegood_engine.calibration.simulate import MIDDLE, RATES, SIZES, Panel
from makegood_engine.calibration.tally import Cell, cell, of_mean
from makegood_engine.calibration.whole import levels_of
from makegood_engine.calibration.whole_plan import HISTORY, WholePlan
from makegood_engine.calibration.worlds import (
    Asked,
    commitments,
    measurements,
    pools_of,
    pools_table,
)
from makegood_engine.effect import SLACK
from makegood_engine.verdict import assess

Floats = NDArray[np.float64]
Shares = dict[tuple[str, str], float]
WAYS = {"up": 1.0, "down": -1.0}


def cells_of_hard(
    plan: WholePlan, setting: Hard, comparators: int, *, worlds: int
) -> Iterator[Cell]:
    """Judge worlds of one setting; give its cells, for promises to rise and to fall."""
    asked = Asked(plan, setting, comparators)
    draws = np.random.default_rng([plan.seed, plan.settings.index(setting), comparators])
    shares = [_shares(asked, setting, draws) for _ in range(worlds)]
    for key, way in shares[0]:
        each = np.array([one[key, way] for one in shares])
        each = each[~np.isnan(each)]
        if not each.size:
            continue
        yield cell(
            plan.threshold(key),
            f"{setting.name}{way}",
            comparators,
            estimate=float(each.mean()),
            interval=of_mean(each, confidence=plan.confidence),
            replicates=len(each) * plan.providers,
            promised=key != "untested",
        )


def _shares(asked: Asked, setting: Hard, draws: np.random.Generator) -> Shares:
    """The shares of one world, by key and by the way of the promise."""
    found: Shares = {}
    made = hard_figures(asked, setting, draws)
    for better, p_added in _judged(asked, made, draws, name="p_added").items():
        untested = np.asarray(np.isnan(p_added).all(axis=0))
        levels = np.array([level for _, level in levels_of(setting)])
        claimed = np.asarray((p_added <= levels[:, None] + SLACK).any(axis=0))
        way = f", better {better}"
        found["looks" if setting.looks else "claimed", way] = _mean(claimed[~untested])
        found["untested", way] = _mean(untested)
    if setting.lean and not setting.looks:
        first = np.arange(len(made.values)) % asked.plan.each == 0
        later = np.arange(made.values.shape[1]) >= HISTORY
        values = made.values + asked.plan.promise * np.outer(first, later)
        kept = Panel(values, None, None, made.comparators)
        for better, ends in _judged(asked, kept, draws, name="lower", also="upper").items():
            low, high = ends[0], ends[1]
            truth = WAYS[better] * asked.plan.promise
            found["covers", f", better {better}"] = _mean((low <= truth) & (truth <= high))
    return found


def _mean(said: NDArray[np.bool_]) -> float:
    return float(said.mean()) if said.size else float("nan")


def _judged(
    asked: Asked, made: Panel, draws: np.random.Generator, *, name: str, also: str = ""
) -> dict[str, Floats]:
    """Columns of the verdicts on one world, float64[looks (or columns), P], by the better way."""
    measured, risen = measurements(made), commitments(asked, made.providers)
    pools = pools_table(made.providers, pools_of(asked, measured, risen, draws))
    found = {}
    for better, sign in WAYS.items():
        promised = risen.set_column(
            risen.schema.get_field_index("better"), "better", pa.array([better] * len(risen))
        )
        target = pa.array([MIDDLE + sign * asked.plan.promise] * len(risen))
        promised = promised.set_column(promised.schema.get_field_index("target"), "target", target)
        said = assess(measured, promised, pools)
        columns = [said[one].to_pylist() for one in (name, also) if one]
        found[better] = np.array(columns, dtype=np.float64).reshape(-1, asked.plan.providers)
    return found


def hard_figures(asked: Asked, setting: Hard, draws: np.random.Generator) -> Panel:
    """Make the figures of one world, in which nothing is added."""
    plan, scenario = asked.plan, setting.scenario
    shape = (plan.providers * plan.each, scenario.before + scenario.after)
    if setting.people:
        counts = draws.binomial(setting.people, setting.share, size=shape).astype(np.float64)
        sizes = np.full(shape, float(setting.people))
        return Panel(100 * counts / sizes, sizes, counts, plan.each - 1)
    if setting.events:
        sizes = np.exp(SIZES * draws.normal(size=(shape[0], 1))) * np.ones(shape)
        sizes[:: plan.each] *= setting.smaller
        rate = setting.events * np.exp(RATES * draws.normal(size=(shape[0], 1)))
        counts = draws.poisson(rate * sizes).astype(np.float64)
        if scenario.events:
            return Panel(counts / sizes, sizes, counts, plan.each - 1)
        return Panel(counts, None, None, plan.each - 1)
    noise = _leaning(setting.lean, shape, draws)
    return Panel(MIDDLE + draws.normal(size=(shape[0], 1)) + noise, None, None, plan.each - 1)


def _leaning(lean: Lean, shape: tuple[int, int], draws: np.random.Generator) -> Floats:
    """Noise of mean 0 and standard deviation 1."""
    if lean is Lean.EXPONENTIAL:
        return draws.exponential(size=shape) - 1.0
    if lean is Lean.LOGNORMAL:
        spread = np.sqrt((np.e - 1) * np.e)
        return np.asarray((np.exp(draws.normal(size=shape)) - np.sqrt(np.e)) / spread)
    return np.asarray(draws.standard_t(3, size=shape) / np.sqrt(3.0))
