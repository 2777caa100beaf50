"""Where values and dates fall on the page, and which of them are named on the axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import NamedTuple

_STEPS = (1, 2, 2.5, 5, 10)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
ABOUT = 6
"""So many ticks, or thereabouts."""
LARGE = {6: "million", 9: "billion", 12: "trillion"}
"""Large numbers by their powers of ten."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from data to page units."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value falls, in page units."""
        part = (value - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)


def value_range(values: Sequence[float]) -> tuple[float, float]:
    """The span an axis must show: all the values with a little room, never of no height."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.07 or max(abs(high) * 0.1, 0.5)
    floor_at_zero = low >= 0 and low - room < 0
    return (0.0 if floor_at_zero else low - room), high + room


def value_ticks(low: float, high: float, *, about: int = ABOUT) -> tuple[list[float], int]:
    """Round values within a span, and the decimal places that show them."""
    step = _step(low, high, about)
    first = ceil(low / step - 1e-9)
    last = floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)], _places(step)


class Figures(NamedTuple):
    """How the numbers of an axis are written: decimal places, and from a million on in words."""

    places: int
    size: float = 1.0
    word: str = ""

    def said(self, value: float, *, more: int = 0) -> str:
        """Write a number, with so many places `more`: 0.25, −1,200, 12.5 million."""
        number = f"{value / self.size:,.{self.places + more}f}".replace("-", "−")
        if not self.word:
            return number
        return f"{number} {self.word}" if value else "0"


def figures_for(low: float, high: float) -> Figures:
    """How to write the numbers of an axis over this span, so that its ticks differ."""
    step = _step(low, high, ABOUT)
    largest = max(abs(low), abs(high))
    if largest < 1e6:
        return Figures(_places(step))
    power = floor(log10(largest)) // 3 * 3
    word = LARGE.get(power, f"× 10{str(power).translate(RAISED)}")
    return Figures(_places(step / 10.0**power), 10.0**power, word)


def exact(value: float, figures: Figures) -> str:
    """Write a value as it was given, with a few places more than its axis has at most."""
    given = f"{value:.15g}".partition(".")[2] if abs(value) < 1e15 else ""
    digits = 0 if figures.word else figures.places
    places = max(digits + 1, min(len(given), digits + 3)) if given else digits
    return f"{value:,.{places}f}".replace("-", "−")


def _step(low: float, high: float, about: int) -> float:
    """The round distance between the ticks of a span."""
    rough = (high - low) / about
    size = 10 ** floor(log10(rough))
    return next(part * size for part in _STEPS if part * size >= rough)


def _places(step: float) -> int:
    """The decimal places that show whole steps."""
    return max(0, -floor(log10(step)) + (step / 10 ** floor(log10(step)) % 1 > 0.01))


def date_ticks(first: date, last: date, *, most: int = 8) -> list[tuple[date, str]]:
    """Months or years to name between two days, with their names."""
    span = (last.year - first.year) * 12 + last.month - first.month
    step = next((months for months in _MONTHS if span / months <= most), 240)
    start = first.year * 12 + first.month - 1
    start += first.day > 1
    begin = -(-start // step) * step if step > 1 else start
    days = [date(month // 12, month % 12 + 1, 1) for month in range(begin, start + span + 1, step)]
    days = [day for day in days if day <= last] or [first]
    return [(day, str(day.year) if step >= 12 else month_name(day)) for day in days]


def month_name(day: date) -> str:
    """Write a period: ``Apr 2024``, or ``8 Apr 2024`` where it is not a first of the month."""
    name = f"{SHORT[day.month - 1]} {day.year}"
    return name if day.day == 1 else f"{day.day} {name}"


def spread(places: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Move labels apart, as little as may be, so that none is nearer its neighbour than `gap`.

    `places` are in any order; answers come in the same order, within [`low`, `high`] if they fit.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    blocks: list[tuple[float, int]] = []  # each: wanted centre, number of labels
    for i in order:
        blocks.append((_within(places[i], 1, gap, low, high), 1))
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], gap):
            (before, count), (after, many) = blocks[-2:]
            centre = (before * count + after * many) / (count + many)
            blocks[-2:] = [(_within(centre, count + many, gap, low, high), count + many)]
    out = [0.0] * len(places)
    at = iter(order)
    for centre, many in blocks:
        for k in range(many):
            out[next(at)] = centre + (k - (many - 1) / 2) * gap
    return out


def _within(centre: float, many: int, gap: float, low: float, high: float) -> float:
    """Keep a block of labels on the page."""
    half = (many - 1) * gap / 2
    return max(min(centre, high - half), low + half)


def _overlap(above: tuple[float, int], below: tuple[float, int], gap: float) -> bool:
    return below[0] - above[0] < gap * (above[1] + below[1]) / 2 - 1e-9
