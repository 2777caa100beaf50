"""Measurements laid out as one row a series, one column a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isinf

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.effect.windows import Calendar, is_monthly, pace_of
from makegood_engine.tables import ROW, Fault

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
History = Mapping[date, float | None]

MOST_CELLS = 10**8
"""Places, periods by series, that a grid may have though nearly all are empty (0.8 GB of each figure)."""
TOO_WIDE = (
    "{} is so far from the others that {:,} series would be laid out over {:,} periods each, from {} "
    "to {}. Mend the date, or leave the row out."
)


@dataclass(frozen=True, slots=True)
class Grid:
    """Values float64[S, T] (NaN where missing) and denominators, or None where none are given.

    `counts` are the numerators, or None. `rows` finds a series' row; the last row is empty, for
    a series without figures. `last` int64[S] is each row's last known column (-1 for none).
    `paces` keeps each row's pace once it is known.
    """

    calendar: Calendar
    rows: dict[str, int]
    values: Floats
    weights: Floats | None
    counts: Floats | None
    last: Longs
    paces: dict[int, tuple[int, int]] = field(default_factory=dict)

    def pace(self, row: int) -> tuple[int, int]:
        """The distance between a row's periods, and where they begin (see `pace_of`)."""
        if row not in self.paces:
            step, phase = pace_of(np.flatnonzero(~np.isnan(self.values[row])).astype(np.int64))
            self.paces[row] = int(step), int(phase)
        return self.paces[row]

    def has(self, row: int, column: int) -> bool:
        """Whether a value is known at a place, which may lie outside the grid."""
        return 0 <= column < self.calendar.width and not np.isnan(self.values[row, column])


def on_firsts(table: pa.Table) -> tuple[Flags, Flags]:
    """Tell by row whether its period is a first of a month, and whether most of its series' are."""
    coded = table["series"].combine_chunks().dictionary_encode()
    codes = coded.indices.to_numpy()
    first = pc.equal(pc.day(table["period"]), 1).to_numpy().astype(np.bool_)
    many = np.bincount(codes, minlength=len(coded.dictionary))
    firsts = np.bincount(codes, weights=first, minlength=len(coded.dictionary))
    return first, (2 * firsts > many)[codes]


def grids_of(measurements: pa.Table, wanted: pa.Array) -> list[Grid]:
    """Lay out the wanted series of a measurements table: those in months, then those in days.

    Each series has the calendar of its own periods, so that no series changes another's.
    """
    table = measurements.filter(pc.is_in(measurements["series"], value_set=wanted))
    return [_grid_of(part, monthly=monthly) for part, monthly in _parts(table)]


def too_wide(table: pa.Table) -> list[Fault]:
    """The period that stretches a grid of these series beyond what can be held, by its row.

    A grid of which a tenth or more is filled takes about what the table does, and passes.
    """
    faults = []
    for part, monthly in _parts(table.filter(pc.is_valid(table["period"]))):
        days = part["period"].cast(pa.int32()).to_numpy()
        if not days.size:
            continue
        astray = int(np.argmax(np.abs(days - np.median(days))))
        ends = pc.min_max(part["period"]).as_py()
        width = Calendar.over(ends.values(), monthly=monthly).width
        series = pc.count_distinct(part["series"]).as_py()
        if width * series > max(MOST_CELLS, 10 * len(days)):
            day = str(part["period"][astray])
            said = TOO_WIDE.format(day, series, width, *ends.values())
            faults.append(Fault(part[ROW][astray].as_py(), "period", day, said))
    return faults


def _parts(table: pa.Table) -> list[tuple[pa.Table, bool]]:
    """The rows of series in months, and of those in days; whether each part is in months."""
    first, monthly = on_firsts(table)
    if monthly.all() and first.all():
        return [(table, True)]
    parts = (
        (table.filter(pa.array(monthly & first)), True),
        (table.filter(pa.array(~monthly)), False),
    )
    return [(part, kind) for part, kind in parts if part.num_rows]


def _grid_of(table: pa.Table, *, monthly: bool) -> Grid:
    coded = table["series"].combine_chunks().dictionary_encode()
    rows = {name: row for row, name in enumerate(coded.dictionary.to_pylist())}
    days = table["period"].combine_chunks().dictionary_encode()
    dates: list[date] = days.dictionary.to_pylist()
    calendar = Calendar.over(dates, monthly=monthly)
    at = np.array([calendar.column(day) for day in dates], dtype=np.int64)
    where = (coded.indices.to_numpy(), at[days.indices.to_numpy()])
    values = _scatter(table["value"], where, len(rows) + 1, calendar.width)
    heavy, counts = (
        _scatter(table[name], where, len(rows) + 1, calendar.width)
        if name in table.column_names and table[name].null_count < len(table)
        else None
        for name in ("denominator", "numerator")
    )
    return Grid(calendar, rows, values, heavy, counts, _last(values))


def grid_of_histories(
    histories: Sequence[History],
    weights: Sequence[History] | None,
    counts: Sequence[History] | None = None,
) -> Grid:
    """Lay out histories given as mappings, on the calendar of the first, which is row 0."""
    days = {day for history in histories for day in history}
    calendar = Calendar.over(days, monthly=is_monthly(histories[0] or days))
    values = _fill([*histories, {}], calendar)
    heavy, events = (
        None if part is None else _fill([*part, {}], calendar) for part in (weights, counts)
    )
    rows = {str(row): row for row in range(len(histories))}
    return Grid(calendar, rows, values, heavy, events, _last(values))


def _scatter(cells: pa.ChunkedArray, where: tuple[Longs, Longs], series: int, width: int) -> Floats:
    out = np.full((series, width), np.nan)
    out[where] = cells.to_numpy()
    return out


def _fill(histories: Sequence[History], calendar: Calendar) -> Floats:
    out = np.full((len(histories), calendar.width), np.nan)
    for row, history in enumerate(histories):
        for day, value in history.items():
            if value is None:
                continue
            column = calendar.column(day)
            if isinf(value):
                out[row] = value
            elif calendar.holds(day) and 0 <= column < calendar.width:
                out[row, column] = value
    if np.isinf(out).any():
        raise ValueError("A value is infinite. Use None where a value is missing.")
    return out


def _last(values: Floats) -> Longs:
    known = ~np.isnan(values)
    last = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), last, -1).astype(np.int64)
