"""How good figures are is said in words, from how they came."""

from __future__ import annotations

import pytest

from makegood.capture.quality import Point, quality_of

MONTHS = ("April", "May", "June", "July", "August", "September")


def came(value: float | None, name: str = "April", **more: object) -> Point:
    said = {"first_value": value, "versions": 1, "is_due": True, "is_answered": True} | more
    return Point(name=name, value=value, **said)  # type: ignore[arg-type]


def missing(name: str = "April") -> Point:
    return Point(name=name, value=None, is_due=True, is_answered=False)


def said(*points: Point) -> dict[str, str]:
    return dict(quality_of(points, unit="%").lines)


def test_nothing_due_says_nothing() -> None:
    assert said() == {}
    assert said(Point(name="April", value=None, is_due=False, is_answered=False)) == {}


def test_how_many_are_here_is_counted_against_those_due() -> None:
    found = said(came(4.4), came(4.5), came(None), missing())
    assert found["Whole"] == (
        "2 of 4 figures that were due are here (50%). For 1 there is a reason instead."
    )


def test_how_many_came_by_their_day_and_how_late_the_others() -> None:
    found = said(came(4.4), came(4.5, days_late=3), came(4.6, days_late=9))
    assert (
        found["In time"]
        == "1 of 3 came by their day (33%). Half of the others came 6 days late or more."
    )
    assert said(came(4.4))["In time"] == "1 of 1 came by their day (100%)."
    assert said(missing())["In time"] == "None came yet."


@pytest.mark.parametrize("value", [0.0, 1.0, 100.0])
def test_ends_of_scales_may_stay(value: float) -> None:
    assert "The same again" not in said(*(came(value, month) for month in MONTHS))


def test_a_run_of_one_figure_is_named() -> None:
    points = [came(4.0, "March"), *(came(4.4, month) for month in MONTHS), came(4.1, "October")]
    assert said(*points)["The same again"] == ("4.4% stands 6 times running, April to September.")
    assert "The same again" not in said(*points[:4])


def test_corrections_are_counted_with_how_far_they_went() -> None:
    found = said(came(4.4, first_value=4.1, versions=2), came(4.5))
    assert found["Corrected"] == "1 of 2 corrected, by 0.3 percentage points at most."
    assert said(came(4.5))["Corrected"] == "None was corrected."
