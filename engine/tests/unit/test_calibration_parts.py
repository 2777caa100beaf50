"""The machinery of calibration: figures made as the plan says, counted as chance allows."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from makegood_engine.calibration import (
    HARD_PLAN,
    PLAN,
    WHOLE_PLAN,
    Cell,
    Plan,
    calibrate,
    calibrate_whole,
    markdown,
    markdown_whole,
)
from makegood_engine.calibration.best import best_power, covariance, learning_power
from makegood_engine.calibration.contracts import judge, size_of
from makegood_engine.calibration.plan import SCENARIOS, Pool, Scenario
from makegood_engine.calibration.portfolios import cells_of_portfolios
from makegood_engine.calibration.real import is_held_out
from makegood_engine.calibration.simulate import noisy, panel
from makegood_engine.calibration.tally import cell, of_count, of_mean
from makegood_engine.calibration.whole_plan import HISTORY, Setting
from makegood_engine.calibration.worlds import (
    Asked,
    commitments,
    day_of,
    figures,
    measurements,
    pools_of,
)

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


def test_the_second_plan_is_the_one_that_was_fixed() -> None:
    assert WHOLE_PLAN.digest() == "507e8e94824039d7"
    assert [(one.key, one.low, one.high) for one in WHOLE_PLAN.thresholds] == [
        ("claimed", 0.0, 0.06),
        ("covers", 0.885, 0.915),
        ("looks", 0.0, 0.055),
        ("untested", 0.0, 1.0),
        ("real", 0.03, 0.07),
    ]


def test_the_third_plan_is_the_one_that_was_fixed() -> None:
    assert HARD_PLAN.digest() == "9f57ca197dc4703e"
    assert HARD_PLAN.thresholds == WHOLE_PLAN.thresholds


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


def setting(name: str) -> Setting:
    return next(one for one in WHOLE_PLAN.settings if one.name == name)


def test_a_world_has_late_providers_and_leavers() -> None:
    asked = Asked(WHOLE_PLAN, setting("season, gaps, some late, some leave"), 10)
    values = figures(asked, np.random.default_rng(9), kept=False).values
    first = np.arange(80) % 4 == 0
    late = np.asarray(np.isnan(values[:, : HISTORY - 9]).all(axis=1))
    left = np.asarray(np.isnan(values[:, HISTORY + 21 :]).all(axis=1))
    assert late.any()
    assert left.any()
    assert not late[~first].any()
    assert not left[first].any()


def test_restless_units_are_twice_as_noisy() -> None:
    """Units at random, and the provider where it is asked for."""
    for name, provider in (("too", 2.0), ("calm", 1.0)):
        asked = Asked(WHOLE_PLAN, setting(f"half twice as noisy, provider {name}, pool drawn"), 10)
        draws = np.random.default_rng(10)
        steps = np.concatenate(
            [np.diff(figures(asked, draws, kept=False).values, axis=1) for _ in range(20)]
        )
        noise = np.sqrt((steps**2).mean(axis=1) / (2 * (1 - 0.4)))
        first = np.arange(len(noise)) % 4 == 0
        assert noise[first].mean() == pytest.approx(provider, rel=0.05)
        assert noise[~first].mean() == pytest.approx(1.5, rel=0.05)


def test_a_world_is_told_as_the_tables_of_assess() -> None:
    asked = Asked(WHOLE_PLAN, setting("counts as rates, pool chosen"), 10)
    draws = np.random.default_rng(11)
    made = figures(asked, draws, kept=True)
    measured, promised = measurements(made), commitments(asked, made.providers)
    assert day_of(0).isoformat() == "2020-04-01"
    assert measured["period"].to_pylist()[:2] == [day_of(-30), day_of(-29)]
    assert measured["numerator"].to_pylist()[5] == made.counts[0, 5]  # type: ignore[index]
    assert set(promised["scale"].to_pylist()) == {"rate"}
    pools = pools_of(asked, measured, promised, draws)
    assert {len(pool) for pool in pools} == {10}
    assert not any(row % 4 == 0 for pool in pools for row in pool.tolist())


def test_whole_windows_are_judged_alike_through_assess_and_directly() -> None:
    """Where nothing is missing, the gate and the windows of `assess` are those made by hand."""
    small = replace(
        WHOLE_PLAN, settings=WHOLE_PLAN.settings[:2] + WHOLE_PLAN.settings[3:5],
        comparators=(10,), quick_worlds=2,
    )  # fmt: skip
    cells = {(one.key, one.scenario): one for one in calibrate_whole(small, quick=True)}
    for (key, name), found in cells.items():
        if (key, f"{name}, directly") in cells:
            assert found.estimate == cells[key, f"{name}, directly"].estimate
        if key == "untested":
            assert found.estimate == 0
    assert {key for key, _ in cells} == {"claimed", "covers", "looks", "untested"}
    table = markdown_whole(list(cells.values()), small)
    assert "# Through the whole of `assess`" in table
    found = cells["claimed", "one year, pool drawn"]
    row = next(line for line in table.splitlines() if line.startswith("| one year, pool drawn"))
    assert row.split("|")[5].strip() == f"{100 * found.estimate:.2f}%"
    assert "directly |" not in row
    assert "## No test could be made\n" in table


def test_contracts_without_figures_are_counted_as_untested() -> None:
    late = replace(WHOLE_PLAN.settings[2], late=1.0)
    small = replace(WHOLE_PLAN, settings=(late,), comparators=(10,), quick_worlds=1)
    found = {
        one.key: one for one in calibrate_whole(small, quick=True) if "directly" not in one.scenario
    }
    assert set(found) == {"untested"}
    assert found["untested"].estimate == 1


def test_one_organisation_in_four_is_held_out_by_its_name() -> None:
    names = [f"R{i}" for i in range(4000)]
    out = [is_held_out(WHOLE_PLAN, name) for name in names]
    assert sum(out) / 4000 == pytest.approx(0.25, abs=0.03)
    other = replace(WHOLE_PLAN, salt="another")
    assert out != [is_held_out(other, name) for name in names]
