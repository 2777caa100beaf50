"""ART: what must be true of needs, proposals and promises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.articulate import rules
from tests.rules.refusing import refused


@pytest.mark.parametrize(
    ("has_measure", "baseline", "target"),
    [(False, 5.0, 4.0), (True, None, 4.0), (True, 5.0, None)],
)
def test_art_01_a_promise_in_numbers_lacks_nothing(
    has_measure: bool, baseline: float | None, target: float | None
) -> None:
    """ART-01"""
    with refused("ART-01"):
        rules.check_promise_in_numbers_can_be_measured(
            in_numbers=True,
            has_measure=has_measure,
            baseline=baseline,
            alternative=None,
            target=target,
        )


@pytest.mark.parametrize("given_one", ["has_measure", "baseline", "alternative", "target"])
def test_art_01_a_promise_by_stories_alone_has_no_figures(given_one: str) -> None:
    """ART-01"""
    nothing = {"has_measure": False, "baseline": None, "alternative": None, "target": None}
    rules.check_promise_in_numbers_can_be_measured(in_numbers=False, **nothing)
    with refused("ART-01", saying="By both"):
        rules.check_promise_in_numbers_can_be_measured(
            in_numbers=False, **(nothing | {given_one: given_one == "has_measure" or 0.0})
        )


def test_art_01_zero_is_a_figure() -> None:
    rules.check_promise_in_numbers_can_be_measured(
        in_numbers=True, has_measure=True, baseline=0.0, alternative=None, target=0.0
    )


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(0, 4000))
def test_art_02_a_promise_is_due_after_it_starts(starts_on: date, days: int) -> None:
    """ART-02"""
    due_on = starts_on + timedelta(days=days + 1)
    rules.check_promise_is_due_after_it_starts(starts_on=starts_on, due_on=due_on)
    with refused("ART-02", saying="later date"):
        rules.check_promise_is_due_after_it_starts(starts_on=due_on, due_on=starts_on)
    with refused("ART-02"):
        rules.check_promise_is_due_after_it_starts(starts_on=due_on, due_on=due_on)


def test_art_03_a_proposal_promises_something() -> None:
    """ART-03"""
    rules.check_proposal_promises_something(promises=1)
    with refused("ART-03", saying="at least one promise"):
        rules.check_proposal_promises_something(promises=0)


@pytest.mark.parametrize(
    ("low", "high", "source"),
    [(1, None, ""), (None, 2, ""), (1, 2, " "), (None, None, "a study"), (1, None, "a study")],
)
def test_art_04_worth_is_whole_or_not_given(low: int | None, high: int | None, source: str) -> None:
    """ART-04"""
    with refused("ART-04"):
        rules.check_worth_is_a_sourced_range(low=low, high=high, source=source)


@pytest.mark.parametrize(
    ("low", "high", "source"), [(None, None, ""), (1, 2, "a study"), (0, 0, "a study")]
)
def test_art_04_worth_may_be_a_range_or_nothing(
    low: int | None, high: int | None, source: str
) -> None:
    rules.check_worth_is_a_sourced_range(low=low, high=high, source=source)


def test_art_05_a_promise_stays_as_it_was_proposed() -> None:
    """ART-05"""
    rules.check_proposal_is_a_draft(is_draft=True)
    with refused("ART-05", saying="stay as they are"):
        rules.check_proposal_is_a_draft(is_draft=False)


def test_art_06_proposals_answer_an_open_need() -> None:
    """ART-06"""
    rules.check_need_is_open(is_open=True)
    with refused("ART-06"):
        rules.check_need_is_open(is_open=False)


def test_art_10_a_proposal_has_somebody_to_decide_on_it() -> None:
    """ART-10"""
    rules.check_somebody_decides_on_it(closed_on=None, commissioner="Valley Council")
    with refused("ART-10", saying="Valley Council closed on 1 April 2026"):
        rules.check_somebody_decides_on_it(
            closed_on=date(2026, 4, 1), commissioner="Valley Council"
        )


def test_art_07_a_figure_outside_its_measure_is_named() -> None:
    """ART-07"""
    with refused("ART-07", saying="The target cannot be above 100."):
        rules.check_figures_are_within_their_measure(
            {"baseline": 5.0, "target": 100.5}, lowest=0, highest=100
        )
    with refused("ART-07", saying="The baseline cannot be below 0."):
        rules.check_figures_are_within_their_measure(
            {"baseline": -0.1, "target": 5.0}, lowest=0, highest=100
        )


def test_art_07_the_ends_are_possible_and_nothing_is_not_a_figure() -> None:
    rules.check_figures_are_within_their_measure(
        {"baseline": 0.0, "target": 100.0, "alternative": None}, lowest=0, highest=100
    )
    rules.check_figures_are_within_their_measure({"target": -1e9}, lowest=None, highest=None)


def test_a_thing_is_said_once() -> None:
    """ART-08"""
    rules.check_it_is_said_once(exists=False, what="promise")
    with refused("ART-08", saying="promise"):
        rules.check_it_is_said_once(exists=True, what="promise")


def test_art_09_a_promise_left_out_stays_out() -> None:
    """ART-09"""
    rules.check_promise_stands(is_struck_out=False)
    with refused("ART-09", saying="left out"):
        rules.check_promise_stands(is_struck_out=True)


def test_art_16_a_role_is_worth_nothing_elsewhere() -> None:
    """ART-16"""
    rules.check_role_holds_here(only=[], organisation="Moor View")
    with refused("ART-16", saying="only in East, West"):
        rules.check_role_holds_here(only=["West", "East"], organisation="Moor View")


def test_art_17_no_role_is_widened_by_the_way() -> None:
    """ART-17"""
    rules.check_no_role_is_widened_by_the_way(is_wider=False, role="signatory", person="Bob")
    with refused("ART-17", saying="Bob is signatory already"):
        rules.check_no_role_is_widened_by_the_way(is_wider=True, role="signatory", person="Bob")


def test_art_18_a_role_that_is_narrowed_is_held() -> None:
    """ART-18"""
    rules.check_a_role_that_is_narrowed_is_held(has_ended=False, role="editor")
    with refused("ART-18", saying="Nothing was narrowed"):
        rules.check_a_role_that_is_narrowed_is_held(has_ended=True, role="editor")


def test_art_11_an_owner_is_not_narrowed() -> None:
    """ART-11"""
    rules.check_owner_is_owner_everywhere(is_owner=False)
    with refused("ART-11"):
        rules.check_owner_is_owner_everywhere(is_owner=True)


@pytest.mark.parametrize(("is_auditing", "is_operator"), [(True, True), (False, False)])
def test_art_12_an_operator_narrows_auditors(is_auditing: bool, is_operator: bool) -> None:
    """ART-12"""
    rules.check_operator_says_what_auditors_read(is_auditing=is_auditing, is_operator=is_operator)
    with refused("ART-12"):
        rules.check_operator_says_what_auditors_read(is_auditing=True, is_operator=False)


def test_art_13_what_is_withheld_has_its_reason() -> None:
    """ART-13"""
    rules.check_withheld_part_has_a_reason(reason="A tender")
    with refused("ART-13"):
        rules.check_withheld_part_has_a_reason(reason=" ")


@pytest.mark.parametrize(
    ("until_on", "saying"),
    [(date(2026, 3, 1), "to come"), (date(2031, 3, 2), "5 years"), (date(9999, 1, 1), "5 years")],
)
def test_art_14_nothing_is_withheld_for_good(until_on: date, saying: str) -> None:
    """ART-14"""
    asked = {"today": date(2026, 3, 1), "most_years": 5}
    rules.check_withheld_part_is_shown_again(date(2031, 3, 1), **asked)
    with refused("ART-14", saying=saying):
        rules.check_withheld_part_is_shown_again(until_on, **asked)


def test_art_15_a_part_is_withheld_once() -> None:
    """ART-15"""
    rules.check_proposal_part_is_withheld_once(is_withheld=False)
    with refused("ART-15"):
        rules.check_proposal_part_is_withheld_once(is_withheld=True)
