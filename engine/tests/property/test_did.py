"""Difference in differences against closed forms and slow regressions, on panels made at will."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from makegood_engine.classical import Panel, difference_in_differences, panel_of
from makegood_engine.tables import TableError

Floats = NDArray[np.float64]
figures = st.floats(-1e4, 1e4).map(lambda figure: round(figure, 6))  # none too small to compare


def panel(values: Floats, treated: NDArray[np.bool_], weights: Floats | None = None) -> Panel:
    g, t = values.shape
    table: dict[str, Any] = {
        "series": [f"s{i}" for i in range(g) for _ in range(t)],
        "period": [f"{2000 + j // 12}-{j % 12 + 1:02d}" for _ in range(g) for j in range(t)],
        "value": values.ravel().tolist(),
        "treated": [str(cell).lower() for cell in treated.ravel().tolist()],
    }
    if weights is not None:
        table["weight"] = weights.ravel().tolist()
    return panel_of(table)


@given(cells=st.lists(figures, min_size=4, max_size=4))
def test_two_by_two_is_the_difference_of_the_differences(cells: list[float]) -> None:
    values = np.array(cells).reshape(2, 2)
    found = difference_in_differences(panel(values, np.array([[False, True], [False, False]])))
    (a, b), (c, d) = values.tolist()
    assert found.effect == pytest.approx((b - a) - (d - c), abs=1e-7)
    assert found.standard_error is None


@settings(deadline=None, max_examples=50)
@given(
    seed=st.integers(0, 10_000),
    g=st.integers(5, 12),
    t=st.integers(3, 8),
    weighted=st.booleans(),
)
def test_staggered_panels_agree_with_dummies(seed: int, g: int, t: int, weighted: bool) -> None:
    draws = np.random.default_rng(seed)
    starts = draws.integers(1, t, g)
    starts[:2] = t  # two are never treated
    starts[2:4] = 1
    treated = np.arange(t)[None, :] >= starts[:, None]
    weights = draws.uniform(0.2, 5, (g, t)) if weighted else np.ones((g, t))
    values = draws.normal(0, 3, (g, 1)) + draws.normal(0, 1, (g, t)) + 2.0 * treated
    found = difference_in_differences(panel(values, treated, weights))
    design = np.column_stack(
        [treated.ravel(), np.repeat(np.eye(g), t, axis=0), np.tile(np.eye(t), (g, 1))[:, 1:]]
    )
    slow = sm.WLS(values.ravel(), design.astype(float), weights=weights.ravel()).fit(
        cov_type="cluster", cov_kwds={"groups": np.repeat(np.arange(g), t)}, use_t=True
    )
    assert found.effect == pytest.approx(slow.params[0], rel=1e-7, abs=1e-9)
    assert found.standard_error == pytest.approx(slow.bse[0], rel=1e-6)
    assert found.p_value == pytest.approx(slow.pvalues[0], rel=1e-5, abs=1e-12)
    assert (found.lower, found.upper) == pytest.approx(tuple(slow.conf_int()[0]), rel=1e-5)


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 1000), shift=st.floats(-50, 50), level=st.floats(-1e3, 1e3))
def test_levels_of_series_and_periods_change_nothing(seed: int, shift: float, level: float) -> None:
    draws = np.random.default_rng(seed)
    treated = np.zeros((8, 6), dtype=np.bool_)
    treated[:4, 3:] = True
    values = draws.normal(0, 1, (8, 6))
    base = difference_in_differences(panel(values, treated))
    moved = values + level * np.arange(8)[:, None] + 3 * np.arange(6)[None, :] ** 2
    found = difference_in_differences(panel(moved + shift * treated, treated))
    assert found.effect == pytest.approx(base.effect + shift, abs=1e-7)
    assert found.standard_error == pytest.approx(base.standard_error, rel=1e-5)


def test_the_interval_covers_where_nothing_was_done() -> None:
    draws = np.random.default_rng(11)
    treated = np.zeros((40, 8), dtype=np.bool_)
    treated[:20, 4:] = True
    holds = 0
    for _ in range(200):
        walk = np.cumsum(draws.normal(0, 1, (40, 8)), axis=1)
        found = difference_in_differences(panel(walk, treated))
        assert found.lower is not None
        assert found.upper is not None
        holds += found.lower <= 0 <= found.upper
    # 95% of 200 is 190, with a standard error of 3.1
    assert 178 <= holds <= 200


def test_placebos_are_compared_without_the_one_that_was_treated() -> None:
    """However far the treated one moved, the others' moves are the same, and the words say so."""
    values = np.array([[0, 0, 9, 9], [0, 0, 3, 3], [0, 0, 0, 0], [0, 0, -3, -3.0]])
    treated = np.zeros((4, 4), dtype=np.bool_)
    treated[0, 2:] = True
    found = difference_in_differences(panel(values, treated))
    # without it the others move by 4.5, 0 and −4.5; with it the first and last would by 1 and −7
    assert (found.effect, found.p_placebo) == (9, 0.25)
    values[0, 2:] = 4.6
    assert difference_in_differences(panel(values, treated)).p_placebo == 0.25
    values[0, 2:] = 4.4
    found = difference_in_differences(panel(values, treated))
    assert found.p_placebo == 0.75
    assert found.sentence.endswith("compared without the one that was treated.")


def test_early_starters_that_judge_late_ones_are_warned_of() -> None:
    treated = np.arange(10)[None, :] >= np.array([[1], [8], [8]])
    found = difference_in_differences(
        panel(np.random.default_rng(1).normal(0, 1, (3, 10)), treated)
    )
    assert found.negative_weight > 0
    said = " ".join(found.cautions)
    assert "count against themselves" in said
    assert "Every series is treated at some time" in said


def refused(values: Floats, treated: NDArray[np.bool_]) -> str:
    with pytest.raises(TableError) as caught:
        difference_in_differences(panel(values, treated))
    return str(caught.value)


def test_what_cannot_be_told_is_refused_with_its_place() -> None:
    values = np.arange(12.0).reshape(3, 4)
    some = np.zeros((3, 4), dtype=np.bool_)
    some[0, 2:] = True
    everyone = np.tile(np.arange(4) >= 2, (3, 1))
    gap = values.copy()
    gap[1, 2] = gap[2, 0] = np.nan
    assert "No series was ever treated" in refused(values, ~some & some)
    assert "Every series was treated at every period" in refused(values, some | ~some)
    assert "cannot be told apart" in refused(values, everyone)
    assert "“s1” has no value for 2000-03-01 and 1 more" in refused(gap, some)
    assert "one series only" in refused(values[:1], some[:1])
    always = np.zeros((3, 4), dtype=np.bool_)
    always[0] = True
    assert "cannot be told apart" in refused(values, always)
