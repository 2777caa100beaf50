"""One history laid out at equal steps, on the calendar of its own dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isinf, isnan

import numpy as np
from numpy.typing import NDArray

from makegood_engine.effect.windows import Calendar, pace_of
from makegood_engine.tables import Fault, TableError, whole_file

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Track:
    """A history from its first known period to its last.

    `values` float64[n] in the measure's unit, NaN where missing; `first` is the calendar's
    column of the first of them and `step` the columns between two; `season` the periods in a
    season (1 for annual figures).
    """

    calendar: Calendar
    first: int
    step: int
    season: int
    values: Floats

    def place(self, day: date) -> int:
        """The place of the first period that begins on or after a day (it may lie outside)."""
        return -((self.first - self.calendar.column(day)) // self.step)

    def period(self, place: int) -> date:
        """The first day of the period at a place."""
        raw = self.first + place * self.step + self.calendar.origin
        return date(raw // 12, raw % 12 + 1, 1) if self.calendar.monthly else date.fromordinal(raw)


def track_of(
    history: Mapping[date, float | None],
    *,
    rows: Mapping[date, int] | None = None,
    name: str = "",
) -> Track:
    """Lay out a history. Raises `TableError` for one with no figure, or a stray date.

    `rows` gives the file's row of each period, and `name` its file, for what is said of faults.
    """
    known = {day: value for day, value in history.items() if not (value is None or isnan(value))}
    if not known:
        raise whole_file("The history has no figure.", name=name)
    if any(isinf(value) for value in known.values()):
        raise whole_file("A value is infinite. Leave it empty where it is missing.", name=name)
    calendar = Calendar.over(known)
    off = [day for day in known if not calendar.holds(day)]
    columns = np.unique([calendar.column(day) for day in known if calendar.holds(day)])
    step, phase = (int(part) for part in pace_of(columns.astype(np.int64)))
    off += [
        day for day in known
        if calendar.holds(day) and (calendar.column(day) - phase) % step
    ]  # fmt: skip
    if off:
        raise TableError([_stray(day, rows) for day in sorted(off)], name=name)
    first = int(columns[0])
    values = np.full((int(columns[-1]) - first) // step + 1, np.nan)
    for day, value in known.items():
        values[(calendar.column(day) - first) // step] = value
    return Track(calendar, first, step, calendar.season(step), values)


def _stray(day: date, rows: Mapping[date, int] | None) -> Fault:
    said = f"{day} does not keep the pace of the other dates of its series."
    return Fault(rows.get(day) if rows else None, "period", str(day), said)
