"""Numbers as a person reads them: in their unit, with their sign, and one of a thing as one."""

import pytest

from makegood_engine.tables.figures import difference_in, in_draws, in_unit


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (180, "hours", "180 hours"),
        (1, "points", "1 point"),
        (1.0004, "points", "1 point"),
        (1.1, "points", "1.1 points"),
        (1, "percentage points", "1 percentage point"),
        (1, "falls per 1,000 bed days", "1 fall per 1,000 bed days"),
        (1, "per 1,000 bed days", "1 per 1,000 bed days"),
        (1, "days of absence", "1 day of absence"),
        (1, "people", "1 person"),
        (1, "enquiries", "1 enquiry"),
        (1, "businesses", "1 business"),
        (1, "illness", "1 illness"),
        (180, "£", "£180"),
        (-12.5, "£ a year", "−£12.5 a year"),
        (4.9, "% of days", "4.9% of days"),
        (4.9, "", "4.9"),
    ],
)
def test_a_number_is_said_in_its_unit(value: float, unit: str, said: str) -> None:
    assert in_unit(value, unit) == said


def test_a_difference_of_percentages_is_in_points() -> None:
    assert difference_in(0.7, "%") == "0.7 percentage points"
    assert difference_in(1, "% of days") == "1 percentage point"
    assert difference_in(30, "£") == "£30"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (1.0, "in all 20,000 draws"),
        (0.99995, "in 19,999 of 20,000 draws"),
        (0.0, "in none of 20,000 draws"),
    ],
)
def test_all_is_said_only_of_all_draws(share: float, said: str) -> None:
    assert in_draws(share, 20_000) == said
