"""What one cell may hold. The same checks serve the command line and the platform's uploads.

Each reader takes the text of one cell, already known not to be empty, and returns its value
or raises `ValueError` with a plain sentence for the person who typed it.
"""

import math
import re
from calendar import month_name
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_OTHER_DATES = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[ T].*)?",
        r"(?P<year>2\d)-(?P<month>\d{2})-(?P<day>0\d|1[0-4])",
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2}|[A-Za-z]{3,9})[-/. ](?P<year>\d{4}|\d{2})(?:[ T].*)?",
        r"(?P<month>[A-Za-z]{3,9})[-/., ]*(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})[-/. ]*(?P<month>[A-Za-z]{3,9})",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
    )
)
"""How people write dates that we do not: 1/4/2024, 1 April 2024, Apr-24, 2024 April, 04/2024."""
_SERIAL = re.compile(r"(\d{5})(?:\.\d*)?")
_SERIAL_NONE = date(1899, 12, 30)
"""The day before a spreadsheet's first, as it counts those of today."""
_SERIALS = range(20_000, 80_000)
"""Days of 1954 to 2119, as a spreadsheet numbers them."""
_MONTHS = [name.lower() for name in month_name]
_MARKS = {
    **dict.fromkeys(("*", "**", "#", "supp", "suppressed"), "a figure that is held back"),
    **dict.fromkeys(("[c]", "c"), "a figure that is confidential"),
    **dict.fromkeys(("[x]", "x", ":", ".."), "a figure that is not to be had"),
    **dict.fromkeys(("[z]", "z"), "a figure that does not apply"),
    **dict.fromkeys(("-", "–", "—", ".", "n/a", "na", "null", "none"), "that there is none"),
}
"""What publishers of figures write where there is none to be used, and what it says."""
_BOUND = re.compile(r"[<>≤≥~]=?\s*\d.*")
_CURRENCY = re.compile(r"([+-]?)\s*[£$€]\s*([+-]?[\d.]+)|([+-]?[\d.]+)\s*[£$€]")
_TRUTHS = {
    "true": True,
    "yes": True,
    "1": True,
    "false": False,
    "no": False,
    "0": False,
}


LARGEST = 1e100
"""Figures above this could not be squared and summed; nor could those below one over it, but 0."""
SMALLEST = 1 / LARGEST
TOO_LARGE = "{:g} is too large to compare. Change the unit."
TOO_SMALL = "{:g} is too small to compare. Change the unit."
FIRST, LAST = date(1800, 1, 1), date(2200, 12, 31)
"""The days that figures and promises may be of: others are slips in typing a year."""
FAR = "{} is centuries away. Dates may be from 1800 to 2200."
MOST = 10**15
"""The largest whole number that a cell may hold."""
DENOMINATOR = "The denominator must be above 0. Leave the row's value empty if there was none."
DENOMINATOR_ALONE = "The denominator must be above 0. Leave the row out if there was none."
"""Said of a table that has no values."""


def above_whole(top: float, bottom: float) -> str:
    """Say that a rate is above 100%."""
    return f"{top:g} is above the denominator, {bottom:g}. A rate cannot be above 100%."


def too_far(figure: float) -> str:
    """Say why a figure is out of reach, too large or too small to compare; "" where it is not."""
    size = abs(figure)
    if size > LARGEST:
        return TOO_LARGE.format(figure)
    return TOO_SMALL.format(figure) if 0 < size < SMALLEST else ""


def far_away(day: date) -> str:
    """Say why a day cannot be meant, being centuries away; "" where it can."""
    return "" if FIRST <= day <= LAST else FAR.format(day.isoformat())


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    DIRECTION = "direction"
    SCALE = "scale"
    DATES = "dates"
    REBASES = "rebases"
    CHART = "chart"


def read_number(text: str) -> float:
    """Read a number within reach, such as ``1234.5``; refuse commas and signs of currency."""
    cell = text.strip()
    if _NUMBER.fullmatch(cell):
        value = float(cell)
        if math.isinf(value):
            raise ValueError(f"“{cell}” is too large a number to use.")
        if said := too_far(value):
            raise ValueError(said)
        return value
    if "," in cell:
        raise ValueError(f"“{cell}” has a comma in it. Write numbers like 1234.5, without commas.")
    if cell.endswith("%"):
        raise ValueError(f"“{cell}” has a % sign in it. Write the number alone, like 95.")
    if mark := _MARKS.get(cell.lower()):
        raise ValueError(f"“{cell}” says {mark}. Leave the cell empty.")
    if _BOUND.fullmatch(cell):
        raise ValueError(f"“{cell}” is a bound and not a number. Leave the cell empty.")
    if found := _CURRENCY.fullmatch(cell):
        plain = f"{found[1]}{found[2]}" if found[2] else found[3]
        raise ValueError(f"“{cell}” has a sign of currency in it. Write the number alone: {plain}.")
    if cell.lower().lstrip("+-") in {"inf", "infinity"}:
        raise ValueError(f"“{cell}” is infinite. Write a number, or leave the cell empty.")
    raise ValueError(f"“{cell}” is not a number. Write one like 1234.5, or leave the cell empty.")


def read_date(text: str) -> date:
    """Read ``2024-04-01``, or ``2024-04`` for the first day of that month."""
    cell = text.strip()
    found = _DATE.fullmatch(cell)
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise ValueError(_not_a_date(cell)) from None
    if said := far_away(day):
        raise ValueError(said)
    return day


def _not_a_date(cell: str) -> str:
    """Say how dates are written, with the very day that was most likely meant."""
    meant = _meant(cell)
    if meant is None or far_away(meant):
        return f"“{cell}” is not a date. Write it like 2024-02-01."
    said = f"{meant.day} {meant:%B %Y}"
    return f"“{cell}” is not a date as we write them. Write {meant} if it is {said}."


def _meant(cell: str) -> date | None:
    """The day that a date in another form stands for, the day before the month if it can be."""
    if (found := _SERIAL.fullmatch(cell)) and int(found[1]) in _SERIALS:
        return _SERIAL_NONE + timedelta(days=int(found[1]))
    found = next(filter(None, (form.fullmatch(cell) for form in _OTHER_DATES)), None)
    if found is None:
        return None
    parts = found.groupdict()
    year, month, day = parts["year"], parts["month"], parts.get("day")
    if month.isalpha():
        month = str(next((i for i, name in enumerate(_MONTHS) if name[:3] == month[:3].lower()), 0))
    century = 2000 if len(year) == 2 else 0
    for first, second in ((month, day or "1"), (day or "", month)):
        with suppress(ValueError):
            return date(int(year) + century, int(first), int(second))
    return None


def read_count(text: str) -> int:
    """Read a whole number of 1 or more."""
    value = read_number(text)
    if not 1 <= value <= MOST or value != int(value):
        more = f" of 1 or more, and at most {MOST:,}" if value > MOST else " of 1 or more"
        raise ValueError(f"“{text.strip()}” is not a whole number{more}.")
    return int(value)


def read_flag(text: str) -> bool:
    """Read true or false (also yes, no, 1, 0, in any case)."""
    try:
        return _TRUTHS[text.strip().lower()]
    except KeyError:
        raise ValueError(f"“{text.strip()}” is not true or false.") from None


def read_direction(text: str) -> str:
    """Read which way is better: up, down or neutral."""
    cell = text.strip().lower()
    if cell not in {"up", "down", "neutral"}:
        raise ValueError(f"“{text.strip()}” is not a direction. Write up, down or neutral.")
    return cell


def read_scale(text: str) -> str:
    """Read on which scale a promise is judged: level, or rate (counts, on a log scale)."""
    cell = text.strip().lower()
    if cell not in {"level", "rate"}:
        raise ValueError(f"“{text.strip()}” is not a scale. Write level or rate.")
    return cell


def read_dates(text: str) -> str:
    """Read dates separated by ``;`` and return them so, in order and in full."""
    return ";".join(sorted(read_date(part).isoformat() for part in text.split(";") if part.strip()))


def read_rebases(text: str) -> str:
    """Read dates separated by ``;``, each with its reason if it has one; return them in order."""
    parts = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
    dated = sorted((read_date(day).isoformat(), why.strip()) for day, _, why in parts)
    return ";".join(f"{day} {why}".strip() for day, why in dated)


def read_chart(text: str) -> str:
    """Read how a series is charted: xmr, p or u."""
    cell = text.strip().lower()
    if cell not in {"xmr", "p", "u"}:
        raise ValueError(f"“{text.strip()}” is not a chart. Write xmr, p or u.")
    return cell


READERS: dict[Kind, Callable[[str], object]] = {
    Kind.TEXT: str.strip,
    Kind.DATE: read_date,
    Kind.NUMBER: read_number,
    Kind.COUNT: read_count,
    Kind.FLAG: read_flag,
    Kind.DIRECTION: read_direction,
    Kind.SCALE: read_scale,
    Kind.DATES: read_dates,
    Kind.REBASES: read_rebases,
    Kind.CHART: read_chart,
}
"""The reader for each kind of column."""
