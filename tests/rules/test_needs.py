"""ART: what must be true of needs, their times, their alternative, and what is asked of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.articulate import rules
from tests.rules.refusing import refused

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TIMES = st.one_of(st.none(), st.integers(1, 400).map(lambda days: NOW + days * DAY))


@pytest.mark.parametrize(
    ("questions", "closes", "said"),
    [
        (NOW, None, "to come for questions."),
        (None, NOW, "to come for proposals."),
        (NOW - DAY, NOW + DAY, "to come for questions."),
        (NOW - DAY, NOW, "to come for questions and for proposals."),
        (NOW + 2 * DAY, NOW + DAY, "before proposals do"),
    ],
)
def test_art_19_times_are_to_come_in_order(
    questions: datetime | None, closes: datetime | None, said: str
) -> None:
    """ART-19"""
    with refused("ART-19", saying=said):
        rules.check_times_are_to_come_in_order(
            questions_close_at=questions, closes_at=closes, now=NOW
        )


def test_art_19_both_may_close_at_once_or_never() -> None:
    for times in ((None, None), (NOW + DAY, NOW + DAY), (NOW + DAY, None), (None, NOW + DAY)):
        rules.check_times_are_to_come_in_order(
            questions_close_at=times[0], closes_at=times[1], now=NOW
        )


def test_art_20_what_closed_takes_nothing_and_says_when() -> None:
    """ART-20"""
    rules.check_need_has_not_closed(closed_at=None)
    with refused("ART-20", saying="1 March 2026"):
        rules.check_need_has_not_closed(closed_at="1 March 2026 at 12:00")


@given(TIMES, TIMES, TIMES, TIMES)
def test_art_21_no_published_time_is_brought_forward(
    q: datetime | None, c: datetime | None, later_q: datetime | None, later_c: datetime | None
) -> None:
    """ART-21"""
    earlier = any(
        was is not None and (becomes is None or becomes < was)
        for was, becomes in ((q, later_q), (c, later_c))
    )
    if earlier or (q, c) == (later_q, later_c):
        with refused("ART-21"):
            rules.check_times_are_put_off(before=(q, c), after=(later_q, later_c))
    else:
        rules.check_times_are_put_off(before=(q, c), after=(later_q, later_c))


def test_art_22_and_23_a_change_has_a_reason_and_changes_something() -> None:
    """ART-22 ART-23"""
    rules.check_change_of_a_need_has_a_reason(reason="A wrong figure")
    rules.check_change_of_a_need_changes_something(is_same=False)
    with refused("ART-22"):
        rules.check_change_of_a_need_has_a_reason(reason=" \n")
    with refused("ART-23"):
        rules.check_change_of_a_need_changes_something(is_same=True)


@pytest.mark.parametrize(
    ("low", "high", "source"),
    [(1, None, "x"), (None, 1, "x"), (1, 2, " "), (None, None, "x"), (3, 2, "x")],
)
def test_art_24_a_cost_is_a_sourced_range(low: int | None, high: int | None, source: str) -> None:
    """ART-24"""
    amounts = {
        name: None if n is None else Decimal(n) for name, n in (("low", low), ("high", high))
    }
    with refused("ART-24"):
        rules.check_cost_is_a_sourced_range(**amounts, source=source)


def test_art_24_not_known_is_an_answer_and_so_is_nothing() -> None:
    rules.check_cost_is_a_sourced_range(low=None, high=None, source="")
    rules.check_cost_is_a_sourced_range(low=Decimal(0), high=Decimal(0), source="Volunteers do it")


def test_art_25_to_27_questions_and_answers() -> None:
    """ART-25 ART-26 ART-27"""
    rules.check_questions_are_taken(is_open=True)
    rules.check_declining_has_a_reason(reason="It is in the papers")
    rules.check_answer_says_something(answer="Yes")
    with refused("ART-25"):
        rules.check_questions_are_taken(is_open=False)
    with refused("ART-26"):
        rules.check_declining_has_a_reason(reason="")
    with refused("ART-27"):
        rules.check_answer_says_something(answer=" ")


def test_art_28_to_30_invitations() -> None:
    """ART-28 ART-29 ART-30"""
    rules.check_provider_is_invited(is_kept_out=False, commissioner="Valley Council")
    rules.check_keeping_others_out_has_a_reason(is_by_invitation=False, reason="")
    rules.check_keeping_others_out_has_a_reason(is_by_invitation=True, reason="A pilot")
    rules.check_a_provider_is_invited(is_provider=True, name="Moor View Care")
    with refused("ART-28", saying="Valley Council"):
        rules.check_provider_is_invited(is_kept_out=True, commissioner="Valley Council")
    with refused("ART-29"):
        rules.check_keeping_others_out_has_a_reason(is_by_invitation=True, reason=" ")
    with refused("ART-30", saying="Valley Council"):
        rules.check_a_provider_is_invited(is_provider=False, name="Valley Council")


def test_art_64_what_was_thrown_away_is_left_alone() -> None:
    """ART-64"""
    rules.check_need_was_not_thrown_away(is_discarded=False)
    with refused("ART-64", saying="Write a new one"):
        rules.check_need_was_not_thrown_away(is_discarded=True)
