"""Looks agreed beforehand: what each may claim, and that together they claim no more than one."""

from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtri

from makegood_engine.effect import ALPHA, schedule

Floats = NDArray[np.float64]

START, DUE = date(2020, 1, 1), date(2021, 12, 31)
SECOND_YEAR = [date(2021, month, 28) for month in range(1, 12)]


def test_the_due_date_alone_has_the_whole_level() -> None:
    (only,) = schedule([], starts_on=START, due_on=DUE)
    assert (only.on, only.number, only.level) == (DUE, 1, ALPHA)
    assert schedule([DUE], starts_on=START, due_on=DUE) == (only,)


def test_early_looks_may_claim_less_and_the_last_keeps_most() -> None:
    levels = [look.level for look in schedule(SECOND_YEAR, starts_on=START, due_on=DUE)]
    assert len(levels) == 12
    assert all(0 < level < ALPHA for level in levels)
    assert levels[-1] == max(levels)
    assert levels[-1] > 0.02
    assert sum(levels) > ALPHA  # looks agree, so together they may have more than that


def test_one_early_look_spends_by_the_time_passed() -> None:
    halfway = date(2020, 12, 31)
    first, last = schedule([halfway], starts_on=START, due_on=DUE)
    assert first.level == pytest.approx(ALPHA * (366 / 731) ** 4, rel=0.03)
    # their windows share no month, so neither look helps the other
    assert (1 - first.level) * (1 - last.level) == pytest.approx(1 - ALPHA, abs=3e-4)


def test_a_look_before_anything_can_be_judged_spends_nothing() -> None:
    early = date(2020, 3, 31)
    looks = schedule([early, *SECOND_YEAR], starts_on=START, due_on=DUE, shortest=330)
    assert looks[0].level == 0
    assert [look.level for look in looks[1:]] == [
        look.level for look in schedule(SECOND_YEAR, starts_on=START, due_on=DUE)
    ]


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2022, 1, 1)])
def test_a_look_outside_the_contract_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="not between the start and the due date"):
        schedule([day], starts_on=START, due_on=DUE)


@cache
def walks() -> Floats:
    """Random walks day by day over the contract, float64[days + 1, 20,000], made once."""
    steps = np.random.default_rng(7).normal(size=((DUE - START).days + 1, 20_000))
    return np.cumsum(np.pad(steps, ((1, 0), (0, 0))), axis=0)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.dates(date(2020, 2, 1), DUE), max_size=15), st.integers(0, 400))
def test_any_schedule_claims_one_in_twenty_at_most(days: list[date], shortest: int) -> None:
    """Simulated month by month, apart from the levels' own draws."""
    looks = schedule(days, starts_on=START, due_on=DUE, shortest=shortest)
    assert looks[-1].on == DUE
    assert [look.number for look in looks] == list(range(1, len(looks) + 1))
    walk = walks()
    claimed = np.zeros(walk.shape[1], dtype=np.bool_)
    for look in looks:
        end = (look.on - START).days + 1
        first = max(end - 365, 0)
        if look.level:
            claimed |= (walk[end] - walk[first]) / np.sqrt(end - first) > -ndtri(look.level)
    # 5% of 20,000, and four standard errors
    assert claimed.mean() <= ALPHA + 0.0062
