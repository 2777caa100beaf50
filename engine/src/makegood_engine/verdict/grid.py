"""Measurements laid out as one row a series, one column a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.effect.windows import Calendar

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
History = Mapping[date, float | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """Values float64[S, T] (NaN where missing) and denominators, or None where none are given.

    `rows` finds a series' row; `last` int64[S] is each row's last known column (-1 for none).
    """

    calendar: Calendar
    rows: dict[str, int]
    values: Floats
    weights: Floats | None
    last: Longs

    def known(self, row: int) -> Longs:
        """The columns with a value in a row, in order."""
        return np.flatnonzero(~np.isnan(self.values[row])).astype(np.int64)


def grid_of(measurements: pa.Table, wanted: pa.Array) -> Grid:
    """Lay out the wanted series of a measurements table."""
    table = measurements.filter(pc.is_in(measurements["series"], value_set=wanted))
    coded = table["series"].combine_chunks().dictionary_encode()
    rows = {name: row for row, name in enumerate(coded.dictionary.to_pylist())}
    days = table["period"].combine_chunks().dictionary_encode()
    dates: list[date] = days.dictionary.to_pylist()
    calendar = Calendar.over(dates)
    at = np.array([calendar.column(day) for day in dates], dtype=np.int64)
    where = (coded.indices.to_numpy(), at[days.indices.to_numpy()])
    values = _scatter(table["value"], where, len(rows), calendar.width)
    weights = None
    if "denominator" in table.column_names and table["denominator"].null_count < len(table):
        weights = _scatter(table["denominator"], where, len(rows), calendar.width)
    return Grid(calendar, rows, values, weights, _last(values))


def grid_of_histories(histories: Sequence[History], weights: Sequence[History] | None) -> Grid:
    """Lay out histories given as mappings; row 0 is the first."""
    calendar = Calendar.over(day for history in histories for day in history)
    values = _fill(histories, calendar)
    heavy = None if weights is None else _fill(weights, calendar)
    rows = {str(row): row for row in range(len(histories))}
    return Grid(calendar, rows, values, heavy, _last(values))


def _scatter(cells: pa.ChunkedArray, where: tuple[Longs, Longs], series: int, width: int) -> Floats:
    out = np.full((series, width), np.nan)
    out[where] = cells.to_numpy()
    return out


def _fill(histories: Sequence[History], calendar: Calendar) -> Floats:
    out = np.full((len(histories), calendar.width), np.nan)
    for row, history in enumerate(histories):
        for day, value in history.items():
            column = calendar.column(day)
            if value is not None and 0 <= column < calendar.width:
                out[row, column] = value
    if np.isinf(out).any():
        raise ValueError("A value is infinite. Use None where a value is missing.")
    return out


def _last(values: Floats) -> Longs:
    known = ~np.isnan(values)
    last = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), last, -1).astype(np.int64)
