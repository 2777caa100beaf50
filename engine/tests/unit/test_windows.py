"""Which periods are compared."""

from datetime import date

import numpy as np
import pytest

from makegood_engine.effect import Calendar, Windows, pace_of, windows_for

MONTHS = [date(2014 + m // 12, m % 12 + 1, 1) for m in range(60)]


def windows(
    periods: list[date], starts_on: date, due_on: date, until: date | None = None
) -> tuple[list[date], list[date], Windows]:
    calendar = Calendar.over(periods)
    by_column = {calendar.column(day): day for day in periods}
    step, phase = pace_of(np.array(sorted(by_column), dtype=np.int64))
    last = calendar.width - 1 if until is None else calendar.column_at(until)
    found = windows_for(
        calendar, (step, int(phase)), starts_on=starts_on, due_on=due_on, until=last
    )
    spans = (range(*found.before, found.step), range(*found.after, found.step))
    before, after = ([by_column[c] for c in span if c in by_column] for span in spans)
    return before, after, found


def test_a_year_before_the_start_and_the_last_year_to_the_due_date() -> None:
    before, after, found = windows(MONTHS, date(2016, 4, 1), date(2018, 3, 31))
    assert (before[0], before[-1], len(before)) == (date(2015, 4, 1), date(2016, 3, 1), 12)
    assert (after[0], after[-1], len(after)) == (date(2017, 4, 1), date(2018, 3, 1), 12)
    assert (found.season, found.needed, found.annual) == (12, 11, False)


def test_a_month_in_which_the_start_falls_is_in_neither() -> None:
    before, after, _ = windows(MONTHS, date(2016, 4, 15), date(2017, 4, 30))
    assert before[-1] == date(2016, 3, 1)
    assert after[0] == date(2016, 5, 1)


def test_nothing_before_the_start_counts_as_after() -> None:
    _, after, _ = windows(MONTHS, date(2016, 4, 1), date(2016, 9, 30))
    assert after == MONTHS[27:33]


def test_a_look_ends_the_after_window() -> None:
    _, after, _ = windows(MONTHS, date(2016, 4, 1), date(2018, 3, 31), until=date(2016, 8, 20))
    assert after == MONTHS[27:32]
    _, none, _ = windows(MONTHS, date(2016, 4, 1), date(2018, 3, 31), until=date(2016, 1, 1))
    assert none == []


def test_quarters_make_twelve_quarters() -> None:
    before, after, found = windows(MONTHS[::3], date(2017, 1, 1), date(2018, 12, 31))
    assert (before[0], before[-1], len(before)) == (date(2014, 1, 1), date(2016, 10, 1), 12)
    assert (len(after), found.season, found.needed) == (8, 4, 6)


def test_years_are_annual() -> None:
    assert windows(MONTHS[::12], date(2016, 1, 1), date(2018, 1, 1))[2].annual


def test_weeks_make_a_year_of_weeks() -> None:
    weeks = [date.fromordinal(date(2014, 1, 6).toordinal() + 7 * i) for i in range(200)]
    before, after, found = windows(weeks, weeks[80], weeks[150])
    assert (len(before), len(after), found.step, found.season) == (52, 52, 7, 52)
    assert before[-1] == weeks[79]
    assert after[-1] == weeks[150]


@pytest.mark.parametrize("day", [date(2013, 1, 1), date(2030, 1, 1)])
def test_a_start_outside_the_figures_is_answered(day: date) -> None:
    before, after, _ = windows(MONTHS, day, date(2031, 1, 1))
    assert len(before) <= 12
    assert len(after) <= 12
