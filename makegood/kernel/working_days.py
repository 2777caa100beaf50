"""Working days in England and Wales: neither Saturday nor Sunday, nor a bank holiday.

The holidays are those of the Banking and Financial Dealings Act 1971 and common law, by their rules.
One that is proclaimed for a single year is not known here: whoever counts on it adds a day.
"""

from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def last_working_day(first: date, *, days: int) -> date:
    """Return the last of ``days`` working days, of which ``first`` is the first where it is one."""
    day, counted = first - ONE_DAY, 0
    while counted < days:
        day += ONE_DAY
        counted += is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Return whether offices are open on ``day``."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of ``year``; one that falls on a weekend moves to the next free weekday."""
    easter = _easter_sunday(year)
    held = {easter - 2 * ONE_DAY, easter + ONE_DAY}
    held |= {_monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25))}
    held.add(_monday_from(date(year, 8, 25)))
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        held.add(_next_free(day, taken=held))
    return frozenset(held)


def _monday_from(day: date) -> date:
    return day + (-day.weekday() % 7) * ONE_DAY


def _next_free(day: date, *, taken: set[date]) -> date:
    while day.weekday() >= SATURDAY or day in taken:
        day += ONE_DAY
    return day


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
