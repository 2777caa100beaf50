"""Synthetic control's weights against slower optimisers, and its ranks against counting."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from makegood_engine.classical import Panel, panel_of, synthetic_control
from makegood_engine.classical.synthetic import convex_weights
from makegood_engine.tables import TableError

Floats = NDArray[np.float64]


def loss(weights: Floats, donors: Floats, treated: Floats) -> float:
    return float(((weights @ donors - treated) ** 2).sum())


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), j=st.integers(2, 12), t=st.integers(3, 20))
def test_no_other_weights_come_nearer(seed: int, j: int, t: int) -> None:
    draws = np.random.default_rng(seed)
    donors, treated = draws.normal(50, 10, (j, t)), draws.normal(55, 10, t)
    weights = convex_weights(donors, treated)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    best = loss(weights, donors, treated)
    slow = minimize(
        loss, np.full(j, 1 / j), (donors, treated), method="SLSQP", bounds=[(0, 1)] * j,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"maxiter": 500},
    )  # fmt: skip
    near = np.clip(slow.x, 0, None)
    assert best <= loss(near / near.sum(), donors, treated) * (1 + 1e-9) + 1e-9
    for other in draws.dirichlet(np.ones(j), 50):
        assert best <= loss(other, donors, treated) + 1e-9


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), t=st.integers(8, 20))
def test_the_best_point_of_a_hull_meets_its_conditions(seed: int, t: int) -> None:
    """Karush, Kuhn and Tucker: no donor's slope is below that of the donors in use."""
    draws = np.random.default_rng(seed)
    donors, treated = draws.normal(0, 1, (6, t)), draws.normal(0, 1, t)
    weights = convex_weights(donors, treated)
    slopes = donors @ (weights @ donors - treated)
    used = weights > 1e-9
    assert slopes[used] == pytest.approx(slopes[used].mean(), abs=1e-7)
    assert slopes.min() >= slopes[used].mean() - 1e-7


def test_a_blend_is_given_back() -> None:
    """A series made of three donors has just their shares, and no distance before the start."""
    draws = np.random.default_rng(4)
    donors = draws.normal(20, 5, (10, 30))
    shares = np.array([0.5, 0.3, 0.2] + [0.0] * 7)
    assert convex_weights(donors, shares @ donors) == pytest.approx(shares, abs=1e-9)


def panel(values: Floats, start: int) -> Panel:
    g, t = values.shape
    return panel_of(
        {
            "series": [f"s{i}" for i in range(g) for _ in range(t)],
            "period": [f"{1980 + j}-01" for _ in range(g) for j in range(t)],
            "value": values.ravel().tolist(),
        },
        treated=["s0"],
        starts_on=date(1980 + start, 1, 1),
    )


def follow(seed: int, effect: float) -> Floats:
    """25 series that share two moods in different parts; the first steps at period 20."""
    draws = np.random.default_rng(seed)
    moods = np.cumsum(draws.normal(0, 1, (2, 30)), axis=1)
    values = 50 + draws.dirichlet(np.ones(2), 25) @ moods * 3 + draws.normal(0, 0.3, (25, 30))
    values[0] = values[1:4].mean(axis=0) + draws.normal(0, 0.3, 30)
    values[0, 20:] += effect
    return np.asarray(values)


def test_a_large_step_is_found_and_ranks_first() -> None:
    found = synthetic_control(panel(follow(1, 8.0), 20))
    assert found.effect == pytest.approx(8, abs=0.5)
    assert (found.rank, found.p_value) == (1, 1 / 25)
    assert "the largest move of 25 series" in found.sentence
    assert found.gaps[25] == pytest.approx(found.observed[25] - found.synthetic[25])
    assert found.ratio == pytest.approx(found.rmse_after / found.rmse_before)


def test_with_nothing_done_the_rank_is_even() -> None:
    """Where all series are alike, the treated one's p falls anywhere: 5% of them below 5%."""
    ps = []
    for seed in range(150):
        draws = np.random.default_rng(seed)
        values = draws.normal(0, 1, (20, 14)) + draws.normal(0, 1, (1, 14))
        ps.append(synthetic_control(panel(values, 9)).p_value)
    # the mean of ranks 1 to 20 over 20 is 0.525; its standard error over 150 is 0.024
    assert np.mean(ps) == pytest.approx(0.525, abs=0.096)
    # 7.5 expected at or below 5%, standard error 2.7
    assert sum(p <= 0.05 for p in ps) <= 18


def test_units_do_not_matter() -> None:
    """In thousands or in units, shares and ranks are the same."""
    values = follow(3, 2.0)
    one, other = (synthetic_control(panel(v, 20)) for v in (values, 1000 * values))
    assert dict(other.weights) == pytest.approx(dict(one.weights), abs=1e-6)
    assert other.effect == pytest.approx(1000 * one.effect)
    assert other.rank == one.rank


@pytest.mark.parametrize(
    ("shape", "start", "words"),
    [((5, 6), 2, "2 periods before the start"), ((2, 9), 5, "One donor is too few")],
)
def test_too_little_is_refused(shape: tuple[int, int], start: int, words: str) -> None:
    values = np.random.default_rng(0).normal(0, 1, shape)
    with pytest.raises(TableError, match=words):
        synthetic_control(panel(values, start))


def test_two_treated_series_and_a_treatment_that_ends_are_refused() -> None:
    values = np.random.default_rng(0).normal(0, 1, (4, 8))
    whole = panel(values, 4)
    two = whole.treated.copy()
    two[1, 5:] = True
    ends = whole.treated.copy()
    ends[0, 7] = False
    for treated, words in ((two, "2 series are treated"), (ends, "It must last")):
        with pytest.raises(TableError, match=words):
            synthetic_control(replace(whole, treated=treated))


def test_doubts_are_said() -> None:
    draws = np.random.default_rng(6)
    far = draws.normal(0, 1, (6, 10))
    far[0] += 30
    said = " ".join(synthetic_control(panel(far, 6)).cautions)
    assert "does not follow the series closely" in said
    assert "With 5 donors" in said
    many = draws.normal(0, 1, (90, 10))
    assert "come by itself" in " ".join(synthetic_control(panel(many, 4)).cautions)


def test_a_perfect_past_ranks_by_what_follows() -> None:
    """No distance before and some after is the largest ratio there is; ties count against it."""
    values = np.vstack([follow(8, 0.0)[1:5], np.zeros((1, 30))])
    values = np.vstack([values[:2].mean(axis=0), values])
    values[0, 20:] += 1
    found = synthetic_control(panel(values, 20))
    assert found.rmse_before == pytest.approx(0, abs=1e-9)
    assert found.rank == 1
