"""The machinery of calibration: figures made as the plan says, counted as chance allows."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from makegood_engine.calibration import PLAN, Cell, Plan, calibrate, markdown
from makegood_engine.calibration.best import best_power, covariance, learning_power
from makegood_engine.calibration.contracts import judge, size_of
from makegood_engine.calibration.plan import SCENARIOS, Pool, Scenario
from makegood_engine.calibration.portfolios import cells_of_portfolios
from makegood_engine.calibration.simulate import noisy, panel
from makegood_engine.calibration.tally import cell, of_count, of_mean

INDEPENDENT = SCENARIOS[0]


def test_the_plan_is_the_one_that_was_fixed() -> None:
    """Whoever changes what is promised must say so here."""
    assert PLAN.digest() == "409463b80840b3f4"
    assert [(one.key, one.low, one.high) for one in PLAN.thresholds] == [
        ("claimed", 0.0, 0.06),
        ("short", 0.0, 0.06),
        ("covers", 0.885, 0.915),
        ("power", 0.90, math.inf),
        ("learning", 0.90, math.inf),
        ("looks", 0.0, 0.055),
        ("false share", 0.0, 0.10),
        ("real", 0.03, 0.07),
    ]


@pytest.mark.parametrize("scenario", SCENARIOS[:5], ids=lambda one: one.name)
def test_figures_vary_as_their_covariance_says(scenario: Scenario) -> None:
    values = noisy(scenario, 400, 40, np.random.default_rng(1)).reshape(-1, 24)
    assert np.cov(values.T) == pytest.approx(covariance(scenario), abs=0.09)


def test_a_bad_moment_is_bad_and_a_matched_pool_is_like_it() -> None:
    bad = Scenario("bad", pool=Pool.MATCHED)
    other = replace(bad, pool=Pool.UNMATCHED)
    means = []
    for scenario in (bad, other):
        made = panel(scenario, 10, 60, np.random.default_rng(2))
        before = made.values[:, :12].mean(axis=1).reshape(60, 11)
        means.append((before[:, 0].mean(), before[:, 1:].mean()))
    assert means[0][0] < 49
    assert means[0][0] == pytest.approx(means[0][1], abs=0.6)
    assert means[1][1] == pytest.approx(50, abs=0.2)


def test_counts_are_whole_and_vary_beyond_chance() -> None:
    scenario = next(one for one in SCENARIOS if one.events)
    made = panel(scenario, 20, 50, np.random.default_rng(3))
    assert made.counts is not None
    assert made.sizes is not None
    assert np.equal(made.counts, np.rint(made.counts)).all()
    assert made.values == pytest.approx(made.counts / made.sizes)
    within = made.counts[:, :12]
    assert (within.var(axis=1, ddof=1) / within.mean(axis=1)).mean() > 1.4
    with pytest.raises(ValueError, match="made with their promise"):
        made.kept(12, promise=1.0)


def test_gaps_take_one_month_of_a_window() -> None:
    scenario = next(one for one in SCENARIOS if one.gaps)
    made = panel(scenario, 10, 50, np.random.default_rng(4))
    gone = np.isnan(made.values).reshape(-1, 2, 12).sum(axis=2)
    assert set(np.unique(gone)) == {0, 1}
    assert gone.mean() == pytest.approx(scenario.gaps, abs=0.05)


def test_the_promise_is_given_to_the_provider_alone() -> None:
    made = panel(INDEPENDENT, 5, 3, np.random.default_rng(5))
    gained = made.kept(12, promise=2.0).values - made.values
    assert gained.sum() == pytest.approx(3 * 12 * 2)
    assert gained[made.providers, 12:] == pytest.approx(2.0)
    assert not gained[1:6].any()


def test_no_test_beats_the_best() -> None:
    """With everything known, the t-test of window means is at most as good as it."""
    for k in (5, 10, 40):
        best = best_power(INDEPENDENT, k, promise=1.0, error=0.05)
        assert learning_power(INDEPENDENT, k, promise=1.0, error=0.05) < best
    assert best_power(INDEPENDENT, 10, promise=0.0, error=0.05) == pytest.approx(0.05)
    assert learning_power(INDEPENDENT, 10, promise=0.0, error=0.05) == pytest.approx(0.05)
    assert math.isnan(best_power(SCENARIOS[7], 10, promise=1.0, error=0.05))


def test_the_best_test_is_as_good_as_its_formula_says() -> None:
    """The likelihood-ratio test with all known, run on simulated figures."""
    k, runs, draws = 10, 4000, np.random.default_rng(6)
    scenario = SCENARIOS[2]
    values = noisy(scenario, runs, k + 1, draws)
    values[:, 0, 12:] += 1.0
    apart = values[:, 0] - values[:, 1:].mean(axis=1)
    change = np.where(np.arange(24) >= 12, 1.0, 0.0)
    towards = np.linalg.solve(covariance(scenario), change)
    score = apart @ towards / np.sqrt(change @ towards * (1 + 1 / k))
    told = (score > stats.norm.isf(0.05)).mean()
    assert told == pytest.approx(best_power(scenario, k, promise=1.0, error=0.05), abs=0.03)


def test_the_error_of_ranks_comes_in_steps() -> None:
    assert size_of(10) == 0.05
    assert size_of(19) == pytest.approx(1 / 20)
    assert size_of(30) == pytest.approx(1 / 31)
    assert size_of(40) == pytest.approx(2 / 41)


def test_exact_intervals_of_counts() -> None:
    assert of_count(0, 100, confidence=0.95) == pytest.approx((0, 0.0362), abs=1e-4)
    assert of_count(5, 100, confidence=0.95) == pytest.approx((0.0164, 0.1128), abs=1e-4)
    assert of_count(100, 100, confidence=0.95)[1] == 1
    low, high = of_mean(np.random.default_rng(7).random(400), confidence=0.99)
    assert low < 0.5 < high
    assert high - low == pytest.approx(2 * 2.576 * np.sqrt(1 / 12 / 400), rel=0.15)


@pytest.mark.parametrize(
    ("estimate", "interval", "status"),
    [
        (0.05, (0.04, 0.07), "holds"),
        (0.065, (0.05, 0.08), "not settled"),
        (0.08, (0.061, 0.1), "fails"),
    ],
)
def test_a_figure_fails_when_its_whole_interval_lies_beyond(
    estimate: float, interval: tuple[float, float], status: str
) -> None:
    found = held(estimate, interval)
    assert found.status == status
    assert found.fails is (status == "fails")


def held(estimate: float, interval: tuple[float, float], *, promised: bool = True) -> Cell:
    return cell(
        PLAN.threshold("claimed"), "independent", 5, estimate=estimate, interval=interval,
        replicates=1000, promised=promised,
    )  # fmt: skip


def test_a_cell_that_fails_is_printed_and_counted() -> None:
    cells = [held(0.05, (0.04, 0.06)), held(0.2, (0.1, 0.3)), held(0.2, (0.1, 0.3), promised=False)]
    table = markdown(cells, PLAN, commit="abc")
    assert "2 cells of which something is promised: 1 fail." in table
    assert "commit abc" in table
    assert "| independent | 5 | 20.00% | 10.00% to 30.00% | 1,000 | **fails** |" in table
    assert "| independent | 5 | 20.00% | 10.00% to 30.00% | 1,000 | – |" in table


def test_a_test_that_claims_too_much_is_found_out() -> None:
    """The check can fail: units less restless than the provider make chance look large."""
    made = panel(INDEPENDENT, 20, 1000, np.random.default_rng(8))
    values = made.values.copy()
    calm = np.delete(np.arange(len(values)), made.providers)
    values[calm] = 50 + 0.3 * (values[calm] - 50)
    found = judge(replace(made, values=values), INDEPENDENT)
    claimed = int((found.p_better <= 0.05).sum())
    assert of_count(claimed, 1000, confidence=0.99)[0] > 0.06


def test_the_same_seed_gives_the_same_table(tmp_path: Path) -> None:
    small = Plan(
        scenarios=SCENARIOS[:1], looks=PLAN.looks[:1], portfolios=PLAN.portfolios[2:],
        comparators=(20,), follows_at_looks=(0.4,), quick_replicates=50, quick_portfolio_runs=3,
    )  # fmt: skip
    once, again = (calibrate(small, quick=True, data=tmp_path) for _ in range(2))
    assert once == again
    assert {one.key for one in once} == {
        "claimed", "short", "covers", "power", "learning", "looks", "false share",
    }  # fmt: skip


def test_an_empty_list_has_no_false_share() -> None:
    nothing = replace(PLAN, promise=-5.0)
    (found,) = cells_of_portfolios(nothing, PLAN.portfolios[0], 5, runs=2)
    assert found.estimate == 0
