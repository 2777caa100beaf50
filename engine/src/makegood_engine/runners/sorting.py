"""Putting rows in order of series and period, however many there are, in bounded memory.

Names become numbers as they are met. Rows go to a scratch file; once all names are known, they
are dealt into buckets of neighbouring series, each small enough to be sorted in memory. Only
where the names themselves are too many does DuckDB sort the rows by them.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from numpy.typing import NDArray

from makegood_engine.tables.check import plain_text

PIECE = 1 << 20
"""Rows DuckDB gives at a time."""
BUCKET = 1 << 20
"""Rows a bucket should hold."""
MOST_BUCKETS = 400
"""Buckets open at once; of a longer file each holds more."""
MOST_NAMES = 4_000_000
"""Series whose names are put in order in memory; with more, DuckDB sorts."""
MEMORY = "1GB"
"""What DuckDB may hold while it sorts; the rest goes to disk."""
CODE = "_code"
Longs = NDArray[np.int64]


@dataclass(slots=True)
class _Names:
    """The names met so far, and how many rows each has."""

    known: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    counts: Longs = field(default_factory=lambda: np.zeros(0, np.int64))

    def coded(self, names: pa.ChunkedArray) -> NDArray[np.int32]:
        """The number of each row's name; new names get the next."""
        coded = pc.dictionary_encode(names).combine_chunks()
        met = coded.dictionary.cast(pa.string())
        found = pc.index_in(met, value_set=self.known).fill_null(-1).to_numpy()
        fresh = np.flatnonzero(found < 0)
        place = found.astype(np.int32)
        place[fresh] = np.arange(len(self.known), len(self.known) + len(fresh))
        if len(fresh):
            self.known = pa.concat_arrays([self.known, met.take(pa.array(fresh))])
        codes: NDArray[np.int32] = place[coded.indices.to_numpy()]
        counts = np.bincount(codes, minlength=len(self.known))
        counts[: len(self.counts)] += self.counts
        self.counts = counts
        return codes


def sorted_pieces(pieces: Iterator[pa.Table], folder: Path) -> Iterator[pa.Table]:
    """Stream checked pieces sorted by series and period; scratch files go to `folder`.

    Rows whose series or period could not be read are left out.
    """
    names, scratch = _Names(), folder / "rows.arrow"
    _set_down(pieces, names, scratch)
    if len(names.known) > MOST_NAMES:
        yield from _by_duckdb(names, scratch, folder)
    elif len(names.known):
        yield from _by_buckets(names, scratch, folder)


def _set_down(pieces: Iterator[pa.Table], names: _Names, scratch: Path) -> None:
    """Write all rows to the scratch file, with numbers for names."""
    writer: pa.ipc.RecordBatchStreamWriter | None = None
    schema = pa.schema([])
    for piece in pieces:
        rows = piece.filter(pc.and_(piece["series"].is_valid(), piece["period"].is_valid()))
        if rows.num_rows == 0:
            continue
        codes = pa.array(names.coded(rows["series"]))
        plain = plain_text(rows.set_column(rows.schema.get_field_index("series"), CODE, codes))
        if writer is None:
            schema = plain.schema
            writer = pa.ipc.new_stream(str(scratch), schema)
        writer.write_table(plain.combine_chunks().cast(schema))
    if writer is not None:
        writer.close()


def _by_buckets(names: _Names, scratch: Path, folder: Path) -> Iterator[pa.Table]:
    """Deal the rows into buckets of neighbouring series, and sort each."""
    order = pc.sort_indices(names.known).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    before = np.cumsum(names.counts[order]) - names.counts[order]
    size = max(BUCKET, int(names.counts.sum()) // MOST_BUCKETS + 1)
    bucket = (before // size).astype(np.uint16)
    in_order = names.known.take(pa.array(order))
    files = [folder / f"bucket-{k}.arrow" for k in range(int(bucket[-1]) + 1)]
    _deal(scratch, files, rank, bucket)
    scratch.unlink()
    for file in files:
        if file.exists():
            with pa.ipc.open_stream(pa.memory_map(str(file))) as rows:
                yield _sorted(rows.read_all(), in_order)
            file.unlink()


def _deal(
    scratch: Path, files: list[Path], rank: NDArray[np.int32], bucket: NDArray[np.uint16]
) -> None:
    """Write each row to its bucket, with the rank of its name for the name's number."""
    with ExitStack() as stack:
        rows = stack.enter_context(pa.ipc.open_stream(pa.memory_map(str(scratch))))
        writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
        for batch in rows:
            ranks = rank[batch[CODE].to_numpy()]
            place = bucket[ranks]
            ranked = batch.set_column(batch.schema.get_field_index(CODE), CODE, pa.array(ranks))
            dealt = ranked.take(pa.array(np.argsort(place, kind="stable")))
            ends = np.cumsum(np.bincount(place, minlength=len(files)))
            for k in np.flatnonzero(np.diff(ends, prepend=0)).tolist():
                if k not in writers:
                    made = pa.ipc.new_stream(str(files[k]), rows.schema)
                    writers[k] = stack.enter_context(made)
                first = int(ends[k - 1]) if k else 0
                writers[k].write_batch(dealt.slice(first, int(ends[k]) - first))


def _sorted(rows: pa.Table, names: pa.Array) -> pa.Table:
    """Sort one bucket by rank and day, and give the names back."""
    whole = rows.combine_chunks()
    ranks = whole[CODE].to_numpy().astype(np.int64)
    days = whole["period"].cast(pa.int32()).to_numpy().astype(np.int64)
    order = np.argsort((ranks << 32) + (days + (1 << 31)))
    first, last = int(ranks.min()), int(ranks.max())
    taken = whole.take(pa.array(order))
    codes = pa.array((ranks[order] - first).astype(np.int32))
    coded = pa.DictionaryArray.from_arrays(codes, names.slice(first, last - first + 1))
    return taken.set_column(taken.schema.get_field_index(CODE), "series", coded)


def _by_duckdb(names: _Names, scratch: Path, folder: Path) -> Iterator[pa.Table]:
    """Let DuckDB sort rows and names, on disk where it must."""
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder)}) as store:
        numbers = np.arange(len(names.known), dtype=np.int32)
        store.register("names", pa.table({CODE: numbers, "series": names.known}))
        with pa.ipc.open_stream(pa.memory_map(str(scratch))) as rows:
            store.register("rows", rows)
            quoted = ['"' + name.replace('"', '""') + '"' for name in rows.schema.names]
            columns = ", ".join("series" if name == f'"{CODE}"' else name for name in quoted)
            query = f"""SELECT {columns} FROM rows JOIN names USING ({CODE})
                        ORDER BY series, period"""  # noqa: S608  our own names and the header's
            for batch in store.sql(query).to_arrow_reader(PIECE):
                yield pa.Table.from_batches([batch])
