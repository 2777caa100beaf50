"""Segmented regression looks for a step, and a change of slope, in one interrupted series.

It has no comparator, and every answer says so. Errors allow for neighbouring months being
alike (Newey and West), or for counts that vary more than chance (overdispersion).
"""

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray

from makegood_engine.classical import segmented
from makegood_engine.tables import TableError

Floats = NDArray[np.float64]


def broken(n: int = 48, step: float = -3.0, slope: float = 0.2, noise: float = 0.0) -> Floats:
    time = np.arange(n)
    start = n // 2
    draws = np.random.default_rng(5).normal(0, noise, n) if noise else np.zeros(n)
    return 20 + 0.1 * time + (time >= start) * (step + slope * (time - start)) + draws


def test_a_clean_break_is_found_exactly() -> None:
    """A line with a step and a new slope gives both back, to the last digit."""
    found = segmented(broken(), start=24)
    estimates = [term.estimate for term in found.terms]
    assert estimates == pytest.approx([20, 0.1, -3, 0.2], abs=1e-9)
    assert found.at_end.estimate == pytest.approx(-3 + 0.2 * 23, abs=1e-9)
    assert (found.n_before, found.n_after) == (24, 24)


def test_a_season_is_told_from_a_step() -> None:
    """A wave through the year does not pass for a change where the waves are asked for."""
    wave = 5 * np.cos(2 * np.pi * np.arange(48) / 12) + 2 * np.sin(4 * np.pi * np.arange(48) / 12)
    found = segmented(broken() + wave, start=24, season=12, waves=2)
    assert found.term("level change").estimate == pytest.approx(-3, abs=1e-9)
    assert found.term("season, cosine 1").estimate == pytest.approx(5, abs=1e-9)
    assert found.term("season, sine 2").estimate == pytest.approx(2, abs=1e-9)


def test_the_lag_rule_is_stated() -> None:
    """With 48 months the rule 4 × (n ÷ 100)^(2/9) gives 3 lags, and the answer says so."""
    found = segmented(broken(noise=1), start=24)
    assert found.lags == 3
    assert "2/9" in found.lag_rule
    assert segmented(broken(noise=1), start=24, lags=6).lag_rule == "told"


def slow_newey_west(y: Floats, design: Floats, lags: int) -> Floats:
    """The textbook sandwich, by hand."""
    n, k = design.shape
    bread = np.linalg.inv(design.T @ design)
    scores = design * (y - design @ bread @ design.T @ y)[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        part = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (part + part.T)
    return np.asarray(np.sqrt(np.diag(bread @ meat @ bread) * n / (n - k)))


@pytest.mark.parametrize("lags", [0, 1, 3, 7])
def test_errors_are_those_of_newey_and_west(lags: int) -> None:
    """The standard errors are the textbook's, worked out by hand beside them."""
    y = broken(noise=1)
    time = np.arange(48)
    after = time >= 24
    design = np.column_stack([np.ones(48), time, after, after * (time - 24)])
    errors = [term.standard_error for term in segmented(y, start=24, lags=lags).terms]
    assert errors == pytest.approx(slow_newey_west(y, design, lags), rel=1e-8)


def test_one_far_figure_drowns_no_other_term() -> None:
    """The errors of terms that a far figure does not touch are what they were, to rounding."""
    values = np.array([4.0, 7.0, 5.0, 8.0, 6.0] * 6)
    plain = segmented(values, start=17, name="t", lags=0)
    values[23] = 6e7
    found = segmented(values, start=17, name="t", lags=0)
    for before, after in zip(plain.terms[:2], found.terms[:2], strict=True):
        assert after.upper - after.lower == pytest.approx(before.upper - before.lower, rel=1e-6)


@pytest.mark.parametrize("figure", [1e200, 1e-310])
def test_figures_out_of_reach_are_refused(figure: float) -> None:
    with pytest.raises(TableError, match="to compare"):
        segmented([*broken(), figure], start=24, name="t")


@pytest.mark.parametrize("lags", [0, 1, 3, 7])
def test_errors_are_those_of_statsmodels_where_no_month_is_missing(lags: int) -> None:
    """Without gaps, every error is what statsmodels gives (HAC, Bartlett, small samples)."""
    y = broken(noise=1)
    time = np.arange(48)
    after = time >= 24
    design = np.column_stack([np.ones(48), time, after, after * (time - 24)])
    slow = sm.OLS(y, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    errors = [term.standard_error for term in segmented(y, start=24, lags=lags).terms]
    assert errors == pytest.approx(slow.bse, rel=1e-8)


def counts(spread: float, seed: int = 3) -> tuple[Floats, Floats]:
    """Counts over people, halved from month 30; gamma-mixed so that they vary too much."""
    draws = np.random.default_rng(seed)
    people = draws.integers(8_000, 12_000, 60).astype(float)
    rate = 0.01 * np.where(np.arange(60) >= 30, 0.5, 1.0)
    mixed = draws.gamma(1 / spread, spread, 60) if spread else np.ones(60)
    return draws.poisson(people * rate * mixed).astype(float), people


def test_counts_are_told_as_a_ratio_of_rates() -> None:
    """A rate that halves is found at about 0.5 times what was expected."""
    y, people = counts(0.0)
    found = segmented(y, start=30, family="poisson", exposure=people)
    step = found.term("level change")
    assert step.ratio is not None
    assert step.ratio_lower is not None
    assert step.ratio_upper is not None
    assert step.ratio_lower < 0.5 < step.ratio_upper
    assert step.ratio == pytest.approx(np.exp(step.estimate))


def test_overdispersion_is_on_by_default() -> None:
    """Errors grow by the root of the dispersion; pure Poisson must be asked for."""
    y, people = counts(0.3)
    wide = segmented(y, start=30, family="poisson", exposure=people)
    tight = segmented(y, start=30, family="poisson", exposure=people, overdispersion=False)
    assert wide.dispersion is not None
    assert wide.dispersion > 5
    assert tight.dispersion == 1
    ratio = wide.term("slope").standard_error / tight.term("slope").standard_error
    assert ratio == pytest.approx(np.sqrt(wide.dispersion), rel=1e-6)


def test_an_exposure_ten_times_as_large_changes_only_the_level() -> None:
    """What is counted over sets the level alone: per head or per ten heads is one answer."""
    y, people = counts(0.1)
    once = segmented(y, start=30, family="poisson", exposure=people)
    ten = segmented(y, start=30, family="poisson", exposure=10 * people)
    assert ten.term("level").estimate == pytest.approx(once.term("level").estimate - np.log(10))
    for name in ("slope", "level change", "slope change"):
        assert ten.term(name).estimate == pytest.approx(once.term(name).estimate, abs=1e-7)


def test_every_answer_says_that_it_has_no_comparator() -> None:
    """One plain sentence, and always the warning that there was nothing to compare with."""
    found = segmented(broken(noise=1), start=24)
    assert found.sentence.startswith("At the start it stepped by −")
    assert "no comparator" in found.cautions[0]
    short = segmented(broken(n=20, noise=1), start=10)
    assert any("seldom tell a slope" in caution for caution in short.cautions)


def test_missing_months_are_left_out_in_their_places() -> None:
    """A gap does not shift the months after it."""
    y = broken()
    y[[5, 30, 31]] = np.nan
    found = segmented(y, start=24)
    assert found.term("slope change").estimate == pytest.approx(0.2, abs=1e-9)
    assert (found.n_before, found.n_after) == (23, 22)


def test_neighbours_that_are_alike_are_warned_of() -> None:
    """Where each month is much like the last, the answer says its errors are too small."""
    draws = np.random.default_rng(2)
    walk = np.cumsum(draws.normal(0, 1, 60))
    found = segmented(walk, start=30)
    assert found.autocorrelation > 0.3
    assert any("errors are too small" in caution for caution in found.cautions)


@pytest.mark.parametrize(
    ("values", "start", "said", "words"),
    [
        (broken(), 3, {}, "3 periods with a figure before the start"),
        (broken(), 46, {}, "2 periods with a figure after the start"),
        (broken(), -5, {}, "0 periods with a figure before"),
        (np.full(40, 7.5), 20, {}, "Every known figure is 7.5"),
        (
            broken(n=10),
            5,
            {"season": 12, "waves": 4},
            "absence: 10 known periods are too few for 12",
        ),
        (broken(n=19), 9, {}, "19 known periods are too few for 4 terms"),
        (broken(n=39), 20, {"season": 12, "waves": 2}, "39 known periods are too few for 8 terms"),
        (
            broken(),
            24,
            {"season": 12, "waves": 7},
            "absence: A season of 12 periods holds at most 6",
        ),
        (broken(), 24, {"season": 1, "waves": 1}, "holds at most 0 pairs of waves. 1 are asked"),
        (broken() + 0.5, 24, {"family": "poisson"}, "whole numbers"),
        (np.repeat([6.0, 0.0], 20), 20, {"family": "poisson"}, "counts after the start are 0"),
        (1e200 * broken(), 24, {}, "is too large to compare"),
        (np.arange(40.0), 20, {"family": "poisson", "exposure": np.zeros(40)}, "above 0"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    values: Floats, start: int, said: dict[str, object], words: str
) -> None:
    """A series too short, still, or not of counts is refused with the reason."""
    with pytest.raises(TableError, match=words):
        segmented(values, start=start, name="absence", **said)  # type: ignore[arg-type]  # mixed kinds


def test_an_unknown_family_is_refused() -> None:
    """There are two families, and the refusal names them."""
    with pytest.raises(ValueError, match="gaussian or poisson"):
        segmented(broken(), start=24, family="binomial")


@pytest.mark.parametrize("lags", [1, 3, 7])
def test_lags_are_of_time_across_a_missing_month(lags: int) -> None:
    """Months on either side of a missing one are two apart; what is missing adds nothing."""
    y = broken(noise=1.5)
    y[[5, 6, 17, 30, 41]] = np.nan
    known = np.flatnonzero(~np.isnan(y))
    time = np.arange(48.0)
    after = (time >= 24).astype(float)
    design = np.column_stack([np.ones(48), time, after, after * (time - 24)])[known]
    bread = np.linalg.inv(design.T @ design)
    scores = design * (y[known] - design @ bread @ design.T @ y[known])[:, None]
    apart = np.abs(known[:, None] - known[None, :])
    weights = np.maximum(1 - apart / (lags + 1), 0)
    cov = bread @ scores.T @ weights @ scores @ bread * len(known) / (len(known) - 4)
    found = segmented(y, start=24, lags=lags)
    errors = [term.standard_error for term in found.terms]
    assert errors == pytest.approx(np.sqrt(np.diag(cov)).tolist(), rel=1e-8)
    since = np.array([0, 0, 1, 23])
    assert found.at_end.standard_error == pytest.approx(np.sqrt(since @ cov @ since))


@pytest.mark.parametrize("family", ["gaussian", "poisson"])
def test_only_true_neighbours_say_how_alike_they_are(family: str) -> None:
    """Residuals that swing each month, with every fourth missing: no gap turns them about."""
    swing = np.where(np.arange(60) % 2 == 0, 8.0, -8.0)
    y = 50 + swing + np.random.default_rng(8).integers(-2, 3, 60)
    y[3::4] = np.nan
    assert segmented(y, start=30, family=family).autocorrelation < -0.9
