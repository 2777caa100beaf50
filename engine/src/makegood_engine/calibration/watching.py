"""Contracts looked at again and again, as agreed: how often watching fools."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from makegood_engine.calibration.plan import Looks, Plan, Scenario
from makegood_engine.calibration.simulate import noisy
from makegood_engine.calibration.tally import Cell, cell, of_count
from makegood_engine.effect import SLACK, Cases, measure, schedule

AT_ONCE = 4_000
START = date(2020, 1, 1)
"""Any day will do: the levels hang on how long after the start a look is, not on the year."""
SHORTEST = 330
"""Days until 11 months of a season are known, as for a real contract of monthly figures."""
WINDOW = 12


def cells_of_looks(
    plan: Plan, looks: Looks, comparators: int, follows: float, *, replicates: int
) -> Iterator[Cell]:
    """Count the contracts without added value that are called better at any look."""
    seed = [plan.seed, plan.looks.index(looks), comparators, round(100 * follows)]
    draws = np.random.default_rng(seed)
    scenario = Scenario(looks.name, follows=follows, before=WINDOW, after=looks.until)
    claimed = 0
    for first in range(0, replicates, AT_ONCE):
        count = min(AT_ONCE, replicates - first)
        values = noisy(scenario, count, comparators + 1, draws)
        claimed += int(_ever_claimed(values.reshape(-1, values.shape[2]), looks, comparators).sum())
    yield cell(
        plan.threshold("looks"),
        f"{looks.name}, follows {follows:g}",
        comparators,
        estimate=claimed / replicates,
        interval=of_count(claimed, replicates, confidence=plan.confidence),
        replicates=replicates,
    )


def _ever_claimed(values: np.ndarray, looks: Looks, comparators: int) -> np.ndarray:
    """Whether each contract is called better at any of its looks, bool[R]."""
    count = len(values) // (comparators + 1)
    units = np.arange(len(values)).reshape(count, comparators + 1)
    claimed = np.zeros(count, dtype=np.bool_)
    agreed = schedule(
        [_last_day(month) for month in looks.months],
        starts_on=START,
        due_on=_last_day(looks.until),
        shortest=SHORTEST,
    )
    for look, month in zip(agreed, looks.months, strict=True):
        if look.level == 0:
            continue
        end = WINDOW + month
        first = max(WINDOW, end - WINDOW)
        cases = Cases(
            np.ascontiguousarray(units[:, 0]),
            np.ascontiguousarray(units[:, 1:]).ravel(),
            np.arange(0, count * comparators + 1, comparators),
            np.tile([0, WINDOW, first, end, 1], (count, 1)),
            np.ones(count),
            np.full(count, look.level),
            np.zeros(count, dtype=np.bool_),
        )
        claimed |= measure(values, cases).p_better <= look.level + SLACK
    return claimed


def _last_day(month: int) -> date:
    """The last day of a month counted from the start."""
    after = month % 12 + 1
    return date.fromordinal(date(START.year + month // 12, after, 1).toordinal() - 1)
