"""Measurements as whole series in order, a piece at a time, from any file, in bounded memory."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.tables import ROW, Fault, FaultList

T = TypeVar("T")


class NotInOrderError(Exception):
    """The rows are not sorted by series and period."""


@dataclass(slots=True)
class Whole:
    """Some whole series, one after another, each in the order of its periods.

    `names` are the series (Arrow text [s]); `starts` int64[s + 1] where each begins, and the
    end; `table` the rows, typed, with `ROW`.
    """

    names: pa.Array
    starts: NDArray[np.int64]
    table: pa.Table

    def ends(self) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
        """The first and the last day of each series, datetime64[s] both."""
        days = self.table["period"].to_numpy()
        return days[self.starts[:-1]], days[self.starts[1:] - 1]


def in_order(pieces: Iterator[pa.Table], faults: FaultList) -> Iterator[Whole]:
    """Cut pieces into whole series, carrying the last of each piece over to the next.

    Once a fault is known, pieces are still read and their order checked (to find all faults),
    but nothing comes out.
    Raises `NotInOrderError` where a series or a period comes before its place.
    """
    carried: pa.Table | None = None
    for piece in pieces:
        fresh = _placed(piece) if faults.total else piece
        if fresh.num_rows == 0:
            continue
        rows = fresh if carried is None else pa.concat_tables([carried, fresh])
        names, starts = _runs(rows)
        _check_order(rows, names, starts, faults)
        cut = int(starts[-2])
        carried = rows.slice(rows.num_rows - 1 if faults.total else cut)
        if cut and not faults.total:
            yield Whole(names[:-1], starts[:-1], rows.slice(0, cut))
    if carried is not None and not faults.total:
        names, starts = _runs(carried)
        yield Whole(names, starts, carried)


def _placed(rows: pa.Table) -> pa.Table:
    """Only the rows whose series and period could be read."""
    return rows.filter(pc.and_(rows["series"].is_valid(), rows["period"].is_valid()))


def _runs(rows: pa.Table) -> tuple[pa.Array, NDArray[np.int64]]:
    """The series of a piece, in the order they come, and where each begins."""
    coded = rows["series"].unify_dictionaries() if _is_coded(rows) else rows["series"]
    if not _is_coded(rows):
        coded = coded.dictionary_encode()
    chunks = coded.chunks
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in chunks])
    edges = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    starts = np.concatenate([[0], edges, [len(codes)]]).astype(np.int64)
    return chunks[0].dictionary.take(pa.array(codes[starts[:-1]])), starts


def _is_coded(rows: pa.Table) -> bool:
    return bool(pa.types.is_dictionary(rows.schema.field("series").type))


def _check_order(
    rows: pa.Table, names: pa.Array, starts: NDArray[np.int64], faults: FaultList
) -> None:
    if not pc.all(pc.less(names[:-1], names[1:]), min_count=0).as_py():
        raise NotInOrderError
    days = _days(rows)
    steps = np.diff(days)
    steps[starts[1:-1] - 1] = 1
    if (steps < 0).any():
        raise NotInOrderError
    for i in np.flatnonzero(steps == 0).tolist():
        day, name = rows["period"][i + 1].as_py(), rows["series"][i + 1].as_py()
        before, at = sorted((row_of(rows, i), row_of(rows, i + 1)), key=lambda row: row or 0)
        where = "." if before is None else f": row {before:,} has it already."
        said = f"{day} for {name} is there twice{where}"
        faults.add([Fault(at, "period", str(day), said, about=(name, str(day)))])


def row_of(rows: pa.Table, at: int) -> int | None:
    """Where a row stands in its file; None where the rows come from a cluster."""
    return int(rows[ROW][at].as_py()) if ROW in rows.column_names else None


def _days(rows: pa.Table) -> NDArray[np.int32]:
    days: NDArray[np.int32] = rows["period"].cast(pa.int32()).to_numpy()
    return days


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Make the next item in a thread while the last is used."""
    end = object()
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(next, items, end)
        while (item := waiting.result()) is not end:
            waiting = thread.submit(next, items, end)
            yield item  # type: ignore[misc]  # `end` is the only other thing it can be
