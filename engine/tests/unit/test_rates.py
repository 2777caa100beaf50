"""Counts on a log scale: half an event added, and weights by count and overdispersion."""

import numpy as np
import pytest

from makegood_engine.effect.rates import HALF, rate_weights, rates


def test_half_an_event_is_added_in_the_measure_s_own_unit() -> None:
    counts, sizes = np.array([10.0, 0.0, 40.0]), np.array([2000.0, 500.0, 4000.0])
    found = rates(1000 * counts / sizes, counts, sizes)  # events per 1,000
    assert found == pytest.approx(1000 * (counts + HALF) / sizes)


def test_no_event_anywhere_is_still_a_rate() -> None:
    assert np.isfinite(np.log(rates(np.zeros(3), np.zeros(3), np.ones(3)))).all()


def test_by_chance_alone_a_larger_count_weighs_more() -> None:
    draws = np.random.default_rng(1)
    expected = np.exp(draws.normal(3, 1, 400))
    before, after = draws.poisson(expected), draws.poisson(expected)
    x, y = np.log(before + HALF) - np.log(expected), np.log(after + HALF) - np.log(expected)
    weights = rate_weights(x, y, before.astype(float), after.astype(float))
    large, small = expected > np.quantile(expected, 0.8), expected < np.quantile(expected, 0.2)
    assert weights[large].mean() > 4 * weights[small].mean()


def test_where_units_truly_drift_weights_draw_level() -> None:
    draws = np.random.default_rng(2)
    expected = np.exp(draws.normal(5, 0.5, 400))
    drift = draws.normal(0, 0.6, 400)
    before, after = draws.poisson(expected), draws.poisson(expected * np.exp(drift))
    x, y = np.log(before + HALF) - np.log(expected), np.log(after + HALF) - np.log(expected)
    weights = rate_weights(x, y, before.astype(float), after.astype(float))
    large, small = expected > np.quantile(expected, 0.8), expected < np.quantile(expected, 0.2)
    assert weights[large].mean() < 1.2 * weights[small].mean()
    assert 1 / weights[large].mean() == pytest.approx(0.36, rel=0.25)  # the drift's variance


def test_equal_counts_weigh_the_same() -> None:
    draws = np.random.default_rng(3)
    x, y = draws.normal(size=12), draws.normal(size=12)
    weights = rate_weights(x, y, np.full(12, 30.0), np.full(12, 30.0))
    assert weights == pytest.approx(np.full(12, weights[0]))


def test_chance_before_the_start_counts_by_the_square_of_the_slope() -> None:
    """Where 0.4 of what was before remains, 0.16 of its variance does."""
    draws = np.random.default_rng(4)
    x, before, after = draws.normal(size=15), draws.integers(5, 90, 15), draws.integers(5, 90, 15)
    weights = rate_weights(x, 0.4 * x, before.astype(float), after.astype(float))
    assert 1 / weights == pytest.approx(1 / (after + HALF) + 0.16 / (before + HALF))
