"""Contracts judged through the whole of `assess`, and the very same ones directly beside it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makegood_engine.calibration.tally import DIRECTLY, Cell, cell, of_mean
from makegood_engine.calibration.whole_plan import HISTORY, Setting, WholePlan
from makegood_engine.calibration.worlds import (
    RISE,
    START,
    Asked,
    World,
    commitments,
    figures,
    last_day_of,
    measurements,
    pools_of,
    pools_table,
)
from makegood_engine.effect import ALPHA, SLACK, Cases, Effects, measure, schedule
from makegood_engine.verdict import assess

Floats = NDArray[np.float64]

WINDOW = 12
SHORTEST = 330
"""Days until 11 months of a season are known."""


class Found(NamedTuple):
    """What was said of one world's contracts: p, and the interval's ends, float64[looks, P]."""

    p_added: Floats
    lower: Floats
    upper: Floats


def cells_of_whole(
    plan: WholePlan, setting: Setting, comparators: int, *, worlds: int
) -> Iterator[Cell]:
    """Judge worlds of one setting; give its cells, through `assess` and directly."""
    asked = Asked(plan, setting, comparators)
    draws = np.random.default_rng([plan.seed, plan.settings.index(setting), comparators])
    shares = [_shares(asked, draws) for _ in range(worlds)]
    for key, way in shares[0]:
        each = np.array([one[key, way] for one in shares])
        each = each[~np.isnan(each)]
        if not each.size:
            continue
        name = setting.name + way
        yield cell(
            plan.threshold(key),
            name,
            comparators,
            estimate=float(each.mean()),
            interval=of_mean(each, confidence=plan.confidence),
            replicates=len(each) * plan.providers,
            promised=key != "untested" and not way,
        )


def _shares(asked: Asked, draws: np.random.Generator) -> dict[tuple[str, str], float]:
    """The shares of one world, by key and way ("" is through `assess`, else `DIRECTLY`)."""
    claimed = "looks" if asked.setting.looks else "claimed"
    through, directly, _ = _both(asked, draws, kept=False)
    untested = np.asarray(np.isnan(through.p_added).all(axis=0))
    found = {
        (claimed, ""): _share(_claimed(asked, through)[~untested]),
        (claimed, DIRECTLY): _share(_claimed(asked, directly)),
        ("untested", ""): _share(untested),
    }
    if asked.setting.looks:
        return found
    through, directly, truth = _both(asked, draws, kept=True)
    tested = ~np.isnan(through.p_added[0])
    found["covers", ""] = _share(_covered(through, truth)[tested])
    found["covers", DIRECTLY] = _share(_covered(directly, truth))
    return found


def _share(said: NDArray[np.bool_]) -> float:
    return float(said.mean()) if said.size else float("nan")


def _claimed(asked: Asked, found: Found) -> NDArray[np.bool_]:
    """Which contracts are called better at any look."""
    levels = np.array([level for _, level in levels_of(asked.setting)])
    return np.asarray((found.p_added <= levels[:, None] + SLACK).any(axis=0))


def _covered(found: Found, truth: Floats) -> NDArray[np.bool_]:
    return np.asarray((found.lower[0] <= truth) & (truth <= found.upper[0]))


def _both(asked: Asked, draws: np.random.Generator, *, kept: bool) -> tuple[Found, Found, Floats]:
    """One world judged both ways, and what was truly added to each of its providers."""
    made = figures(asked, draws, kept=kept)
    measured, promised = measurements(made), commitments(asked, made.providers)
    world = World(made, pools_of(asked, measured, promised, draws))
    said = assess(measured, promised, pools_table(world.providers, world.pools))
    shape = (-1, asked.plan.providers)
    through = Found(
        *(
            np.array(said[name].to_pylist(), dtype=np.float64).reshape(shape)
            for name in ("p_added", "lower", "upper")
        )
    )
    effects = [_directly(asked, world, month, level) for month, level in levels_of(asked.setting)]
    directly = Found(
        *(
            np.array([getattr(one, name) for one in effects])
            for name in ("p_better", "lower", "upper")
        )
    )
    truth = np.full(asked.plan.providers, asked.plan.promise)
    if asked.setting.scenario.events:
        truth = effects[-1].judged_after * -np.expm1(-RISE)
    return through, directly, truth


def levels_of(setting: Setting) -> list[tuple[int, float]]:
    """Each look by its month, with its level."""
    if not setting.looks:
        return [(setting.months, ALPHA)]
    agreed = schedule(
        [last_day_of(month - 1) for month in setting.looks],
        starts_on=START,
        due_on=last_day_of(setting.months - 1),
        shortest=SHORTEST,
    )
    return [(month, look.level) for month, look in zip(setting.looks, agreed, strict=True)]


def _directly(asked: Asked, world: World, month: int, level: float) -> Effects:
    """Judge every contract of a world with windows made by hand, as the first plan does."""
    count, end = asked.plan.providers, HISTORY + month
    cases = Cases(
        world.providers,
        np.concatenate(world.pools),
        np.arange(count + 1) * asked.comparators,
        np.tile([HISTORY - WINDOW, HISTORY, end - WINDOW, end, 1], (count, 1)),
        np.ones(count),
        np.full(count, level),
        np.full(count, asked.setting.scenario.events > 0),
    )
    return measure(world.made.values, cases, weights=world.made.sizes, counts=world.made.counts)
