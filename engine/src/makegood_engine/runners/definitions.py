"""How each series is to be watched: the definitions table, and what it asks of some series."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.spc import CHARTS
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import (
    DEFINITIONS,
    ROW,
    Fault,
    FaultList,
    TableError,
    read_table,
    strangers,
)
from makegood_engine.tables.lookalike import LOOKED_AT
from makegood_engine.tables.shares import not_a_rate, not_a_share

Days = NDArray[np.datetime64]
Rebase = tuple[np.datetime64, str]
"""The day from which limits begin anew, and why ("" where no reason is given)."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """How series are to be watched, by series; absent ones are neutral, without a target.

    `file` is where they stand, and `rows` int64[d] each one's row there.
    """

    file: str
    rows: NDArray[np.int64]
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

    def check_targets(self, names: pa.Array, per: NDArray[np.float64]) -> None:
        """Refuse targets that p and u charts cannot reach; `per` is what each series is said per."""
        place = _place(names, self)
        faults = []
        for i in np.flatnonzero(self.chart_of(names) > 0).tolist():
            at, name = int(place[i]), names[i].as_py()
            target = float(self.target[at])
            shares = self.chart[at] == CHARTS["p"]
            said = not_a_share(target, per[i], name) if shares else not_a_rate(target, name)
            if said:
                faults.append(Fault(int(self.rows[at]), "target", f"{target:g}", said))
        if faults:
            raise TableError(faults, name=self.file)


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
    found = FaultList(path.name)
    table = read_table(path, DEFINITIONS, faults=found)
    n = table.num_rows

    def column(name: str, *, default: object) -> list[object]:
        if name not in table.column_names:
            return [default] * n
        return [default if cell is None else cell for cell in table[name].to_pylist()]

    fix_after = np.array(column("fix_after", default=0), dtype=np.int64)
    short = np.flatnonzero((fix_after > 0) & (fix_after < 12)).tolist()
    said = "{} is too few points to fix limits on. Use 12 or more."
    found.add(
        Fault(table[ROW][i].as_py(), "fix_after", str(fix_after[i]), said.format(fix_after[i]))
        for i in short
    )
    found.raise_if_any()
    return Definitions(
        path.name,
        table[ROW].to_numpy(),
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


@dataclass(slots=True)
class Met:
    """Which definitions have been met among the measurements, and which rebases begin nothing."""

    known: Definitions
    places: set[int] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    idle: list[Fault] = field(default_factory=list)

    def see(self, names: pa.Array, first: Days, last: Days) -> None:
        """Take in some whole series: their names, and the first and last day of each."""
        if len(self.names) < LOOKED_AT:
            self.names += names.slice(0, LOOKED_AT).to_pylist()
        at = _place(names, self.known)
        for i in np.flatnonzero(at >= 0).tolist():
            place = int(at[i])
            self.places.add(place)
            self.idle += self._idle(place, first[i], last[i])

    def _idle(self, place: int, first: np.datetime64, last: np.datetime64) -> Iterable[Fault]:
        """Yield the rebases of a definition that lie outside its series."""
        row, name = int(self.known.rows[place]), self.known.series[place].as_py()
        for day, _ in self.known.rebases[place]:
            if not first <= day <= last:
                side = f"before the first figure of “{name}”, {first}"
                side = side if day < first else f"after the last figure of “{name}”, {last}"
                said = f"{day} is {side}, so no new limits begin there."
                yield Fault(row, "rebases", str(day), said, self.known.file)

    def unused(self) -> list[Fault]:
        """What of the definitions was not used, by row. Raises `TableError` if none was."""
        lost = [
            (int(self.known.rows[place]), name)
            for place, name in enumerate(self.known.series.to_pylist())
            if place not in self.places
        ]
        faults = strangers(lost, self.names, name=self.known.file)
        if not self.places:
            raise TableError(faults, name=self.known.file)
        return sorted([*faults, *self.idle], key=lambda fault: fault.row or 0)


def idle_of(known: Definitions, names: pa.Array, days: Sequence[date]) -> list[Fault]:
    """What of the definitions one series makes no use of: rebases outside it, or all of them."""
    ends = (np.array([day], dtype="datetime64[D]") for day in (days[0], days[-1]))
    met = Met(known)
    met.see(names, *ends)
    if met.places:
        return met.idle
    said = "There is no row for “{}”, so it is drawn without a direction or a target."
    return strangers(
        [(None, names[0].as_py())], known.series.to_pylist(), said=said, name=known.file
    )


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
