"""The words of a verdict carry the unit they are given, and none where none is given."""

from datetime import date

import pytest

from makegood_engine.verdict import assess_one
from makegood_engine.verdict.words import Words


@pytest.mark.parametrize(
    ("unit", "figure", "difference"),
    [
        ("%", "4.9%", "0.7 percentage points"),
        ("hours", "4.9 hours", "0.7 hours"),
        ("", "4.9", "0.7"),
    ],
)
def test_a_figure_and_a_difference_are_said_in_their_unit(
    unit: str, figure: str, difference: str
) -> None:
    words = Words(4.9, unit)
    assert words.figure(4.9) == figure
    assert words.difference(0.7) == difference


def test_the_reason_says_the_unit() -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    said = assess_one(
        series=dict.fromkeys(months, 4.8),
        comparators={},
        better="down",
        starts_on=date(2021, 1, 1),
        due_on=date(2021, 12, 31),
        baseline=5.0,
        alternative=5.0,
        target=4.9,
        unit="%",
    )
    assert "average was 4.8%" in said.reason
    assert "target of 4.9% was met" in said.reason
