"""A small provider among large comparators: its chance is its own, not theirs."""

import numpy as np
import pytest

from makegood_engine.calibration.contracts import judge
from makegood_engine.calibration.plan import SCENARIOS
from makegood_engine.calibration.simulate import panel
from makegood_engine.effect.sizes import chance_weights, count_weights, size_weights, slope_of

SMALL = next(one for one in SCENARIOS if one.share)


@pytest.mark.parametrize(("comparators", "most"), [(8, 0.10), (20, 0.075)])
@pytest.mark.parametrize("counted", [True, False])
def test_a_small_provider_is_not_called_better_for_being_small(
    comparators: int, most: float, counted: bool
) -> None:
    made = panel(SMALL, comparators, 1500, np.random.default_rng(1))
    sized = type(made)(made.values, made.sizes, made.counts if counted else None, comparators)
    plain = type(made)(made.values, None, None, comparators)
    weighted, even = (float((judge(one, SMALL).p_better <= 0.05).mean()) for one in (sized, plain))
    assert weighted <= most
    assert even > 0.12


def units(seed: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draws = np.random.default_rng(seed)
    sizes = np.exp(draws.uniform(4, 9, count))
    x = 10 + draws.normal(0, 1, count)
    return x, x + draws.normal(0, 1, count) / np.sqrt(sizes), sizes


def test_sizes_alike_weigh_the_same() -> None:
    x, y, _ = units(1, 20)
    like = np.linspace(100, 140, 20)
    assert size_weights(x, y, like, like) == pytest.approx(np.ones(20))


def test_large_units_weigh_more_where_small_ones_scatter() -> None:
    x, y, sizes = units(2, 60)
    weights = size_weights(x, y, sizes, sizes)
    large = sizes > np.quantile(sizes, 0.8)
    assert weights[large].mean() > 2 * weights[~large].mean()


def test_figures_that_are_not_their_counts_fall_back_on_sizes() -> None:
    x, y, sizes = units(3, 30)
    counts = np.rint(sizes * 0.1)
    found = count_weights(x, y, (counts, counts), (sizes, sizes))
    assert found == pytest.approx(size_weights(x, y, sizes, sizes))


def test_chance_alone_is_weighed_by_itself() -> None:
    x, y, sizes = units(4, 200)
    chance = 1 / sizes
    weights = chance_weights(x, y, chance)
    assert np.corrcoef(np.log(weights), np.log(sizes))[0, 1] > 0.95


def test_the_slope_keeps_between_nothing_and_one() -> None:
    x = np.arange(10.0)
    assert slope_of(x, 3 * x) == 1
    assert slope_of(x, -x) == 0
    assert slope_of(np.ones(10), x) == 0
    assert slope_of(x, 0.4 * x) == pytest.approx(0.4)


def test_shares_near_the_whole_vary_less_by_chance_than_counts_do() -> None:
    """Of shares about 90% chance leaves a tenth of what it leaves of counts; the rest is drift."""
    draws = np.random.default_rng(8)
    sizes = np.exp(draws.uniform(4, 9, 600)).round()
    drift = 0.01
    shares = np.clip(0.9 + draws.normal(0, drift, (2, 600)), 0, 1)
    counts = draws.binomial(sizes.astype(int), shares).astype(float)
    x, y = counts / sizes
    weights = count_weights(x, y, (counts[0], counts[1]), (sizes, sizes))
    chance = 0.9 * 0.1 * (1 + slope_of(x, y) ** 2) / sizes
    expected = 1 / (chance + (1 + slope_of(x, y) ** 2) * drift**2)
    assert weights / weights.mean() == pytest.approx(expected / expected.mean(), rel=0.3)
