"""How people write months, quarters and years, and which one they mean."""

import re
from calendar import month_name, monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from makegood.kernel.period import Frequency, add_months, first_day

SERIAL_NONE = date(1899, 12, 30)
"""The day before the first, as spreadsheets number days."""
SERIALS = range(20_000, 80_000)
YEARS = range(1800, 2201)
DECEMBER = 12
A_FULL_YEAR = 4
LONGEST = 40
A_MONTH, A_QUARTER, A_YEAR = (each.months for each in Frequency)
MONTHS = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}
NAMES = {name.lower(): number for number, name in enumerate(month_name) if name}
SHORT = {**MONTHS, **NAMES, "sept": 9}
_name = r"(?P<name>[A-Za-z]{3,9})"
_year = r"(?P<year>\d{4}|\d{2})"
ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[ T].*)?")
DAY = re.compile(r"(?P<one>\d{1,2})[-/. ](?P<two>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})(?:[ T].*)?")
NAMED_DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+{_name}[-/., ]+{_year}")
NAMED = re.compile(rf"{_name}[-/.,’' ]*{_year}")
TURNED = re.compile(rf"(?P<year>\d{{4}})[-/., ]*{_name}")
YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})")
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
SPAN = re.compile(r"(?:FY ?)?(?P<year>\d{4})[-/–](?P<next>\d{4}|\d{2})", re.IGNORECASE)
ONE_YEAR = re.compile(r"(?P<year>\d{4})")
QUARTER = re.compile(
    r"(?:Q(?:uarter|tr)? ?(?P<q>[1-4])[-/, ]*(?P<of>\d{4}(?:[-/–]\d{2,4})?)"
    r"|(?P<of2>\d{4}(?:[-/–]\d{2,4})?)[-/, ]*Q(?:uarter|tr)? ?(?P<q2>[1-4]))",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?P<first>[A-Za-z]{3,9}[ -]?\d{4}) ?(?:-|–|to) ?(?P<last>[A-Za-z]{3,9}[ -]?\d{4})"
)


class DayOrder(StrEnum):
    """Which comes first in 01/04/2024."""

    DAY = "day"
    MONTH = "month"

    @property
    def words(self) -> str:
        """Return the order as people say it."""
        shown = {"day": "01/04/2024", "month": "04/01/2024"}[self.value]
        return f"the {self} first: {shown} is 1 April"


class BadPeriod(ValueError):
    """A cell that is no period; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its first day; ``months`` is how long it lasts, or None of a day alone."""

    first: date
    months: int | None


def day_order_of(cell: str) -> DayOrder | None:
    """Return which comes first in a day such as 13/04/2024; None where it could be either, or is no day."""
    found = DAY.fullmatch(cell)
    if found is None:
        return None
    one, two = int(found["one"]), int(found["two"])
    if one > DECEMBER >= two:
        return DayOrder.DAY
    return DayOrder.MONTH if two > DECEMBER >= one else None


def is_either_way(cell: str) -> bool:
    """Return whether ``cell`` is a day that reads both ways, and means two different days."""
    found = DAY.fullmatch(cell)
    return found is not None and day_order_of(cell) is None and found["one"] != found["two"]


def reads_as_period(cell: str) -> bool:
    """Return whether ``cell`` can be read as a period at all."""
    return bool(cell) and read_period(cell) is not None


def read_period(
    cell: str, *, order: DayOrder = DayOrder.DAY, every: Frequency = Frequency.MONTH
) -> Period | None:
    """Return the period that ``cell`` names, or None. ``every`` decides what reads two ways: 2011-12."""
    text = " ".join(cell.split())
    if len(text) > LONGEST or not any(sign.isdigit() for sign in text):
        return None
    readers = (_span, _month, _day, _quarter, _range, _serial)
    for reader in readers:
        with suppress(ValueError, KeyError):
            found = reader(text, order, every)
            if found is not None and found.first.year in YEARS:
                return found
    return None


def period_for(
    cell: str, *, order: DayOrder = DayOrder.DAY, every: Frequency = Frequency.MONTH
) -> date:
    """Return the first day of the period of a measure taken ``every`` so often, or say why not."""
    found = read_period(cell, order=order, every=every)
    if found is None:
        raise BadPeriod(f"“{cell[:40]}” is not a period. Write it like 2024-04-01 or April 2024.")
    if found.months is None:
        return _whole(found.first, cell)
    if found.months > every.months:
        longer = "quarter" if found.months == A_QUARTER else "year"
        raise BadPeriod(f"“{cell[:40]}” is a {longer}. This measure is taken every {every}.")
    return found.first


def _whole(day: date, cell: str) -> date:
    """Return the month that a day stands for: the first day of it does, and the last."""
    last = monthrange(day.year, day.month)[1]
    if day.day not in {1, last}:
        raise BadPeriod(
            f"“{cell[:40]}” is a day within a month. Use the first day: {first_day(day)}."
        )
    return first_day(day)


def _number(name: str) -> int:
    return SHORT[name.lower()]


def _year_of(text: str) -> int:
    return int(text) + (2000 if len(text) < A_FULL_YEAR else 0)


def _day(text: str, order: DayOrder, _: Frequency) -> Period | None:
    if found := ISO.fullmatch(text):
        return Period(date(int(found["year"]), int(found["month"]), int(found["day"])), None)
    if found := NAMED_DAY.fullmatch(text):
        year, named = _year_of(found["year"]), _number(found["name"])
        return Period(date(year, named, int(found["day"])), None)
    if found := DAY.fullmatch(text):
        one, two = int(found["one"]), int(found["two"])
        is_day_first = (day_order_of(text) or order) is DayOrder.DAY
        day, month = (one, two) if is_day_first else (two, one)
        return Period(date(_year_of(found["year"]), month, day), None)
    return None


def _month(text: str, _: DayOrder, __: Frequency) -> Period | None:
    for form in (NAMED, TURNED):
        if found := form.fullmatch(text):
            return Period(date(_year_of(found["year"]), _number(found["name"]), 1), A_MONTH)
    for form in (YEAR_MONTH, MONTH_YEAR):
        if found := form.fullmatch(text):
            return Period(date(int(found["year"]), int(found["month"]), 1), A_MONTH)
    return None


def _span(text: str, _: DayOrder, every: Frequency) -> Period | None:
    """Read a year: 2024, or 2024/25, which begins in April; 2011-12 is a month where months are measured."""
    if found := ONE_YEAR.fullmatch(text):
        return Period(date(int(found["year"]), 1, 1), A_YEAR)
    found = SPAN.fullmatch(text)
    if found is None or not _follows(found["year"], found["next"]):
        return None
    is_short = len(found["next"]) < A_FULL_YEAR and int(found["next"]) <= DECEMBER
    is_a_month = is_short and every is not Frequency.YEAR
    return None if is_a_month else Period(date(int(found["year"]), 4, 1), A_YEAR)


def _follows(year: str, following: str) -> bool:
    return (int(year) + 1) % 10 ** len(following) == int(following)


def _quarter(text: str, _: DayOrder, __: Frequency) -> Period | None:
    """Read a quarter: of a calendar year, or of one that begins in April (2024/25 Q1)."""
    found = QUARTER.fullmatch(text)
    if found is None:
        return None
    number, of = int(found["q"] or found["q2"]), found["of"] or found["of2"]
    is_calendar = len(of) == A_FULL_YEAR
    begins = date(int(of[:4]), 1 if is_calendar else 4, 1)
    if not is_calendar and not _follows(of[:4], of[5:]):
        return None
    return Period(add_months(begins, (number - 1) * A_QUARTER), A_QUARTER)


def _range(text: str, order: DayOrder, every: Frequency) -> Period | None:
    """Read ``Oct 2021-Sep 2022``: a quarter or a year, wherever it begins."""
    found = RANGE.fullmatch(text)
    first = found and _month(found["first"], order, every)
    last = found and _month(found["last"], order, every)
    if not first or not last:
        return None
    lasts = (last.first.year - first.first.year) * 12 + last.first.month - first.first.month + 1
    return Period(first.first, lasts) if lasts in {A_QUARTER, A_YEAR} else None


def _serial(text: str, _: DayOrder, __: Frequency) -> Period | None:
    """Read a day as spreadsheets number them."""
    whole = text.removesuffix(".0")
    if not whole.isdecimal() or int(whole) not in SERIALS:
        return None
    return Period(SERIAL_NONE + timedelta(days=int(whole)), None)
