"""Which periods owe a figure, by when, and who is reminded: plain arithmetic of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.capture.owing import (
    Agreed,
    DueState,
    Reminding,
    Span,
    Stage,
    name_span,
    spans_before,
    spans_owed,
    stages_of,
    state_of,
)
from makegood.kernel.period import Frequency

START, END = date(2024, 4, 1), date(2026, 3, 31)
REMINDING = Reminding(before=7, after=3, long_after=21)


def terms(every: Frequency = Frequency.MONTH, *, from_on: date = START, days: int = 20) -> Agreed:
    return Agreed(from_on=from_on, every=every, within_days=days)


def owed(*agreed: Agreed, today: date = date(2030, 1, 1), **more: object) -> list[Span]:
    said = {"last_on": END, "asked_from": date(2024, 3, 1)} | more
    return spans_owed(agreed or [terms()], today=today, **said)  # type: ignore[arg-type]


def test_every_month_of_a_contract_owes_a_figure_and_no_other() -> None:
    found = owed()
    assert len(found) == 24
    assert (found[0].first, found[-1].last) == (START, END)
    assert found[0].due_on == date(2024, 5, 20)


@pytest.mark.parametrize(("every", "count"), [("month", 24), ("quarter", 8), ("year", 2)])
def test_periods_are_as_long_as_was_agreed(every: str, count: int) -> None:
    assert len(owed(terms(Frequency(every)))) == count


def test_what_has_not_begun_owes_nothing_yet() -> None:
    found = owed(today=date(2024, 6, 15))
    assert [span.first.month for span in found] == [4, 5, 6]
    assert found[-1].last == date(2024, 6, 30)


def test_nothing_is_due_before_the_contract_was_in_force() -> None:
    assert owed(asked_from=date(2025, 1, 10))[0].due_on == date(2025, 1, 30)


def test_the_last_period_ends_with_the_contract() -> None:
    last = owed(last_on=date(2024, 8, 15))[-1]
    assert (last.first, last.last) == (date(2024, 8, 1), date(2024, 8, 15))


def test_a_period_all_through_which_it_rests_owes_none_and_none_falls_due_then() -> None:
    rest = (date(2024, 5, 10), date(2024, 6, 30))
    found = {span.first.month: span for span in owed(rests=[rest], last_on=date(2024, 7, 31))}
    assert set(found) == {4, 5, 7}
    assert found[4].due_on == found[5].due_on == date(2024, 7, 20)


def test_from_the_day_it_is_varied_figures_come_as_varied() -> None:
    varied = terms(Frequency.QUARTER, from_on=date(2025, 4, 1), days=10)
    found = owed(terms(), varied)
    assert len(found) == 12 + 4
    assert found[12].last == date(2025, 6, 30)
    assert found[12].due_on == date(2025, 7, 10)


@given(
    months=st.integers(1, 60),
    days=st.integers(1, 180),
    every=st.sampled_from(list(Frequency)),
    start=st.dates(date(2010, 1, 1), date(2030, 1, 1)),
)
def test_periods_follow_one_another_without_a_gap(
    months: int, days: int, every: Frequency, start: date
) -> None:
    last_on = start + timedelta(days=30 * months)
    found = spans_owed(
        [terms(every, from_on=start, days=days)],
        last_on=last_on,
        today=date.max,
        asked_from=start,
    )
    assert found[0].first <= start
    assert found[-1].last == last_on
    for one, after in pairwise(found):
        assert one.last + timedelta(days=1) == after.first
    assert all(span.due_on > span.last for span in found)


@pytest.mark.parametrize(("every", "count"), [("month", 12), ("quarter", 4), ("year", 1)])
def test_the_year_before_is_asked_for_once_and_never_late(every: str, count: int) -> None:
    found = spans_before([terms(Frequency(every))], starts_on=START)
    assert len(found) == count
    assert found[0].first == date(2023, 4, 1)
    assert found[-1].last == date(2024, 3, 31)
    assert all(state_of(span, today=date(2030, 1, 1)) != DueState.LATE for span in found)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2024, 4, 30), DueState.NOT_YET),
        (date(2024, 5, 1), DueState.DUE),
        (date(2024, 5, 20), DueState.DUE),
        (date(2024, 5, 21), DueState.LATE),
    ],
)
def test_a_figure_is_late_the_day_after_it_was_due(today: date, state: DueState) -> None:
    assert state_of(owed()[0], today=today) == state


@pytest.mark.parametrize(
    ("today", "stages"),
    [
        (date(2024, 4, 25), []),
        (date(2024, 5, 12), []),
        (date(2024, 5, 13), [Stage.SOON]),
        (date(2024, 5, 20), [Stage.SOON]),
        (date(2024, 5, 22), []),
        (date(2024, 5, 23), [Stage.LATE]),
        (date(2024, 6, 9), [Stage.LATE]),
        (date(2024, 6, 10), [Stage.LATE, Stage.LONG]),
    ],
)
def test_reminders_go_out_before_and_after_the_day(today: date, stages: list[Stage]) -> None:
    assert stages_of(owed()[0], today=today, reminding=REMINDING) == stages


def test_nobody_is_reminded_of_a_time_that_is_not_over() -> None:
    span = Span(first=START, last=date(2024, 4, 30), due_on=date(2024, 5, 3))
    assert stages_of(span, today=date(2024, 4, 29), reminding=REMINDING) == []


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2024, 4, 1), date(2024, 4, 30), "April 2024"),
        (date(2024, 4, 1), date(2024, 6, 30), "April to June 2024"),
        (date(2024, 11, 1), date(2025, 1, 31), "November 2024 to January 2025"),
    ],
)
def test_periods_have_names(first: date, last: date, name: str) -> None:
    assert name_span(first, last) == name
