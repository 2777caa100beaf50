"""The funnel compares providers fairly: each beside the limits of its own size, and none is ranked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from makegood_engine.spc import funnel


def names(count: int) -> list[str]:
    return [f"P{i}" for i in range(count)]


def test_limits_by_chance_are_those_of_a_proportion() -> None:
    """Where providers differ no more than chance, limits are the textbook's for large ones."""
    sizes = np.array([10_000.0, 40_000.0, 160_000.0])
    found = funnel(names(3), 0.1 * sizes, sizes, per=100)
    assert found.centre == pytest.approx(10)
    assert found.between == 0
    low, high = found.limits_at(sizes, 0.95)
    half = 100 * stats.norm.ppf(0.975) * np.sqrt(0.09 / sizes)
    assert high == pytest.approx(10 + half, rel=0.002)
    assert low == pytest.approx(10 - half, rel=0.002)
    assert found.note == "The limits are those of chance alone."


@pytest.mark.parametrize(("rate", "size"), [(0.005, 100), (0.01, 100), (0.02, 50), (0.3, 20)])
def test_few_events_lie_beyond_the_limits_no_more_often_than_said(rate: float, size: int) -> None:
    """Limits are lopsided as counts are: one in a thousand lies above 99.8%, not one in seventy."""
    sizes = np.full(3, 1e6)
    found = funnel(names(3), rate * sizes, sizes)
    _, high = found.limits_at(np.array([float(size)]), 0.998)
    beyond = stats.binom.sf(np.floor(high[0] * size + 1e-9), size, rate)
    assert beyond <= 0.0021


def test_a_rate_has_the_limits_of_counts_in_time() -> None:
    """A rate may be above one: incidents can be more than beds."""
    sizes = np.array([10.0, 20.0, 30.0])
    found = funnel(names(3), 2 * sizes, sizes, kind="rate")
    _, high = found.limits_at(sizes, 0.998)
    beyond = stats.poisson.sf(np.floor(high * sizes), 2 * sizes)
    assert (beyond <= 0.0011).all()
    assert (beyond > 0.0002).all()


@pytest.mark.parametrize("kind", ["proportion", "rate"])
@pytest.mark.parametrize("size", [20, 50, 120, 200, 346, 1000])
def test_a_count_lies_beyond_only_if_its_own_tail_is_so_small(size: int, kind: str) -> None:
    """Beyond the limits on either side lie at most one in a thousand, and all that rare; 0 is seldom."""
    sizes = np.array([1e7, 1e7, 1e7, *[float(size)] * (size // 4)])
    counts = np.arange(size // 4)
    found = funnel(names(len(sizes)), [2e5, 2e5, 2e5, *counts], sizes, kind=kind, per=100)
    found = replace(found, centre=2.0, between=0.0)
    outside = found.rare(0.998)[3:]
    chance = stats.binom(size, 0.02) if kind == "proportion" else stats.poisson(0.02 * size)
    low, high = chance.cdf(counts) < 0.001, chance.sf(counts - 1) < 0.001
    assert outside.tolist() == (low | high).tolist()
    assert chance.cdf(counts[low]).max(initial=0) <= 0.001
    assert outside[0] == (chance.pmf(0) < 0.001) == (size > 345)
    ends = found.limits_at(np.array([float(size)]), 0.998)
    assert (ends[0][0] > 0) == bool(outside[0])
    beyond = (found.values[3:] < ends[0] - 1e-6) | (found.values[3:] > ends[1] + 1e-6)
    assert beyond.tolist() == outside.tolist()


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_by_chance_few_events_put_no_more_outside_than_said(kind: str) -> None:
    """With 2% among 20 to 200, at most 0.2% lie outside 99.8% limits: at most 0.1% on either side.

    60,000 providers are simulated. An upper bound of 99% by Clopper and Pearson is held to it.
    """
    draws = np.random.default_rng(4)
    high = low = none = 0
    for _ in range(600):
        sizes = draws.integers(20, 201, 100)
        chance = (
            draws.binomial(sizes, 0.02) if kind == "proportion" else draws.poisson(0.02 * sizes)
        )
        found = funnel(names(100), chance, sizes.astype(float), kind=kind)
        above = found.values > found.centre
        high, low = high + (found.outside & above).sum(), low + (found.outside & ~above).sum()
        none += (chance == 0).sum()
    assert none > 5000
    for many, most in ((high, 0.001), (low, 0.001), (high + low, 0.002)):
        assert stats.beta.ppf(0.99, many + 1, 60_000 - many) <= most


def test_a_widened_tail_is_that_of_counts_whose_rates_differ() -> None:
    """Where providers differ, tails are those of beta-binomial and negative binomial counts."""
    sizes = np.full(40, 100.0)
    counts = np.arange(40)
    for kind in ("proportion", "rate"):
        plain = funnel(names(40), counts, sizes, kind=kind)
        found = replace(plain, centre=0.2, between=0.03**2)
        count = 0.2 * 0.8 / 0.03**2 - 1
        shape = 0.2**2 / 0.03**2
        chance = (
            stats.betabinom(100, 0.2 * count, 0.8 * count)
            if kind == "proportion"
            else stats.nbinom(shape, shape / (shape + 20))
        )
        tails = np.where(counts > 20, chance.sf(counts - 1), chance.cdf(counts))
        for share in (0.95, 0.998):
            assert found.rare(share).tolist() == (tails < (1 - share) / 2).tolist()
            low, high = found.limits_at(sizes, share)
            beyond = (found.values < low - 1e-6) | (found.values > high + 1e-6)
            assert beyond.tolist() == found.rare(share).tolist()


def test_providers_who_truly_differ_widen_the_limits() -> None:
    """Where providers differ by more than chance, the limits allow for it."""
    draws = np.random.default_rng(1)
    sizes = np.full(200, 5000.0)
    rates = draws.normal(0.2, 0.03, 200)
    found = funnel(names(200), draws.binomial(5000, rates), sizes)
    # 10% at each end are pulled in, so a little less than the true variance is seen
    assert 0.5 * 0.03**2 < found.between < 1.05 * 0.03**2
    assert found.outside.sum() <= 8  # limits by chance alone would leave out more than a hundred
    plain = funnel(names(200), np.full(200, 1000.0), sizes)
    assert plain.between == 0


def test_by_chance_one_in_twenty_lies_beyond_95_per_cent() -> None:
    """With nothing but chance, about one provider in twenty lies beyond the 95% limits."""
    draws = np.random.default_rng(2)
    sizes = draws.integers(200, 4000, 3000).astype(float)
    found = funnel(names(3000), draws.binomial(sizes.astype(int), 0.3), sizes)
    assert found.beyond_95.mean() == pytest.approx(0.05, abs=0.015)
    assert found.outside.mean() == pytest.approx(0.002, abs=0.003)
    assert not (found.outside & ~found.beyond_95).any()


def test_one_provider_far_off_is_found() -> None:
    """One far from the rest lies outside, whatever its size does to the limits."""
    tops, sizes = np.full(30, 100.0), np.full(30, 1000.0)
    tops[4] = 300
    found = funnel(names(30), tops, sizes)
    assert np.flatnonzero(found.outside).tolist() == [4]


def test_a_provider_without_figures_is_left_out() -> None:
    """A missing count, or nobody to count among, leaves a provider out and changes nothing."""
    whole = funnel(names(3), [10, 20, 30], [100, 200, 300])
    gap = funnel(names(5), [10, 20, 30, np.nan, 0], [100, 200, 300, 50, 0])
    assert gap.centre == whole.centre
    assert np.isnan(gap.values[3:]).all()
    assert not gap.outside[3:].any()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (([1, 2], [5, 5]), "At least 3 are needed"),
        (([1, 2, -3], [5, 5, 5]), "below 0"),
        (([1, 2, 9], [5, 5, 5]), "above its denominator"),
        (([1, 2, np.inf], [5, 5, 5]), "infinite"),
        (([1, 2, 3], [5, 5]), "as many"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    said: tuple[list[float], list[float]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        funnel(names(len(said[0])), *said)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Use proportion or rate"):
        funnel(names(3), [1, 2, 3], [5, 5, 5], kind="count")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 900)), min_size=3, max_size=40))
def test_limits_hold_each_other_and_the_middle(pairs: list[tuple[int, int]]) -> None:
    tops, sizes = (np.array(part, float) for part in zip(*pairs, strict=True))
    found = funnel(names(len(pairs)), tops, sizes)
    inner, outer = found.limits_at(sizes, 0.95), found.limits_at(sizes, 0.998)
    assert (outer[0] <= inner[0]).all()
    assert (inner[0] <= found.centre + 1e-9).all()
    assert (found.centre <= inner[1] + 1e-9).all()
    assert (inner[1] <= outer[1]).all()
    assert found.centre == pytest.approx(tops.sum() / sizes.sum())
    for (low, high), flags in ((inner, found.beyond_95), (outer, found.outside)):
        slack = 1e-9
        assert not (flags & (found.values > low + slack) & (found.values < high - slack)).any()
        assert (flags | ((found.values >= low - slack) & (found.values <= high + slack))).all()
