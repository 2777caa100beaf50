"""Small series with answers worked by hand, rule by rule."""

import numpy as np
import pytest

from makegood_engine.spc import analyse

LEVEL = [10.0, 11.0] * 6
"""Mean 10.5, every step 1, so the limits are 10.5 ± 2.66."""


def causes(values: list[float | None], **said: object) -> list[str]:
    return list(analyse(values, **said).special_cause)  # type: ignore[arg-type]  # passes options on


def test_limits_by_hand() -> None:
    points = analyse(LEVEL)
    assert points.mean[0] == pytest.approx(10.5)
    assert points.lower[0] == pytest.approx(7.84)
    assert points.upper[0] == pytest.approx(13.16)
    assert set(points.special_cause) == {"Common Cause"}


def test_one_point_beyond_fixed_limits_is_outside() -> None:
    points = analyse([*LEVEL, 13.2, 10.5], better="up", fix_after=12)
    assert points.special_cause[12] == "Above UCL"
    assert points.point_type[12] == "special_cause_improvement"
    assert points.variation == "common_cause"


def test_a_point_on_the_limit_is_not_outside() -> None:
    on = analyse([*LEVEL, 10.5], fix_after=12).upper[0]
    assert analyse([*LEVEL, float(on)], fix_after=12).special_cause[12] == "Common Cause"


def test_seven_on_one_side_make_a_shift_and_six_do_not() -> None:
    tail = [11.0, 10.9, 11.1, 10.8, 11.0, 10.9, 11.2]
    # the twelfth point is above the mean too, so the first of the tail is the run's second
    assert causes([*LEVEL, 10.0, *tail], fix_after=12)[13:] == ["7 Points Above CL"] * 7
    assert causes([*LEVEL, 10.0, *tail[:6]], fix_after=12)[13:] == ["Common Cause"] * 6


def test_seven_rising_points_make_a_trend_and_a_tie_breaks_it() -> None:
    rising = [9.6, 9.9, 10.2, 10.6, 10.8, 11.0, 11.3]
    assert causes([*LEVEL, *rising], fix_after=12)[12:] == ["7 Point Trend (Increasing)"] * 7
    tied = [9.6, 9.9, 10.2, 10.2, 10.8, 11.0, 11.3]
    assert set(causes([*LEVEL, *tied], fix_after=12)[12:]) == {"Common Cause"}


def test_the_peak_of_two_trends_follows_the_next_step() -> None:
    up, down = [9.3, 9.6, 9.9, 10.2, 10.6, 10.8], [11.3, 10.9, 10.7, 10.4, 10.1, 9.8, 9.5]
    said = causes([*LEVEL, *up, *down], fix_after=12)
    assert said[17] == "7 Point Trend (Increasing)"
    assert said[18] == "7 Point Trend (Decreasing)"


def test_two_of_three_mark_only_the_close_points() -> None:
    # near limits are 10.5 ± 1.7733: 12.4 and 12.5 are close, 11 is not
    said = causes([*LEVEL, 10.0, 12.4, 11.0, 12.5, 10.0], fix_after=12)
    assert said[13:16] == ["2 in 3 Above CL", "Common Cause", "2 in 3 Above CL"]


def test_a_point_outside_does_not_count_as_close() -> None:
    said = causes([*LEVEL, 10.0, 12.4, 11.0, 14.0, 10.0], fix_after=12)
    assert said[13:16] == ["Common Cause", "Common Cause", "Above UCL"]


def test_all_three_must_lie_on_one_side() -> None:
    said = causes([*LEVEL, 12.4, 10.0, 12.5, 10.0], fix_after=12)
    assert set(said) == {"Common Cause"}


def test_a_missing_value_breaks_a_run() -> None:
    tail: list[float | None] = [11.0, 10.9, 11.1, None, 11.0, 10.9, 11.2]
    assert set(causes([*LEVEL, 10.0, *tail], fix_after=12)) == {"Common Cause"}


def test_a_missing_value_inside_a_monotone_run_is_answered() -> None:
    values = [1.0, 3, 2, 1, 2, 3, 4, None, 6, 7, 8, 9, 2, 1, 3, 2]
    points = analyse(values, better="up")
    assert points.special_cause[7] == "Common Cause"
    assert "7 Point Trend (Increasing)" not in points.special_cause


def test_a_wild_step_is_screened_from_the_limits_but_not_the_mean() -> None:
    values = [*LEVEL, 60.0, *LEVEL]
    screened, whole = analyse(values), analyse(values, screen_outliers=False)
    assert screened.mean[0] == whole.mean[0]
    assert screened.upper[0] - screened.mean[0] == pytest.approx(2.66)
    assert whole.upper[0] > screened.upper[0]


def test_one_point_has_no_limits() -> None:
    points = analyse([7.5], better="up", target=7.0)
    assert points.mean[0] == 7.5
    assert np.isnan(points.lower[0])
    assert points.assurance == "inconsistent"


def test_nothing_known_is_answered_quietly() -> None:
    assert len(analyse([])) == 0
    assert analyse([None, None]).variation == "common_cause"


def test_a_constant_series_has_limits_at_its_mean() -> None:
    points = analyse([0.1] * 20, better="up", target=0.2)
    assert points.lower[0] == points.upper[0] == points.mean[0]
    assert points.assurance == "consistent_fail"
    assert set(points.special_cause) == {"Common Cause"}


@pytest.mark.parametrize(
    ("better", "target", "expected"),
    [
        ("up", 7.0, "consistent_pass"),
        ("up", 14.0, "consistent_fail"),
        ("up", 10.0, "inconsistent"),
        ("down", 7.0, "consistent_fail"),
        ("down", 14.0, "consistent_pass"),
        ("neutral", 7.0, ""),
        ("up", None, ""),
    ],
)
def test_assurance_holds_the_limits_against_the_target(
    better: str, target: float | None, expected: str
) -> None:
    assert analyse(LEVEL, better=better, target=target).assurance == expected


def test_fewer_than_thirteen_points_are_on_trial() -> None:
    assert analyse(LEVEL).notes == ("Trial limits: 12 points so far. They settle from 13.",)
    assert analyse([*LEVEL, 10.0]).notes == ()
    assert "1 point so far" in analyse([*LEVEL, 10.0], rebases=[12]).notes[0]


@pytest.mark.parametrize(
    ("values", "said", "words"),
    [
        ([1.0, float("inf")], {}, "infinite"),
        ([1.0], {"better": "upwards"}, "direction"),
        ([1.0], {"rebases": [5]}, "outside the series"),
        ([1.0], {"fix_after": 5}, "12 or more"),
        ([1.0], {"ruleset": "mine"}, "ptd-0.2.2"),
    ],
)
def test_what_cannot_be_is_refused(
    values: list[float], said: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        analyse(values, **said)  # type: ignore[arg-type]  # wrong on purpose
