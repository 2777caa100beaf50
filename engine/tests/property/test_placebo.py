"""The test against slow, separate arithmetic: every unit alike, interval and p agreeing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from makegood_engine.effect.placebo import judge

Floats = NDArray[np.float64]


def judged(x: Floats, y: Floats, by_rank: bool, weights: Floats | None = None) -> Floats:
    """Effect, lower, upper, p better, p worse, t, degrees of freedom; by rank or by t."""
    out = np.empty(8)
    judge(x, y, np.ones(len(x)) if weights is None else weights, 0.05, by_rank, out)
    if not by_rank:
        half = stats.t.ppf(0.95, out[6]) * out[7]
        out[1:3] = out[0] - half, out[0] + half
    return out[:7]


def slow_scores(x: Floats, y: Floats, weights: Floats | None = None) -> Floats:
    """Fit each line without its unit, and divide by the textbook prediction error."""
    w = np.ones(len(x)) if weights is None else weights
    out = np.empty(len(x))
    for i in range(len(x)):
        rest = np.arange(len(x)) != i
        design = np.column_stack([np.ones(rest.sum()), x[rest]])
        heavy = np.sqrt(w[rest])
        line, *_ = np.linalg.lstsq(design * heavy[:, None], y[rest] * heavy, rcond=None)
        own = np.array([1.0, x[i]])
        left = (y[rest] - design @ line) * heavy
        variance = left @ left / (rest.sum() - 2)
        inner = np.linalg.inv(design.T @ (design * w[rest][:, None]))
        error = variance * (1 / w[i] + own @ inner @ own)
        out[i] = (y[i] - own @ line) / np.sqrt(error)
    return out


def units(seed: int, k: int, shift: float = 0.0) -> tuple[Floats, Floats]:
    draws = np.random.default_rng(seed)
    x = draws.normal(50, 4, k + 1)
    y = 10 + 0.8 * x + draws.normal(0, 2, k + 1)
    y[0] += shift
    return x, y


seeds = st.integers(0, 10_000)


@settings(deadline=None, max_examples=100)
@given(seed=seeds, k=st.integers(5, 45), shift=st.floats(-8, 8))
def test_rank_and_t_agree_with_slow_arithmetic(seed: int, k: int, shift: float) -> None:
    x, y = units(seed, k, shift)
    scores = slow_scores(x, y)
    out = judged(x, y, by_rank=True)
    assert out[5] == pytest.approx(scores[0], rel=1e-6, abs=1e-9)
    assert out[3] == pytest.approx((scores >= scores[0] - 1e-9).mean())
    assert out[4] == pytest.approx((scores <= scores[0] + 1e-9).mean())
    assert out[6] == k - 2


@settings(deadline=None, max_examples=100)
@given(seed=seeds, k=st.integers(5, 45), scale=st.floats(0.01, 100))
def test_weights_agree_with_slow_arithmetic(seed: int, k: int, scale: float) -> None:
    x, y = units(seed, k, 4.0)
    weights = np.exp(np.random.default_rng(seed).normal(0, 1, k + 1))
    scores = slow_scores(x, y, weights)
    out = judged(x, y, by_rank=True, weights=weights)
    assert out[5] == pytest.approx(scores[0], rel=1e-6, abs=1e-9)
    assert out[3] == pytest.approx((scores >= scores[0] - 1e-9).mean())
    again = judged(x, y, by_rank=True, weights=scale * weights)
    assert again == pytest.approx(out, rel=1e-6)


@settings(deadline=None, max_examples=100)
@given(seed=seeds, k=st.integers(19, 45), shift=st.floats(-8, 8))
def test_the_interval_inverts_the_rank_test(seed: int, k: int, shift: float) -> None:
    x, y = units(seed, k, shift)
    effect, lower, upper = judged(x, y, by_rank=True)[:3]
    assert lower <= effect <= upper
    for edge, outward, which in ((lower, -1, 3), (upper, 1, 4)):
        lowered = y.copy()
        lowered[0] -= edge + outward * 1e-6
        assert judged(x, lowered, by_rank=True)[which] <= 0.05 + 1e-9
        lowered[0] += outward * 2e-6
        assert judged(x, lowered, by_rank=True)[which] > 0.05


@settings(deadline=None, max_examples=50)
@given(seed=seeds, k=st.integers(5, 18))
def test_the_t_interval_is_the_prediction_interval(seed: int, k: int) -> None:
    x, y = units(seed, k)
    effect, lower, upper, *_, t, df = judged(x, y, by_rank=False)
    half = effect / t * stats.t.ppf(0.95, df)
    assert (lower, upper) == pytest.approx((effect - half, effect + half))


@settings(deadline=None, max_examples=50)
@given(seed=seeds, a=st.floats(-100, 100), b=st.floats(0.1, 50))
def test_units_of_measure_do_not_matter(seed: int, a: float, b: float) -> None:
    x, y = units(seed, 25, 3.0)
    plain, other = judged(x, y, by_rank=True), judged(a + b * x, a + b * y, by_rank=True)
    assert other[:3] == pytest.approx(b * plain[:3], rel=1e-5, abs=1e-6 * b)
    assert list(other[3:5]) == list(plain[3:5])


def test_under_the_null_every_rank_is_equally_likely() -> None:
    draws = [judged(*units(seed, 19), by_rank=True)[3] for seed in range(4000)]
    counts = np.bincount(np.rint(np.array(draws) * 20).astype(int), minlength=21)[1:]
    assert stats.chisquare(counts).pvalue > 1e-4


def test_the_interval_covers_nine_times_in_ten() -> None:
    for k, by_rank in ((6, False), (12, False), (19, True), (39, True)):
        found = [judged(*units(seed, k, 2.0), by_rank=by_rank) for seed in range(4000)]
        covered = np.mean([one[1] <= 2.0 <= one[2] for one in found])
        # 4.5 standard errors of 4,000 draws at 90%
        assert covered == pytest.approx(0.9, abs=0.021), k


def test_comparators_all_alike_before_leave_the_slope_out() -> None:
    x = np.full(20, 5.0)
    y = np.arange(20.0)
    out = judged(x, y, by_rank=True)
    assert out[0] == pytest.approx(0 - np.arange(1, 20).mean())
    assert out[6] == 18


@pytest.mark.parametrize("by_rank", [True, False])
@pytest.mark.parametrize("odd", [0, 7])
def test_one_unit_alone_unlike_before_leaves_the_slope_out(odd: int, by_rank: bool) -> None:
    x = np.full(20, 5.0)
    x[odd] = 6.0
    y = np.arange(20.0)
    out = judged(x, y, by_rank=by_rank)
    assert out[0] == pytest.approx(0 - np.arange(1, 20).mean())
    assert out[6] == 18
    assert np.isfinite(out).all()


def test_after_means_all_the_same_show_nothing() -> None:
    x = np.random.default_rng(2).normal(50, 4, 20)
    for y in (np.full(20, 7.1), 0.1 + 0.3 * x):
        out = judged(x, y, by_rank=True)
        assert out[0] == pytest.approx(0, abs=1e-12)
        assert (out[3], out[4]) == (1.0, 1.0)


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_very_small_and_very_large_units_keep_the_slope(scale: float) -> None:
    x, y = units(3, 25)
    assert judged(scale * x, scale * y, by_rank=False)[6] == 23
