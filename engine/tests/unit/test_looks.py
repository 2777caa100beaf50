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
from makegood_engine.verdict.grid import grid_of_histories
from makegood_engine.verdict.judge import Pool, judge_all
from makegood_engine.verdict.promise import Promise

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


def test_a_window_opened_by_hand_is_as_long_as_the_contract() -> None:
    """With `after_from` the after-window never slides, so its looks share all that came before."""
    start, due = date(2016, 1, 1), date(2017, 12, 31)
    months = [date(2014 + month // 12, month % 12 + 1, 1) for month in range(48)]
    draws = np.random.default_rng(1)
    rows = [dict(zip(months, draws.normal(5, 1, 48).tolist(), strict=True)) for _ in range(8)]
    grid = grid_of_histories(rows, None)
    looks = [date(2016, 12, 31), date(2017, 6, 30)]
    plain = Promise("C", "up", start, due, 5.0, 5.0, 6.0, looks=";".join(map(str, looks)))
    pool = Pool.of(grid, np.arange(1, 8))
    slides, stays = (
        judge_all(grid, [one], [0], [pool]).cases[0].level
        for one in (plain, plain._replace(after_from=start))
    )
    whole = (due - start).days + 1
    for level, window in ((slides, 360), (stays, whole)):
        agreed = schedule(looks, starts_on=start, due_on=due, shortest=330, window=window)
        assert level == agreed[-1].level
    assert stays > slides
