"""MEA: what must be true of measures and measurements."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.measures import rules
from makegood.measures.states import Better
from tests.rules.refusing import refused

MARCH = date(2030, 3, 1)


@given(st.floats(0, 100))
def test_mea_01_a_value_within_its_measure_is_kept(value: float) -> None:
    """MEA-01"""
    rules.check_value_is_within_its_measure(value, lowest=0, highest=100, unit="%")
    rules.check_value_is_within_its_measure(value + 1000, lowest=None, highest=None, unit="")


@given(st.floats(1e-6, 1e9))
def test_mea_01_a_value_outside_its_measure_is_refused(beyond: float) -> None:
    with refused("MEA-01", saying="above 100"):
        rules.check_value_is_within_its_measure(100 + beyond, lowest=0, highest=100, unit="%")
    with refused("MEA-01", saying="below 0"):
        rules.check_value_is_within_its_measure(-beyond, lowest=0, highest=100, unit="%")


def test_mea_02_a_correction_says_why() -> None:
    """MEA-02"""
    rules.check_correction_has_a_reason(version=1, reason="")
    rules.check_correction_has_a_reason(version=2, reason="A late return")
    with refused("MEA-02", saying="Say why"):
        rules.check_correction_has_a_reason(version=2, reason=" ")


def test_mea_03_a_period_has_begun_and_is_a_first_day() -> None:
    """MEA-03"""
    rules.check_period_has_begun(MARCH, today=MARCH)
    with refused("MEA-03", saying="2030-03-01"):
        rules.check_period_has_begun(date(2030, 3, 2), today=date(2030, 4, 1))
    with refused("MEA-03", saying="March 2030"):
        rules.check_period_has_begun(MARCH, today=date(2030, 2, 28))


def test_mea_04_a_period_has_one_figure() -> None:
    """MEA-04"""
    rules.check_period_is_free(MARCH, versions=0)
    with refused("MEA-04", saying="March 2030"):
        rules.check_period_is_free(MARCH, versions=1)


@pytest.mark.parametrize(("measured", "reason"), [(True, ""), (False, "Nobody counted")])
def test_mea_05_a_gap_says_why(measured: bool, reason: str) -> None:
    """MEA-05"""
    rules.check_gap_has_a_reason(measured=measured, reason=reason)
    with refused("MEA-05"):
        rules.check_gap_has_a_reason(measured=False, reason="  ")


def test_mea_06_a_pool_follows_one_measure() -> None:
    """MEA-06"""
    rules.check_pool_follows_one_measure(measures={4}, measure=4)
    with refused("MEA-06"):
        rules.check_pool_follows_one_measure(measures={4, 5}, measure=4)


def test_mea_07_a_measure_is_defined_once() -> None:
    """MEA-07"""
    rules.check_measure_is_new(exists=False, name="Absence")
    with refused("MEA-07", saying="Absence"):
        rules.check_measure_is_new(exists=True, name="Absence")


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_what_is_gained_turns_round_with_the_better_direction(over: float, to: float) -> None:
    up, down = (better.gain(over=over, to=to) for better in (Better.UP, Better.DOWN))
    assert up is not None
    assert down == -up
    assert (up > 0) == (to > over)
    assert Better.NEUTRAL.gain(over=over, to=to) is None


def test_what_is_gained_is_over_the_alternative_not_over_zero() -> None:
    assert Better.DOWN.gain(over=4.5, to=4.0) == 0.5
    assert Better.UP.gain(over=85.0, to=80.0) == -5.0


def test_mea_08_a_file_is_what_it_says() -> None:
    """MEA-08"""
    rules.check_file_can_be_read(fault="")
    with refused("MEA-08", saying="not a spreadsheet"):
        rules.check_file_can_be_read(fault="This is a picture, not a spreadsheet.")


def test_a_correction_changes_something() -> None:
    """MEA-09"""
    rules.check_correction_changes_something(held=4.0, value=4.1)
    with refused("MEA-09"):
        rules.check_correction_changes_something(held=4.0, value=4.0)


def test_a_file_says_whose_figure_for_when_and_how_much() -> None:
    """MEA-22"""
    rules.check_layout_is_complete(is_complete=True)
    with refused("MEA-22", saying="Say which columns"):
        rules.check_layout_is_complete(is_complete=False)


def test_a_file_that_is_kept_adds_something() -> None:
    """MEA-23"""
    rules.check_something_is_kept(figures=1)
    with refused("MEA-23", saying="nothing to keep"):
        rules.check_something_is_kept(figures=0)


def test_names_are_matched_while_a_file_waits() -> None:
    """MEA-24"""
    rules.check_upload_waits_for_answer(state="previewed", waits="previewed")
    with refused("MEA-24"):
        rules.check_upload_waits_for_answer(state="storing", waits="previewed")


@pytest.mark.parametrize(("measure", "is_kept"), [(2, True), (1, False)])
def test_a_name_means_a_series_of_its_files_own(measure: int, is_kept: bool) -> None:
    """MEA-25"""
    rules.check_name_means_its_own_measure(measure=1, wanted=1, is_kept_by_keeper=True)
    with refused("MEA-25"):
        rules.check_name_means_its_own_measure(measure=measure, wanted=1, is_kept_by_keeper=is_kept)


def test_a_series_that_goes_on_begins_on_its_day() -> None:
    """MEA-26"""
    rules.check_series_has_begun(MARCH, from_on=None)
    rules.check_series_has_begun(MARCH, from_on=MARCH)
    with refused("MEA-26", saying="before April 2030"):
        rules.check_series_has_begun(MARCH, from_on=date(2030, 4, 1))


def test_mea_27_what_a_contract_asks_for_is_given_to_it() -> None:
    """MEA-27"""
    rules.check_series_is_not_owed(is_owed=False, name="Dale")
    with refused("MEA-27", saying="asks for the figures of “Dale”"):
        rules.check_series_is_not_owed(is_owed=True, name="Dale")


def test_mea_28_what_is_being_kept_is_kept_to_its_end() -> None:
    """MEA-28"""
    rules.check_keeping_cannot_go_on(is_being_kept=False, fault="")
    rules.check_keeping_cannot_go_on(is_being_kept=True, fault="It stopped.")
    with refused("MEA-28", saying="being kept"):
        rules.check_keeping_cannot_go_on(is_being_kept=True, fault="")
