"""How each series is to be watched: the definitions table, and what it asks of some series."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.spc import CHARTS
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import DEFINITIONS, ROW, Fault, TableError, read_table

Rebase = tuple[np.datetime64, str]
"""The day from which limits begin anew, and why ("" where no reason is given)."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """How series are to be watched, by series; absent ones are neutral, without a target."""

    series: pa.Array
    better: NDArray[np.int8]
    target: NDArray[np.float64]
    fix_after: NDArray[np.int64]
    screen_outliers: NDArray[np.bool_]
    chart: NDArray[np.int8]
    rebases: tuple[tuple[Rebase, ...], ...]

    def chart_of(self, names: pa.Array) -> NDArray[np.int8]:
        """The kind of chart of each of some series (places in `CHARTS`)."""
        place = _place(names, self)
        return np.where(place >= 0, self.chart[place], 0).astype(np.int8)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The definitions of the series of one piece, aligned with them."""

    better: NDArray[np.int8]
    target: NDArray[np.float64]
    fix_after: NDArray[np.int64]
    screen_outliers: NDArray[np.bool_]
    chart: NDArray[np.int8]
    rebases: dict[int, tuple[Rebase, ...]]


def read_definitions(path: Path) -> Definitions:
    """Read a definitions table; refuses limits fixed on fewer than 12 points."""
    table = read_table(path, DEFINITIONS)
    n = table.num_rows

    def column(name: str, *, default: object) -> list[object]:
        if name not in table.column_names:
            return [default] * n
        return [default if cell is None else cell for cell in table[name].to_pylist()]

    fix_after = np.array(column("fix_after", default=0), dtype=np.int64)
    short = np.flatnonzero((fix_after > 0) & (fix_after < 12)).tolist()
    said = "{} is too few points to fix limits on. Use 12 or more."
    faults = [
        Fault(table[ROW][i].as_py(), "fix_after", str(fix_after[i]), said.format(fix_after[i]))
        for i in short
    ]
    if faults:
        raise TableError(faults, name=path.name)
    return Definitions(
        table["series"].combine_chunks(),
        np.array([DIRECTIONS[str(way)] for way in column("better", default="neutral")], np.int8),
        np.array(column("target", default=np.nan), dtype=np.float64),
        fix_after,
        np.array(column("screen_outliers", default=True), dtype=np.bool_),
        np.array([CHARTS[str(kind)] for kind in column("chart", default="xmr")], np.int8),
        tuple(_rebases(str(cell)) for cell in column("rebases", default="")),
    )


def _rebases(cell: str) -> tuple[Rebase, ...]:
    parts = [part.partition(" ") for part in cell.split(";") if part]
    return tuple((np.datetime64(day), why) for day, _, why in parts)


def _place(names: pa.Array, known: Definitions) -> NDArray[np.int64]:
    """Where each series stands in the definitions; -1 where it does not."""
    found = pc.index_in(names, value_set=known.series)
    place: NDArray[np.int64] = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return place


def wanted_of(names: pa.Array, known: Definitions | None) -> Wanted:
    """What is asked of some series: the definitions' word, or the default."""
    n = len(names)
    plain = Wanted(
        np.zeros(n, np.int8), np.full(n, np.nan), np.zeros(n, np.int64), np.ones(n, np.bool_),
        np.zeros(n, np.int8), {},
    )  # fmt: skip
    if known is None:
        return plain
    place = _place(names, known)
    here = np.flatnonzero(place >= 0)
    at = place[here]
    plain.better[here] = known.better[at]
    plain.target[here] = known.target[at]
    plain.fix_after[here] = known.fix_after[at]
    plain.screen_outliers[here] = known.screen_outliers[at]
    plain.chart[here] = known.chart[at]
    pairs = zip(here.tolist(), at.tolist(), strict=True)
    plain.rebases.update({i: known.rebases[k] for i, k in pairs if known.rebases[k]})
    return plain
