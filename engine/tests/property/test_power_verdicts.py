"""Power against the engine's own verdicts on simulated units, and against common sense."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from makegood_engine.effect import Cases, measure
from makegood_engine.power import (
    Noise,
    chance_of,
    noise_of,
    power_of,
    shift_needed,
    spread_of_noise,
    spread_of_pool,
)

Floats = NDArray[np.float64]
MONTHS = [date(2014 + m // 12, m % 12 + 1, 1) for m in range(24)]


def noisy(draws: np.random.Generator, shape: tuple[int, int], memory: float) -> Floats:
    """AR(1) rows of standard deviation 1."""
    out = draws.normal(0, 1, shape)
    for j in range(1, shape[1]):
        out[:, j] = memory * out[:, j - 1] + np.sqrt(1 - memory**2) * out[:, j]
    return out


def told(k: int, memory: float, change: float, levels: float, *, runs: int, seed: int) -> float:
    """The share of simulated promises the engine finds better, 12 months before and after."""
    draws = np.random.default_rng(seed)
    values = noisy(draws, (runs * (k + 1), 24), memory)
    values += levels * draws.normal(0, 1, (len(values), 1))
    first = np.arange(runs, dtype=np.int64) * (k + 1)
    values[first, 12:] += change
    members = (first[:, None] + np.arange(1, k + 1)).ravel()
    cases = Cases(
        first, members, np.arange(runs + 1, dtype=np.int64) * k,
        np.tile(np.array([0, 12, 12, 24, 1], dtype=np.int64), (runs, 1)), np.ones(runs),
        np.full(runs, 0.05), np.zeros(runs, dtype=np.bool_),
    )  # fmt: skip
    return float(np.mean(measure(values, cases).p_better <= 0.05 + 1e-12))


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.7])
@pytest.mark.parametrize("k", [5, 10, 20, 40])
@pytest.mark.parametrize("aim", [0.5, 0.8])
def test_verdicts_come_as_often_as_was_said(memory: float, k: int, aim: float) -> None:
    """A change said to be told 50 or 80 times in 100 is, by `effect.measure`."""
    levels, runs = 3.0, 1500
    noise = Noise(1.0, memory, 24, True, 20.0)
    spread = spread_of_noise(noise, before=12, after=12, levels=levels)
    change = shift_needed(k, power=aim) * spread.sd
    share = told(k, memory, change, levels, runs=runs, seed=17)
    # four standard errors, and the 2% that the shift is good to
    assert share == pytest.approx(aim, abs=4 * np.sqrt(aim * (1 - aim) / runs) + 0.02)


@pytest.mark.parametrize("k", [5, 18, 19, 20, 39])
def test_no_change_is_told_no_more_often_than_the_level(k: int) -> None:
    assert chance_of(0.0, comparators=k) <= 0.0525
    share = told(k, 0.0, 0.0, 1.0, runs=2000, seed=5)
    assert share == pytest.approx(chance_of(0.0, comparators=k), abs=4 * 0.005)


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.7])
@pytest.mark.parametrize("months", [36, 60])
def test_noise_is_told_without_bias(memory: float, months: int) -> None:
    """Over many short histories with a season, memory and spread come out right on average."""
    draws = np.random.default_rng(23)
    rows = noisy(draws, (400, months), memory) + 2 * np.cos(np.arange(months) * np.pi / 6)
    found = [noise_of(row, season=12) for row in rows]
    memories = np.array([one.autocorrelation for one in found])
    spreads = [spread_of_noise(one, before=12, after=12).sd for one in found]
    true = spread_of_noise(Noise(1.0, memory, 1, True, 1.0), before=12, after=12).sd
    # a memory below 0 is taken as 0, which lifts the mean where there is none
    assert np.median(memories) == pytest.approx(memory, abs=0.05)
    assert np.mean(spreads) == pytest.approx(true, rel=0.12)
    assert all(one.seasonal for one in found)


def slow_noise(row: Floats, season: int) -> tuple[float, float]:
    """The mean squares and neighbours' products that noise of memory 0.5 is expected to leave."""
    known = np.flatnonzero(~np.isnan(row))
    design = np.eye(season)[known % season]
    maker = np.eye(len(known)) - design @ np.linalg.pinv(design)
    apart = np.abs(known[:, None] - known[None, :])
    sigma = 0.5**apart
    squares = np.trace(maker @ sigma)
    products = np.trace(maker @ (apart == 1) @ maker @ sigma) / 2
    return float(squares), float(products)


def test_what_fitting_takes_is_the_textbooks_trace() -> None:
    """With gaps and a season, the expectations are those of the matrices written out in full."""
    draws = np.random.default_rng(29)
    holes = draws.random(48) < 0.15
    squares, products = slow_noise(np.where(holes, np.nan, 0.0), 12)
    sums = []
    for row in noisy(draws, (20_000, 48), 0.5):
        row[holes] = np.nan
        left = row.reshape(4, 12) - np.nanmean(row.reshape(4, 12), axis=0)
        flat = left.ravel()
        sums.append((np.nansum(flat**2), np.nansum(flat[1:] * flat[:-1])))
    assert np.mean(sums, axis=0) == pytest.approx((squares, products), rel=0.03)
    row = np.where(holes, np.nan, noisy(draws, (1, 48), 0.5)[0])
    found = noise_of(row, season=12)
    left = row.reshape(4, 12) - np.nanmean(row.reshape(4, 12), axis=0)
    assert found.known == int((~holes).sum())
    assert found.sd**2 == pytest.approx(np.nansum(left**2) / expected_squares(row, found), rel=1e-6)


def expected_squares(row: Floats, noise: Noise) -> float:
    known = np.flatnonzero(~np.isnan(row))
    design = np.eye(12)[known % 12]
    maker = np.eye(len(known)) - design @ np.linalg.pinv(design)
    apart = np.abs(known[:, None] - known[None, :])
    return float(np.trace(maker @ (noise.autocorrelation**apart)))


def test_spread_of_noise_is_that_of_simulated_windows() -> None:
    draws = np.random.default_rng(31)
    rows = noisy(draws, (40_000, 30), 0.6)
    apart = rows[:, 20:].mean(axis=1) - rows[:, :12].mean(axis=1)
    found = spread_of_noise(Noise(1.0, 0.6, 1, True, 1.0), before=12, after=10, gap=8)
    assert found.sd == pytest.approx(apart.std(), rel=0.02)


@pytest.mark.parametrize("levels", [0.0, 0.3, 2.0])
def test_knowing_how_levels_spread_gives_the_regression(levels: float) -> None:
    draws = np.random.default_rng(37)
    rows = noisy(draws, (40_000, 24), 0.4) + levels * draws.normal(0, 1, (40_000, 1))
    x, y = rows[:, :12].mean(axis=1), rows[:, 12:].mean(axis=1)
    line = stats.linregress(x, y)
    rest = y - line.slope * x - line.intercept
    noise = Noise(1.0, 0.4, 1, True, 1.0)
    found = spread_of_noise(noise, before=12, after=12, levels=levels)
    assert found.sd == pytest.approx(rest.std(), rel=0.02)
    assert found.sd <= spread_of_noise(noise, before=12, after=12).sd + 1e-12


@pytest.mark.parametrize("memory", [0.0, 0.7])
def test_a_pools_placebos_find_the_same_spread(memory: float) -> None:
    draws = np.random.default_rng(41)
    found = []
    for _ in range(40):
        rows = noisy(draws, (21, 60), memory) + 1.0 * draws.normal(0, 1, (21, 1))
        spread = spread_of_pool(rows + draws.normal(0, 5, 60), before=12, after=12)
        assert spread is not None
        assert spread.placebos == 37
        found.append(spread.sd**2)
    noise = Noise(1.0, memory, 1, True, 1.0)
    true = spread_of_noise(noise, before=12, after=12, levels=1.0).sd
    assert np.sqrt(np.mean(found)) == pytest.approx(true, rel=0.06)


def test_a_pools_gaps_are_left_out_not_filled() -> None:
    rows = np.random.default_rng(43).normal(0, 1, (12, 40))
    holes = rows.copy()
    holes[11, 3:30] = np.nan
    with_gap = spread_of_pool(holes, before=12, after=12)
    without = spread_of_pool(rows[:11], before=12, after=12)
    assert with_gap is not None
    assert without is not None
    assert with_gap.sd == pytest.approx(without.sd)
    assert spread_of_pool(rows[:4], before=12, after=12) is None
    assert spread_of_pool(rows[:, :20], before=12, after=12) is None


@given(k=st.integers(5, 80), shift=st.floats(0, 20), more=st.floats(0.01, 5))
@settings(deadline=None, max_examples=60)
def test_a_larger_change_is_never_told_less_often(k: int, shift: float, more: float) -> None:
    small, large = (chance_of(size, comparators=k) for size in (shift, shift + more))
    assert 0 <= small <= large + 1e-9 <= 1 + 2e-9


@given(k=st.integers(5, 17))
@settings(deadline=None)
def test_more_comparators_never_ask_for_more_while_one_test_holds(k: int) -> None:
    assert shift_needed(k + 1) <= shift_needed(k) + 1e-6


@given(k=st.integers(5, 60), power=st.floats(0.2, 0.95))
@settings(deadline=None, max_examples=40)
def test_the_shift_needed_has_just_that_chance(k: int, power: float) -> None:
    assert chance_of(shift_needed(k, power=power), comparators=k) == pytest.approx(power, abs=1e-4)


@given(scale=st.floats(0.01, 1000), level=st.floats(-500, 500), seed=st.integers(0, 500))
@settings(deadline=None, max_examples=40)
def test_units_and_levels_change_nothing_but_the_scale(
    scale: float, level: float, seed: int
) -> None:
    draws = np.random.default_rng(seed).normal(0, 1, 24)
    plain = dict(zip(MONTHS, draws.tolist(), strict=True))
    scaled = {day: level + scale * value for day, value in plain.items()}
    one, other = (power_of(past, starts_on=date(2016, 1, 1)) for past in (plain, scaled))
    assert one.smallest_change is not None
    assert other.smallest_change == pytest.approx(scale * one.smallest_change, rel=1e-4)
    assert other.autocorrelation == pytest.approx(one.autocorrelation, abs=1e-4)


@given(seed=st.integers(0, 500), change=st.floats(0.1, 5))
@settings(deadline=None, max_examples=40)
def test_periods_needed_agree_with_the_smallest_change(seed: int, change: float) -> None:
    past = dict(zip(MONTHS, np.random.default_rng(seed).normal(0, 1, 24).tolist(), strict=True))
    found = power_of(past, starts_on=date(2016, 1, 1), change=change)
    assert found.smallest_change is not None
    assert (found.periods_needed is not None) == (found.smallest_change <= change)
    if found.periods_needed is not None:
        there = power_of(past, starts_on=date(2016, 1, 1), periods=found.periods_needed)
        assert there.smallest_change is not None
        assert there.smallest_change <= change
    assert found.chance is not None
    assert (found.chance >= 0.8 - 1e-6) == (found.smallest_change <= change)


def test_too_few_comparators_have_no_chance_at_all() -> None:
    with pytest.raises(ValueError, match="4 comparators are too few"):
        chance_of(1.0, comparators=4)
