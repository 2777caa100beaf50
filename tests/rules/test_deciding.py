"""CON: what must be true of deciding between proposals, and of waiting before a decision is public."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.contract import rules
from makegood.kernel.working_days import bank_holidays, is_working_day, last_working_day
from tests.rules.refusing import refused

ENDS_AT = datetime(2026, 12, 1, tzinfo=UTC)


def test_nobody_joins_a_panel_whose_scores_are_sent() -> None:
    rules.check_panel_is_whole_before_scores(is_any_sent=False)
    with refused("CON-68"):
        rules.check_panel_is_whole_before_scores(is_any_sent=True)


def test_con_36_what_competed_is_decided_together() -> None:
    """CON-36"""
    rules.check_what_competed_is_decided_together(takes_proposals=False, rivals=0)
    for rivals, saying in ((1, "another proposal waits"), (3, "3 others wait")):
        with refused("CON-36", saying=saying):
            rules.check_what_competed_is_decided_together(takes_proposals=False, rivals=rivals)
    with refused("CON-36", saying="Close it first"):
        rules.check_what_competed_is_decided_together(takes_proposals=True, rivals=0)


def test_con_37_an_interest_is_declared_whole() -> None:
    """CON-37"""
    none = {"is_declared": False, "has_interest": False, "names_proposal": False, "words": ""}
    rules.check_interest_is_declared_whole(**none)
    one = none | {"has_interest": True, "names_proposal": True, "words": "My sister"}
    rules.check_interest_is_declared_whole(**one)
    for changes in ({"names_proposal": False}, {"words": " "}):
        with refused("CON-37", saying="in which proposal"):
            rules.check_interest_is_declared_whole(**one | changes)
    with refused("CON-37", saying="already"):
        rules.check_interest_is_declared_whole(**none | {"is_declared": True})


def test_con_38_who_is_not_chosen_is_told_why() -> None:
    """CON-38"""
    rules.check_who_is_not_chosen_is_told_why(untold=[])
    with refused("CON-38", saying="Care, Home"):
        rules.check_who_is_not_chosen_is_told_why(untold=["Care", "Home"])


def test_con_39_one_confirms_what_one_has_read() -> None:
    """CON-39"""
    rules.check_decisions_are_those_read(is_as_read=True)
    with refused("CON-39", saying="Read it again"):
        rules.check_decisions_are_those_read(is_as_read=False)


def test_con_40_nobody_is_left_waiting() -> None:
    """CON-40"""
    rules.check_nobody_is_left_waiting(waiting=2, undecided=[])
    with refused("CON-40", saying="on Care first"):
        rules.check_nobody_is_left_waiting(waiting=2, undecided=["Care"])
    with refused("CON-40", saying="No proposal waits"):
        rules.check_nobody_is_left_waiting(waiting=0, undecided=[])


def test_con_41_what_is_chosen_stands_still_first() -> None:
    """CON-41"""
    rules.check_nothing_stands_still(stands_still=False)
    with refused("CON-41", saying="has ended"):
        rules.check_nothing_stands_still(stands_still=True)


def test_con_42_a_standstill_ends_in_its_time() -> None:
    """CON-42"""
    rules.check_standstill_is_over(ends_at=ENDS_AT, unanswered=0, now=ENDS_AT)
    with refused("CON-42", saying="until 1 December 2026"):
        early = ENDS_AT - timedelta(seconds=1)
        rules.check_standstill_is_over(ends_at=ENDS_AT, unanswered=0, now=early)
    with refused("CON-42", saying="waits for its answer"):
        rules.check_standstill_is_over(ends_at=ENDS_AT, unanswered=1, now=ENDS_AT)


def test_con_43_who_was_not_chosen_may_challenge() -> None:
    """CON-43"""
    may = {"is_decided": True, "stands_still": True, "was_chosen": False, "is_challenged": False}
    rules.check_decision_can_be_challenged(**may)
    with refused("CON-43", saying="Nothing is decided yet"):
        rules.check_decision_can_be_challenged(**may | {"is_decided": False})
    with refused("CON-43", saying="was chosen"):
        rules.check_decision_can_be_challenged(**may | {"was_chosen": True})
    with refused("CON-43", saying="already"):
        rules.check_decision_can_be_challenged(**may | {"is_challenged": True})
    with refused("CON-43", saying="is over"):
        rules.check_decision_can_be_challenged(**may | {"stands_still": False})


def test_con_44_a_challenge_is_answered_once_in_words() -> None:
    """CON-44"""
    rules.check_challenge_is_answered_once(answer="No", is_answered=False)
    with refused("CON-44", saying="already"):
        rules.check_challenge_is_answered_once(answer="No", is_answered=True)
    with refused("CON-44", saying="Write the answer"):
        rules.check_challenge_is_answered_once(answer=" ", is_answered=False)


def test_con_45_one_weighs_by_what_was_said_beforehand() -> None:
    """CON-45"""
    whole = {"names": ["A", "B"], "weights": [60, 40], "takes_proposals": True}
    rules.check_criteria_are_whole(**whole)
    rules.check_criteria_are_whole(names=[], weights=[], takes_proposals=True)
    for changes, saying in (
        ({"weights": [60, 60]}, "make 120 together"),
        ({"names": ["A", " a"]}, "the same name"),
        ({"weights": [100, 0]}, "at least 1"),
        ({"names": ["A", " "]}, "Give each criterion a name"),
        ({"takes_proposals": False}, "has closed"),
    ):
        with refused("CON-45", saying=saying):
            rules.check_criteria_are_whole(**whole | changes)


def test_con_46_interests_come_first() -> None:
    """CON-46"""
    rules.check_interests_come_first(is_declared=True, has_interest=False)
    with refused("CON-46", saying="Say first"):
        rules.check_interests_come_first(is_declared=False, has_interest=False)
    with refused("CON-46", saying="give none"):
        rules.check_interests_come_first(is_declared=True, has_interest=True)


def test_con_47_scores_are_whole() -> None:
    """CON-47"""
    whole = {"is_closed": True, "waits": True, "missing": []}
    rules.check_scores_are_whole(**whole)
    for changes, saying in (
        ({"missing": ["Care", "Home"]}, "for Care, Home"),
        ({"is_closed": False}, "once it has closed"),
        ({"waits": False}, "decided"),
    ):
        with refused("CON-47", saying=saying):
            rules.check_scores_are_whole(**whole | changes)


def test_con_48_each_scores_alone() -> None:
    """CON-48"""
    rules.check_each_scores_alone(is_sent=True, is_reading=True)
    rules.check_each_scores_alone(is_sent=False, is_reading=False)
    with refused("CON-48", saying="your own scores first"):
        rules.check_each_scores_alone(is_sent=False, is_reading=True)
    with refused("CON-48", saying="with a reason"):
        rules.check_each_scores_alone(is_sent=True, is_reading=False)


def test_con_49_a_changed_score_says_why() -> None:
    """CON-49"""
    rules.check_changed_score_says_why(reason="We talked", is_same=False)
    with refused("CON-49", saying="Say why"):
        rules.check_changed_score_says_why(reason=" ", is_same=False)
    with refused("CON-49", saying="the points it has"):
        rules.check_changed_score_says_why(reason="We talked", is_same=True)


def test_bank_holidays_are_those_that_were_published() -> None:
    """As GOV.UK published them for England and Wales."""
    assert bank_holidays(2026) == {
        *(date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)),
        *(date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28)),
    }
    assert {date(2027, 3, 26), date(2027, 12, 27), date(2027, 12, 28)} < bank_holidays(2027)
    assert date(2028, 1, 3) in bank_holidays(2028)


@pytest.mark.parametrize("year", range(2024, 2040))
def test_a_year_has_eight_bank_holidays_none_at_a_weekend(year: int) -> None:
    held = bank_holidays(year)
    assert len(held) == 8
    assert all(day.weekday() < 5 for day in held)


def test_the_first_day_counts_where_it_is_a_working_day() -> None:
    assert last_working_day(date(2026, 12, 18), days=8) == date(2026, 12, 31)
    assert last_working_day(date(2026, 11, 21), days=1) == date(2026, 11, 23)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_as_many_working_days_are_counted_as_asked_for(first: date, days: int) -> None:
    last = last_working_day(first, days=days)
    span = (first + timedelta(days=at) for at in range((last - first).days + 1))
    assert sum(map(is_working_day, span)) == days
    assert is_working_day(last)
