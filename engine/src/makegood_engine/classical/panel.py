"""A panel: many series over the same periods, some of them treated from some period on."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.tables import (
    ROW,
    Column,
    Contract,
    Fault,
    TableError,
    did_you_mean,
    from_arrow,
    read_table,
    whole_file,
)
from makegood_engine.tables.cells import Kind

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Longs = NDArray[np.int64]

PANEL = Contract(
    "panel",
    (
        Column("series", Kind.TEXT, filled=True),
        Column("period", Kind.DATE, filled=True),
        Column("value", Kind.NUMBER),
        Column("treated", Kind.FLAG, needed=False, filled=True),
        Column("weight", Kind.NUMBER, needed=False, filled=True),
    ),
    ("series", "period"),
)
"""Measurements, with `treated` true where the treatment was at work, and a `weight` if any."""

UNTOLD = (
    "Nothing says what was treated. Add a column treated (true or false), "
    "or name the series and the day it starts."
)
UNDATED = "Nothing says when the treatment starts. Give --starts-on too."
TOLD_TWICE = "The table has a column treated, so do not name treated series as well."


@dataclass(frozen=True, slots=True)
class Panel:
    """G series over T periods.

    `values` float64[G, T] in the measure's unit, NaN where missing; `weights` float64[G, T],
    all above 0; `treated` bool[G, T]; `name` is the file or table, for what is said of faults.
    """

    series: tuple[str, ...]
    periods: tuple[date, ...]
    values: Floats
    weights: Floats
    treated: Flags
    name: str = "panel"

    @property
    def ever(self) -> Flags:
        """Which series were ever treated, bool[G]."""
        return np.asarray(self.treated.any(axis=1))

    def starts(self) -> Longs:
        """The first treated period of each series ever treated, int64[treated series]."""
        return np.asarray(self.treated[self.ever].argmax(axis=1), dtype=np.int64)

    def without(self, row: int) -> "Panel":
        """The same panel without one series."""
        kept = np.arange(len(self.series)) != row
        names = tuple(name for name, keep in zip(self.series, kept, strict=True) if keep)
        cells = self.values[kept], self.weights[kept], self.treated[kept]
        return Panel(names, self.periods, *cells, self.name)


def read_panel(
    path: str | Path, *, treated: Sequence[str] = (), starts_on: date | None = None
) -> Panel:
    """Read a panel from a CSV, Parquet or Arrow file with the columns of `PANEL`.

    Where it has no column `treated`, the series named in `treated` are so from `starts_on`.
    Raises `TableError`, naming row and column, for a table that cannot be used.
    """
    path = Path(path)
    return _laid_out(read_table(path, PANEL), treated, starts_on, name=path.name)


def panel_of(
    table: "pa.Table | Mapping[str, Sequence[object]]",
    *,
    treated: Sequence[str] = (),
    starts_on: date | None = None,
) -> Panel:
    """Make a panel of a table in memory, as `read_panel` does of a file; its first row is 2."""
    arrow = table if isinstance(table, pa.Table) else pa.table(dict(table))
    return _laid_out(from_arrow(arrow, PANEL), treated, starts_on, name=PANEL.name)


def check_balanced(panel: Panel) -> None:
    """Refuse a panel with a gap, naming the first."""
    gaps = np.argwhere(np.isnan(panel.values))
    if len(gaps):
        series, period = panel.series[gaps[0][0]], panel.periods[gaps[0][1]]
        more = f" and {len(gaps) - 1:,} more" if len(gaps) > 1 else ""
        raise whole_file(
            f"“{series}” has no value for {period}{more}. Every series needs every period: "
            "fill the gap, or leave that series or period out.",
            name=panel.name,
        )


def check_treated(panel: Panel) -> None:
    """Refuse a panel in which nothing, or everything, was treated."""
    if not panel.ever.any():
        raise whole_file("No series was ever treated.", name=panel.name)
    if len(panel.series) < 2:
        raise whole_file("There is one series only. There must be others to compare it with.",
                         name=panel.name)  # fmt: skip
    if panel.treated.all():
        raise whole_file("Every series was treated at every period.", name=panel.name)


def _laid_out(table: pa.Table, treated: Sequence[str], starts: date | None, *, name: str) -> Panel:
    if not table.num_rows:
        raise whole_file("The table has no rows.", name=name)
    _check_weights(table, name=name)
    series = table["series"].combine_chunks().dictionary_encode()
    names = series.dictionary.to_pylist()
    days = table["period"].combine_chunks().dictionary_encode()
    periods = days.dictionary.to_pylist()
    order = np.argsort(np.array(periods, dtype="datetime64[D]"))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    where = (series.indices.to_numpy(), place[days.indices.to_numpy()])
    shape = (len(names), len(periods))
    in_order = tuple(periods[i] for i in order)
    values, weights = np.full(shape, np.nan), np.ones(shape)
    values[where] = table["value"].to_numpy()
    if "weight" in table.column_names:
        weights[where] = table["weight"].to_numpy()
    if "treated" not in table.column_names:
        flags = _named(names, in_order, treated, starts, name=name)
    elif treated or starts is not None:
        raise whole_file(TOLD_TWICE, name=name)
    else:
        flags = np.zeros(shape, dtype=np.bool_)
        flags[where] = table["treated"].to_numpy()
    return Panel(tuple(names), in_order, values, weights, flags, name)


def _named(
    names: Sequence[str],
    periods: Sequence[date],
    treated: Sequence[str],
    starts: date | None,
    *,
    name: str,
) -> Flags:
    """Mark the named series as treated from a day on."""
    if not treated or starts is None:
        raise whole_file(UNDATED if treated else UNTOLD, name=name)
    for one in treated:
        if one not in names:
            raise whole_file(f"There is no series “{one}”.{_meant(one, names)}", name=name)
    after = np.array([day >= starts for day in periods])
    if after.all() or not after.any():
        side = "before" if after.all() else "from"
        raise whole_file(f"There is no period {side} {starts}.", name=name)
    own = np.array([series in treated for series in names])
    return np.asarray(own[:, None] & after[None, :])


def _meant(name: str, names: Sequence[str]) -> str:
    """What was likely meant by a name that is no series: several put into one, or one like it."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) > 1 and set(parts) <= set(names):
        return (
            " Name each by itself: "
            + " ".join(f"--treated {shlex.quote(one)}" for one in parts)
            + "."
        )
    return did_you_mean(name, names)


def _check_weights(table: pa.Table, *, name: str) -> None:
    if "weight" not in table.column_names:
        return
    weights = table["weight"].to_numpy()
    bad = np.flatnonzero(~(weights > 0))
    if len(bad):
        rows = table[ROW].to_numpy()
        said = "A weight must be above 0."
        raise TableError(
            [Fault(int(rows[i]), "weight", f"{weights[i]:g}", said) for i in bad], name=name
        )
