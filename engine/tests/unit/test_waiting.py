"""How much waiting helps: noise read off the comparators, and means that settle down."""

from datetime import date
from math import nan

import numpy as np
import pytest

from makegood_engine.calibration.simulate import following
from makegood_engine.effect.noise import freed, noise_of, settling
from makegood_engine.verdict import Facts
from makegood_engine.verdict.waiting import (
    Ahead,
    Settling,
    Waiting,
    narrowing,
    outlook,
    until_enough,
)


@pytest.mark.parametrize("follows", [0.0, 0.3, 0.7, 0.95])
@pytest.mark.parametrize("n", [1, 2, 6, 12, 52])
def test_a_mean_settles_as_its_covariances_say(follows: float, n: int) -> None:
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    assert settling(follows, n) == pytest.approx((follows**apart).sum() / n**2)


@pytest.mark.parametrize("follows", [0.0, 0.4, 0.7])
def test_noise_is_read_off_the_units(follows: float) -> None:
    draws = np.random.default_rng(4)
    found = []
    for _ in range(200):
        values = 2 * following(follows, (21, 24), draws) + draws.normal(50, 5, (21, 1))
        values += 3 * np.cos(np.arange(24) / 2)  # what moves all alike is no noise
        windows = np.array([0, 12]), np.array([12, 24])
        found.append(noise_of(*(freed(values, np.arange(21), part, 1) for part in windows)))
    variance, followed = np.mean(found, axis=0)
    # the correction is of first order, and errs towards noise that settles slowly
    assert follows - 0.05 < followed < follows + 0.09
    assert 3.7 < variance < 5.2


def test_figures_too_few_tell_no_noise() -> None:
    values = np.arange(8.0).reshape(4, 2)
    windows = np.array([0, 1]), np.array([1, 2])
    variance, follows = noise_of(*(freed(values, np.arange(4), part, 1) for part in windows))
    assert np.isnan(variance)
    assert follows == 0


def test_independent_noise_narrows_by_the_square_root() -> None:
    unknown = Settling(lower=-1, error=0.5, variance=nan, follows=0.0, level=0.05)
    known = Settling(lower=-1, error=(1 / 12 + 1 / 6) ** 0.5, variance=1.0, follows=0.0, level=0.05)
    for numbers in (unknown, known):
        assert narrowing(12, 6, 6, numbers) == pytest.approx((2 / 12 / (1 / 12 + 1 / 6)) ** 0.5)


def test_what_drifts_for_good_does_not_settle() -> None:
    drifting = Settling(lower=-1, error=2.0, variance=1.0, follows=0.0, level=0.05)
    following_on = Settling(lower=-1, error=0.5, variance=1.0, follows=0.9, level=0.05)
    assert narrowing(12, 6, 6, drifting) > 0.97
    assert narrowing(12, 6, 6, following_on) > narrowing(
        12, 6, 6, Settling(lower=-1, error=0.5, variance=1.0, follows=0.0, level=0.05)
    )


def facts(*, upper: float, promised: float, n_after: int = 6) -> Facts:
    return Facts(
        better="up", annual=False, comparators=20, pool=20, reached=True, n_before=12,
        n_after=n_after, needed=6, promised_added=promised, effect=0.0, upper=upper,
        p_better=0.4, p_worse=0.6,
    )  # fmt: skip


DUE = date(2020, 12, 31)


def told(
    promised: float, *, to_come: int = 6, upper: float = 1.0, level: float = 0.05, now: float = 0.05
) -> Waiting:
    numbers = Settling(lower=-upper, error=0.6, variance=1.0, follows=0.0, level=now)
    ahead = [Ahead(None, more, more, level) for more in range(1, to_come + 1)]
    if to_come:
        ahead.append(Ahead(DUE, to_come, to_come, level))
    return outlook(facts(upper=upper, promised=promised), numbers, ahead)


def test_the_fewest_periods_that_would_tell_are_said() -> None:
    few, many = told(1.95).needed, told(1.85).needed
    assert few is not None
    assert many is not None
    assert 1 <= few < many <= 6


def test_a_look_to_come_may_tell_or_is_unlikely_to() -> None:
    """At twice the promise and no wider, the interval tells as often as not."""
    assert told(0.9) == Waiting(None, DUE, True)
    assert told(0.5) == Waiting(None, None, True)
    assert told(1.9, upper=float("inf")) == Waiting(None, DUE, True)
    assert told(-1.0) == Waiting(None, None, True)


def test_where_no_look_is_to_come_none_would_tell() -> None:
    for promised in (-1.0, 0.5, 1.95):
        assert told(promised, to_come=0) == Waiting(None, None, False)


def test_a_look_is_foreseen_at_its_own_level() -> None:
    """An early look is held to much; a later one, with no more periods, to far less."""
    numbers = Settling(lower=-1, error=0.6, variance=1.0, follows=0.0, level=0.003)
    plain = facts(upper=1.0, promised=1.3)
    later = Ahead(DUE, 12, 0, 0.047)
    assert outlook(plain, numbers, [later]) == Waiting(12, DUE, True)
    assert outlook(plain, numbers, [later._replace(level=0.003)]) == Waiting(None, DUE, True)
    between = later._replace(more=6, level=0.0)
    assert outlook(plain, numbers, [between, later]).needed == 12


def test_an_interval_of_twice_the_promise_tells_as_often_as_not() -> None:
    draws = np.random.default_rng(3).normal(size=20_000)
    half = 1.645
    for true in (0.0, half):
        holds_both = (true + draws - half <= 0) & (true + draws + half >= half)
        assert 0.4 < holds_both.mean() < 0.5


def test_too_soon_needs_what_is_missing() -> None:
    early = facts(upper=nan, promised=1.0, n_after=4)
    assert until_enough(early, room=12, left=8) == Waiting(2)
    assert until_enough(early, room=5, left=8) == Waiting()
    assert until_enough(early, room=12, left=1) == Waiting()


def test_noise_among_few_units_is_not_taken_for_less_than_it_is() -> None:
    """The mean of three units holds a third of each one's own noise; that is made good."""
    draws = np.random.default_rng(6)
    found = []
    for _ in range(400):
        windows = (freed(draws.normal(0, 2, (3, 12)), np.arange(3), np.array([0, 12]), 1)
                   for _ in range(2))  # fmt: skip
        found.append(noise_of(*windows)[0])
    assert 3.7 < np.mean(found) < 5.0
