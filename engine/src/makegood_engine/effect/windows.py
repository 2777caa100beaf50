"""Which periods are compared: fixed at signature, whole years where they can be."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil, gcd

import numpy as np
from numba import njit
from numpy.typing import NDArray

WINDOW = 12
"""Periods in a window at least; it is rounded up to whole seasons."""
LEAST = 6
"""Periods without which nothing can be said."""
COMPLETE = 0.9
"""The part that must be known: of a season by the provider, of a window by a comparator."""
ON_PACE = 0.9
"""The part of a series that must keep one pace; what does not is stray."""
_MONTH_SEASONS = {1: 12, 2: 6, 3: 4, 4: 3, 6: 2}
_DAY_SEASONS = {1: 7, 7: 52, 14: 26, 28: 13}

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The grid of periods: months where most periods are the first of a month, else days.

    A column is a whole number: months since year 0, or days, less `origin`. `width` columns
    hold every known period.
    """

    monthly: bool
    origin: int
    width: int

    @classmethod
    def over(cls, periods: Iterable[date], *, monthly: bool | None = None) -> "Calendar":
        """Make the grid that holds these periods (one column for none).

        A day that is not on a grid of months is left out of it. `monthly` is told from the
        periods where it is not given.
        """
        known = set(periods)
        if monthly is None:
            monthly = is_monthly(known)
        raw = [_raw(day, monthly=monthly) for day in known if day.day == 1 or not monthly]
        return cls(monthly, min(raw, default=0), max(raw, default=0) - min(raw, default=0) + 1)

    def holds(self, period: date) -> bool:
        """Whether a period can have a column: any day, or the first of a month."""
        return not self.monthly or period.day == 1

    def name(self, column: int) -> str:
        """Say which period a column is: October 2017, or 2 October 2017."""
        raw = column + self.origin
        day = date(raw // 12, raw % 12 + 1, 1) if self.monthly else date.fromordinal(raw)
        return f"{day:%B %Y}" if self.monthly else f"{day.day} {day:%B %Y}"

    def column(self, period: date) -> int:
        """The first column that begins on or after a day (it may lie outside the grid)."""
        late = self.monthly and period.day > 1
        return _raw(period, monthly=self.monthly) - self.origin + late

    def column_at(self, day: date) -> int:
        """The column whose period holds a day (it may lie outside the grid)."""
        return _raw(day, monthly=self.monthly) - self.origin

    def season(self, step: int) -> int:
        """Periods in one season, for periods `step` columns apart; 1 for annual figures."""
        seasons = _MONTH_SEASONS if self.monthly else _DAY_SEASONS
        year = 12 if self.monthly else 365
        return seasons.get(step, max(1, round(year / step)))


def _raw(period: date, *, monthly: bool) -> int:
    return period.year * 12 + period.month - 1 if monthly else period.toordinal()


def is_monthly(periods: Collection[date]) -> bool:
    """Whether more than half of the periods are the first of a month (none at all: yes).

    Days and weeks hold one such day in thirty, so one wrong date does not turn months to days.
    """
    firsts = sum(period.day == 1 for period in periods)
    return 2 * firsts > len(periods) or not periods


@njit(cache=True, nogil=True)
def pace_of(columns: Longs) -> tuple[int, int]:
    """The distance between neighbouring periods, and the column (less whole steps) of the first.

    It is the commonest gap, where nine in ten periods keep to it; else the largest that divides
    every gap. `columns` int64[n] are in order, each once.
    """
    if columns.size < 2:
        return 1, 0
    gaps = columns[1:] - columns[:-1]
    common, _ = _commonest(gaps)
    phase, on = _commonest(columns % common)
    if on >= ON_PACE * columns.size:
        return common, phase
    step = 0
    for gap in gaps:
        step = gcd(step, gap)
    return step, columns[0] % step


@njit(cache=True, nogil=True)
def _commonest(numbers: Longs) -> tuple[int, int]:
    """The number that is there most often (the least of several), and how often."""
    ordered = np.sort(numbers)
    best, most, run = ordered[0], 0, 0
    for i in range(ordered.size):
        run = run + 1 if i > 0 and ordered[i] == ordered[i - 1] else 1
        if run > most:
            best, most = ordered[i], run
    return best, most


@dataclass(frozen=True, slots=True)
class Windows:
    """The columns of a before- and an after-window: [first, end) by `step`.

    `needed` is how many known periods each must hold: six, and nine in ten of a season (11
    months of 12). `season` is the periods in a season; `length` the columns a whole window
    holds, which are months where `monthly`, else days; `room` how many periods the after-window
    holds once the due date has come; `ends_early` whether it ends at the provider's last figure,
    though its comparators' go on.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    step: int
    season: int
    needed: int
    room: int
    length: int
    monthly: bool
    ends_early: bool = False

    @property
    def annual(self) -> bool:
        """Whether the figures are annual, or rarer."""
        return self.season == 1

    @property
    def to_come(self) -> int:
        """How many more periods the after-window can gain by the due date."""
        return max(self.room - (self.after[1] - self.after[0]) // self.step, 0)


@lru_cache(maxsize=65536)
def windows_for(
    calendar: Calendar,
    pace: tuple[int, int],
    *,
    starts_on: date,
    due_on: date,
    until: int,
    before_from: date | None = None,
    after_from: date | None = None,
) -> Windows:
    """Fix the windows of one commitment.

    `pace` is that of the provider's series (`pace_of` its known columns); `until` the last
    column that may be looked at. A window is 12 periods, rounded up to whole seasons: 14 days,
    52 weeks, 12 months or quarters. Before: those that end before `starts_on`. After: the last
    that begin by `due_on` and by `until`, none before `starts_on`; where so many do not fit, as
    many whole seasons as do. `before_from` and `after_from` open the windows at other places.
    """
    step, phase = pace
    season = calendar.season(step)
    length = ceil(WINDOW / season) * season * step
    needed = max(LEAST, ceil(COMPLETE * season))
    first_whole = calendar.column(starts_on)
    before_end = _down(calendar.column_at(starts_on) - step, phase, step) + step
    before = before_end - length if before_from is None else calendar.column(before_from)
    earliest = first_whole
    if after_from is not None:
        earliest = max(calendar.column(after_from), first_whole)
    earliest = _up(earliest, phase, step)
    due = calendar.column_at(due_on)
    ends = (_down(end, phase, step) + step for end in (min(due, until), due))
    if after_from is None:
        after, at_due = (
            _last(earliest, end, length=length, season=season * step, fewest=needed * step)
            for end in ends
        )
    else:
        after, at_due = ((earliest, max(end, earliest)) for end in ends)
    return Windows(
        (_up(before, phase, step), max(before_end, before)),
        after,
        step,
        season,
        needed,
        (at_due[1] - at_due[0]) // step,
        length,
        calendar.monthly,
    )


def _last(earliest: int, end: int, *, length: int, season: int, fewest: int) -> tuple[int, int]:
    """The last `length` columns to `end`, none before `earliest`.

    Where these are fewer: as many as make whole seasons, if that keeps `fewest`.
    """
    held = min(length, max(end - earliest, 0))
    if held // season * season >= fewest:
        held = held // season * season
    return (end - held, end) if held else (earliest, earliest)


def _down(column: int, phase: int, step: int) -> int:
    return column - (column - phase) % step


def _up(column: int, phase: int, step: int) -> int:
    return column + (phase - column) % step
