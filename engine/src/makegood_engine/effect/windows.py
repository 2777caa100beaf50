"""Which periods are compared: fixed at signature, whole years where they can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, gcd

import numpy as np
from numpy.typing import NDArray

WINDOW = 12
"""Periods in a window, or one whole season where that is longer."""
LEAST = 6
"""Periods without which nothing can be said."""
COMPLETE = 0.9
"""The part of a window that must be known."""
_MONTH_SEASONS = {1: 12, 2: 6, 3: 4, 4: 3, 6: 2}
_DAY_SEASONS = {1: 7, 7: 52, 14: 26, 28: 13}

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The grid of periods: months where every period is a first of a month, else days.

    A column is a whole number: months since year 0, or days, less `origin`. `width` columns
    hold every known period.
    """

    monthly: bool
    origin: int
    width: int

    @classmethod
    def over(cls, periods: Iterable[date]) -> "Calendar":
        """Make the grid that holds these periods (one column for none)."""
        known = set(periods)
        monthly = all(period.day == 1 for period in known)
        raw = [_raw(period, monthly=monthly) for period in known]
        return cls(monthly, min(raw, default=0), max(raw, default=0) - min(raw, default=0) + 1)

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


def step_of(columns: Longs) -> int:
    """The distance between neighbouring periods: the largest that divides every gap."""
    found = 0
    for gap in np.diff(columns).tolist():
        found = gcd(found, gap)
        if found == 1:
            break
    return found or 1


@dataclass(frozen=True, slots=True)
class Windows:
    """The columns of a before- and an after-window: [first, end) by `step`.

    `needed` is how many known periods each must hold; `season` the periods in a season.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    step: int
    season: int
    needed: int

    @property
    def annual(self) -> bool:
        """Whether the figures are annual, or rarer."""
        return self.season == 1


def windows_for(
    calendar: Calendar,
    known: Longs,
    *,
    starts_on: date,
    due_on: date,
    until: int,
    before_from: date | None = None,
    after_from: date | None = None,
) -> Windows:
    """Fix the windows of one commitment.

    `known` are the columns with a value in the provider's series, in order; `until` the last
    column that may be looked at. Before: the 12 periods that end before `starts_on`. After: the
    last 12 that begin by `due_on` and by `until`, none before `starts_on`. Where a season is
    longer than 12 periods (weeks), a window is one season. `before_from` and `after_from` open
    the windows at other places.
    """
    step = step_of(known)
    season = calendar.season(step)
    length = max(WINDOW, season) * step
    phase = int(known[0]) % step if len(known) else 0
    start = calendar.column_at(starts_on)
    first_whole = calendar.column(starts_on)
    before_end = _down(start - step, phase, step) + step
    after_end = _down(min(calendar.column_at(due_on), until), phase, step) + step
    before = before_end - length if before_from is None else calendar.column(before_from)
    after = max(after_end - length, first_whole)
    if after_from is not None:
        after = max(calendar.column(after_from), first_whole)
    after = _up(after, phase, step)
    needed = max(LEAST, ceil(COMPLETE * season))
    return Windows(
        (_up(before, phase, step), max(before_end, before)),
        (after, max(after_end, after)),
        step,
        season,
        needed,
    )


def _down(column: int, phase: int, step: int) -> int:
    return column - (column - phase) % step


def _up(column: int, phase: int, step: int) -> int:
    return column + (phase - column) % step
