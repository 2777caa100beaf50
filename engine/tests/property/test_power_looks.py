"""Power and assess give every look the same level, whatever the pace of the figures."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood_engine.power import power_of
from makegood_engine.verdict.grid import grid_of_histories
from makegood_engine.verdict.judge import Pool, judge_all
from makegood_engine.verdict.promise import Promise

START = date(2018, 1, 1)


def month(step: int) -> Callable[[int], date]:
    return lambda i: date(2018 + i * step // 12, i * step % 12 + 1, 1)


def days(step: int) -> Callable[[int], date]:
    return lambda i: START + timedelta(i * step)


PACES = {"monthly": month(1), "quarterly": month(3), "weekly": days(7), "daily": days(1)}


def levels(pace: str, looks: list[date]) -> tuple[float, float]:
    """The level of the last look as `power` foretells it, and as the judge uses it."""
    draws, at = np.random.default_rng(71), PACES[pace]
    periods = [i for i in range(-60, 1500) if at(i) <= looks[-1]]
    rows = draws.normal(10, 1, (7, len(periods)))
    units = [dict(zip(map(at, periods), row.tolist(), strict=True)) for row in rows]
    foretold = power_of(units[0], starts_on=START, looks=looks).alpha
    grid = grid_of_histories(units, None)
    promise = Promise(
        "C", "up", START, looks[-1], 10.0, 10.0, 11.0,
        look=looks[-1], looks=";".join(day.isoformat() for day in looks),
    )  # fmt: skip
    pool = Pool.of(grid, np.arange(1, 7, dtype=np.int64))
    return foretold, judge_all(grid, [promise], [0], [pool]).cases[0].level


@pytest.mark.parametrize(
    ("pace", "looks"),
    [
        ("quarterly", [date(2019, 12, 31), date(2020, 6, 30), date(2020, 12, 31)]),
        ("daily", [date(2018, 1, 20), date(2018, 2, 10), date(2018, 3, 1)]),
        ("monthly", [date(2018, 11, 28), date(2018, 12, 31)]),
    ],
)
def test_schedules_that_once_differed(pace: str, looks: list[date]) -> None:
    """The window of quarters is three years, that of days a fortnight, and 28 November counts."""
    foretold, used = levels(pace, looks)
    assert foretold == used < 0.05


@given(
    pace=st.sampled_from(sorted(PACES)),
    places=st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True),
    day=st.integers(0, 27),
)
@settings(deadline=None, max_examples=40)
def test_levels_cannot_differ(pace: str, places: list[int], day: int) -> None:
    """Looks lie in periods of their own: two in one see the same figures, and are one test."""
    first = {"monthly": 11, "quarterly": 6, "weekly": 47, "daily": 14}[pace]
    within = day if pace in {"monthly", "quarterly"} else 0
    looks = [PACES[pace](first + place) + timedelta(within) for place in sorted(places)]
    looks[-1] += timedelta(1)
    foretold, used = levels(pace, looks)
    assert foretold == used
