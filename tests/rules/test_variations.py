"""CON: what must be true of what changes after both sides have signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from makegood.contract import rules
from makegood.contract.rules import Owed
from makegood.contract.states import VARIATIONS, Mark, VariationState
from tests.rules.refusing import refused

START, END = date(2025, 4, 1), date(2027, 3, 31)


def test_what_is_not_in_force_is_not_varied() -> None:
    """CON-70."""
    rules.check_contract_is_in_force(is_in_force=True)
    with refused("CON-70"):
        rules.check_contract_is_in_force(is_in_force=False)


def test_a_variation_has_its_reason() -> None:
    """CON-71."""
    rules.check_variation_has_its_reason(reason="It opens later")
    with refused("CON-71"):
        rules.check_variation_has_its_reason(reason=" ")


def test_one_variation_at_a_time() -> None:
    """CON-72."""
    rules.check_one_variation_at_a_time(is_open=False)
    with refused("CON-72"):
        rules.check_one_variation_at_a_time(is_open=True)


def test_a_variation_changes_something() -> None:
    """CON-73."""
    rules.check_variation_changes_something(changes=True)
    with refused("CON-73"):
        rules.check_variation_changes_something(changes=False)


def test_what_was_proposed_stays() -> None:
    """CON-74."""
    rules.check_variation_is_being_written(is_drafting=True)
    with refused("CON-74"):
        rules.check_variation_is_being_written(is_drafting=False)


def test_an_answer_has_words() -> None:
    """CON-75."""
    rules.check_answer_has_words(words="Too late for us")
    with refused("CON-75"):
        rules.check_answer_has_words(words="")


@pytest.mark.parametrize(
    ("new_end", "extensions", "months", "is_fine"),
    [
        (date(2028, 3, 31), 1, 12, True),
        (date(2027, 9, 30), 2, 12, True),
        (date(2028, 4, 1), 2, 12, False),
        (date(2027, 3, 31), 1, 12, False),
        (None, 1, 12, False),
        (date(2028, 3, 31), None, None, False),
    ],
)
def test_an_option_is_used_as_it_was_signed(
    new_end: date | None, extensions: int | None, months: int | None, is_fine: bool
) -> None:
    """CON-76."""
    said = {"ends_on": END, "new_end": new_end, "extensions": extensions, "months": months}
    rules.check_extension_follows_its_option(**said, uses_option=False)  # type: ignore[arg-type]
    if is_fine:
        rules.check_extension_follows_its_option(**said, uses_option=True)  # type: ignore[arg-type]
        return
    with refused("CON-76"):
        rules.check_extension_follows_its_option(**said, uses_option=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ends_on", "months", "latest"),
    [
        (date(2026, 6, 30), 6, date(2026, 12, 31)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 30), 1, date(2027, 2, 28)),
        (date(2026, 6, 15), 6, date(2026, 12, 15)),
    ],
)
def test_an_option_goes_to_the_end_of_a_month_where_the_contract_did(
    ends_on: date, months: int, latest: date
) -> None:
    """CON-76."""
    said = {"ends_on": ends_on, "uses_option": True, "extensions": 1, "months": months}
    rules.check_extension_follows_its_option(**said, new_end=latest)  # type: ignore[arg-type]
    with refused("CON-76", saying=f"{latest:%-d %B %Y} at most"):
        rules.check_extension_follows_its_option(  # type: ignore[arg-type]
            **said, new_end=latest + timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("first", "last", "is_fine"),
    [
        (None, None, True),
        (START, START, True),
        (START, END, True),
        (START, None, False),
        (None, END, False),
        (END, START, False),
        (date(2025, 3, 31), END, False),
        (START, date(2027, 4, 1), False),
    ],
)
def test_a_suspension_has_its_days(first: date | None, last: date | None, is_fine: bool) -> None:
    """CON-77."""
    if is_fine:
        rules.check_suspension_is_whole(first=first, last=last, starts_on=START, ends_on=END)
        return
    with refused("CON-77"):
        rules.check_suspension_is_whole(first=first, last=last, starts_on=START, ends_on=END)


def test_a_variation_begins_in_its_contract() -> None:
    """CON-78."""
    rules.check_variation_begins_in_its_contract(START, starts_on=START, ends_on=END)
    for day in (date(2025, 3, 31), date(2027, 4, 1)):
        with refused("CON-78"):
            rules.check_variation_begins_in_its_contract(day, starts_on=START, ends_on=END)


def test_nothing_is_due_after_the_end() -> None:
    """CON-79."""
    rules.check_nothing_is_due_after_the_end([], ends_on=END)
    with refused("CON-79", saying="P-2 would be due"):
        rules.check_nothing_is_due_after_the_end(["P-2"], ends_on=END)


def test_an_end_has_its_reason() -> None:
    """CON-80."""
    rules.check_ending_has_its_reason(reason="Nobody came")
    with refused("CON-80"):
        rules.check_ending_has_its_reason(reason="")


def test_a_contract_ends_once() -> None:
    """CON-81."""
    rules.check_contract_ends_early_once(has_ended=False)
    with refused("CON-81"):
        rules.check_contract_ends_early_once(has_ended=True)


@pytest.mark.parametrize(
    ("end", "notice_on", "is_fine"),
    [
        (date(2026, 9, 30), date(2026, 1, 1), True),
        (date(2026, 7, 1), date(2026, 7, 1), True),
        (date(2026, 6, 30), date(2026, 1, 1), False),
        (date(2026, 9, 30), date(2026, 8, 1), False),
        (date(2025, 3, 1), date(2025, 2, 1), False),
        (END, date(2026, 1, 1), False),
    ],
)
def test_a_contract_ends_between_notice_and_last_day(
    end: date, notice_on: date, is_fine: bool
) -> None:
    """CON-82."""
    days = {"starts_on": START, "ends_on": END, "today": date(2026, 7, 1)}
    if is_fine:
        rules.check_it_ends_early(end, notice_on=notice_on, **days)
        return
    with refused("CON-82"):
        rules.check_it_ends_early(end, notice_on=notice_on, **days)


def test_a_contract_ends_neither_before_it_began_nor_once_it_is_over() -> None:
    """CON-82."""
    days = {"notice_on": date(2025, 2, 1), "starts_on": START, "ends_on": END}
    with refused("CON-82", saying="before it began"):
        rules.check_it_ends_early(date(2025, 3, 1), today=date(2025, 2, 1), **days)
    with refused("CON-82", saying="ended already"):
        rules.check_it_ends_early(date(2027, 3, 1), today=date(2027, 4, 1), **days)


@pytest.mark.parametrize(
    ("end", "months", "may_give", "is_fine"),
    [
        (date(2026, 7, 1), 6, True, True),
        (date(2026, 6, 30), 6, True, True),
        (date(2026, 6, 29), 6, True, False),
        (date(2026, 7, 1), 6, False, False),
        (date(2026, 7, 1), None, True, False),
    ],
)
def test_notice_is_given_as_it_was_signed(
    end: date, months: int | None, may_give: bool, is_fine: bool
) -> None:
    """CON-83."""
    said = {"notice_on": date(2026, 1, 1), "months": months, "may_give": may_give}
    if is_fine:
        rules.check_notice_was_long_enough(end, **said)  # type: ignore[arg-type]
        return
    with refused("CON-83"):
        rules.check_notice_was_long_enough(end, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("months", "earliest", "asked"),
    [(1, date(2026, 1, 31), "1 month’s notice"), (2, date(2026, 2, 28), "2 months’ notice")],
)
def test_the_earliest_day_said_is_one_that_is_accepted(
    months: int, earliest: date, asked: str
) -> None:
    """CON-83."""
    said = {"notice_on": date(2026, 1, 1), "months": months, "may_give": True}
    rules.check_notice_was_long_enough(earliest, **said)  # type: ignore[arg-type]
    words = f"{asked}: {earliest:%-d %B %Y} at the earliest"
    with refused("CON-83", saying=words):
        rules.check_notice_was_long_enough(earliest - timedelta(days=1), **said)  # type: ignore[arg-type]


def test_what_is_owed_no_more_is_weaker_and_nothing_else_is_said() -> None:
    owed = Owed(for_whom="staff", starts_on=START, due_on=END, better="down", target=4.2)
    released = Owed(for_whom="others", starts_on=START, due_on=END, is_released=True)
    [found] = rules.differences(owed, agreed=released)
    assert found.mark == Mark.RELEASED
    assert found.mark.weakens
    assert rules.differences(released, agreed=released) == []


def test_nothing_leads_out_of_what_is_final() -> None:
    for state in VariationState:
        assert bool(VARIATIONS.acts_from(state)) == state.is_open
