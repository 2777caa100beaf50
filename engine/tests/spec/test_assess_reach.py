"""Figures too large to be squared and summed are refused where they stand, and not judged."""

from datetime import date
from typing import Any

import pytest
from test_assess import MONTHS, START, history, one, tables

from makegood_engine.tables import TableError
from makegood_engine.verdict import assess


def said_of(measurements: Any, commitments: Any, pools: Any) -> list[str]:
    with pytest.raises(TableError) as caught:
        assess(measurements, commitments, pools)
    return [str(fault) for fault in caught.value.faults]


def test_a_figure_too_large_to_compare_is_refused_by_its_row() -> None:
    """Waiting would not cure it: the unit must change."""
    measurements, commitments, pools = tables()
    measurements["value"][3] = -1e308
    assert said_of(measurements, commitments, pools) == [
        "Row 5, value: -1e+308 is too large to compare. Change the unit."
    ]


@pytest.mark.parametrize("column", ["baseline", "alternative", "target"])
def test_so_is_what_was_promised(column: str) -> None:
    """A target too large is refused by the row of its commitment."""
    measurements, commitments, pools = tables()
    commitments[column] = [None if column != "target" else 4.0, 1e200, 4.0]
    assert said_of(measurements, commitments, pools) == [
        f"Row 3, {column}: 1e+200 is too large to compare. Change the unit."
    ]


@pytest.mark.parametrize(("size", "said"), [(1e200, "large"), (1e-200, "small")])
@pytest.mark.parametrize("scale", ["level", "rate"])
def test_so_are_denominators_too_large_or_too_small(size: float, said: str, scale: str) -> None:
    """What divides must not be next to nothing either."""
    measurements, commitments, pools = tables()
    count = len(measurements["value"])
    measurements["denominator"], measurements["numerator"] = [1.0] * count, [1.0] * count
    measurements["value"] = [1.0] * count
    measurements["denominator"][3] = size
    commitments["scale"] = [scale] * 3
    expected = f"Row 5, denominator: {size:g} is too {said} to compare. Change the unit."
    assert expected in said_of(measurements, commitments, pools)


def test_one_promise_at_a_time_names_the_day() -> None:
    """`assess_one` has no rows, so it names the day, or what was promised."""
    with pytest.raises(ValueError, match=r"2016-01-01: 1e\+308 is too large to compare"):
        one({**history(1), START: 1e308})
    with pytest.raises(ValueError, match=r"target: 1e\+120 is too large to compare"):
        one(history(1), target=1e120)
    sizes = {"": dict.fromkeys(MONTHS, 10.0) | {date(2016, 3, 1): 1e-150}}
    with pytest.raises(ValueError, match=r"2016-03-01: 1e-150 is too small to compare"):
        one(history(1), weights=sizes)


def test_the_largest_figures_that_pass_are_judged() -> None:
    """Just within reach, large figures and small lead to the verdict of any others."""
    plain = one(history(1, -0.6))
    for factor in (1e99, 1e-90):
        pool = {f"c{i}": times(history(100 + i), factor) for i in range(24)}
        found = one(
            times(history(1, -0.6), factor), comparators=pool,
            baseline=4.5 * factor, alternative=4.5 * factor, target=4.0 * factor,
        )  # fmt: skip
        assert found.verdict == plain.verdict
        assert found.effect == pytest.approx(plain.effect * factor)  # type: ignore[operator]


def times(part: dict[date, float | None], factor: float) -> dict[date, float | None]:
    return {day: None if value is None else value * factor for day, value in part.items()}
