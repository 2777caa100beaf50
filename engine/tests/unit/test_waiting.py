"""How much waiting helps: noise read off the comparators, and means that settle down."""

from math import nan

import numpy as np
import pytest

from makegood_engine.calibration.simulate import following
from makegood_engine.effect.noise import freed, noise_of, settling
from makegood_engine.verdict import Facts, Finding
from makegood_engine.verdict.waiting import Settling, narrowing, periods_needed
from makegood_engine.verdict.words import Span


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
    unknown = Settling(lower=-1, error=0.5, variance=nan, follows=0.0)
    known = Settling(lower=-1, error=(1 / 12 + 1 / 6) ** 0.5, variance=1.0, follows=0.0)
    for numbers in (unknown, known):
        assert narrowing(12, 6, 6, numbers) == pytest.approx((2 / 12 / (1 / 12 + 1 / 6)) ** 0.5)


def test_what_drifts_for_good_does_not_settle() -> None:
    drifting = Settling(lower=-1, error=2.0, variance=1.0, follows=0.0)
    following_on = Settling(lower=-1, error=0.5, variance=1.0, follows=0.9)
    assert narrowing(12, 6, 6, drifting) > 0.97
    assert narrowing(12, 6, 6, following_on) > narrowing(
        12, 6, 6, Settling(lower=-1, error=0.5, variance=1.0, follows=0.0)
    )


def facts(*, upper: float, promised: float, n_after: int = 6) -> Facts:
    return Facts(
        better="up", annual=False, comparators=20, pool=20, reached=True, n_before=12,
        n_after=n_after, needed=6, promised_added=promised, effect=0.0, upper=upper,
        p_better=0.4, p_worse=0.6,
    )  # fmt: skip


def needed(promised: float, *, to_come: int = 6, upper: float = 1.0) -> int | None:
    numbers = Settling(lower=-upper, error=0.6, variance=1.0, follows=0.0)
    span = Span(season=4, room=12, to_come=to_come)
    return periods_needed(
        Finding.CANNOT_TELL, facts(upper=upper, promised=promised), numbers, span=span
    )


def test_the_fewest_periods_that_would_tell_are_said() -> None:
    few, many = needed(1.95), needed(1.85)
    assert few is not None
    assert many is not None
    assert 1 <= few < many <= 6


def test_where_no_wait_would_tell_none_is_said() -> None:
    assert needed(0.5) is None
    assert needed(1.95, to_come=0) is None
    assert needed(1.9, upper=float("inf")) is None
    assert needed(-1.0) is None


def test_too_soon_needs_what_is_missing() -> None:
    numbers = Settling(nan, nan, nan, 0.0)
    early = facts(upper=nan, promised=1.0, n_after=4)
    assert periods_needed(Finding.TOO_SOON, early, numbers, span=Span(room=12)) == 2
    assert periods_needed(Finding.TOO_SOON, early, numbers, span=Span(room=5)) is None
