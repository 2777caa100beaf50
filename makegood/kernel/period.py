"""Periods by their first day: months, quarters and years, counted and named."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often a measure is taken."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Return how many months one period lasts."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]

    @property
    def adverb(self) -> str:
        """Return how one says it: monthly, quarterly or yearly."""
        return f"{self.value}ly"


def first_day(day: date) -> date:
    """Return the first day of the month that holds ``day``."""
    return day.replace(day=1)


def first_day_of_quarter(day: date) -> date:
    """Return the first day of the quarter of the calendar year that holds ``day``."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def add_months(day: date, months: int) -> date:
    """Return the first of the month ``months`` after the month of ``day`` (before, if negative)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def periods(start: date, end: date, *, every: Frequency = Frequency.MONTH) -> Iterator[date]:
    """Yield the first day of each period from ``start`` to ``end``, both included."""
    day = first_day(start)
    while day <= end:
        yield day
        day = add_months(day, every.months)


def shift_months(day: date, months: int) -> date:
    """Return the same day ``months`` later (before, if negative); the month's last, where it is shorter."""
    first = add_months(day, months)
    last = add_months(first, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def extend_months(last: date, months: int) -> date:
    """Return the last day of what ended on ``last``, made ``months`` longer; the end of a month stays one."""
    after = last + timedelta(days=1)
    if after.day > 1:
        return shift_months(last, months)
    return shift_months(after, months) - timedelta(days=1)


def name_month(day: date) -> str:
    """Return ``April 2016``."""
    return f"{day:%B %Y}"


def is_beyond_years(day: date, *, today: date, years: int) -> bool:
    """Return whether ``day`` is later than ``years`` years from ``today``."""
    return (day.year - years, day.month, day.day) > (today.year, today.month, today.day)


def in_years(count: int) -> str:
    """Return ``1 year`` or ``3 years``."""
    return f"{count} year{'' if count == 1 else 's'}"
