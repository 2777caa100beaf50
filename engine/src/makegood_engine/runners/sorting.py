"""Putting rows in order of series and period, however many there are, in bounded memory.

Rows go to a scratch file as they come, and of their names a sample is kept. Names that part the
sample evenly are the edges between buckets of neighbouring series. Rows are dealt into these, and
each bucket is small enough to be sorted in memory.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from numpy.typing import NDArray

from makegood_engine.runners.dealing import bucket_of
from makegood_engine.tables.check import plain_text

BUCKET = 1 << 20
"""Rows a bucket should hold."""
MOST_BUCKETS = 400
"""Buckets open at once; of a longer file each holds more."""
SAMPLE = 1_000
"""Names kept of each piece; of a million rows, buckets then differ in size by a tenth."""
Longs = NDArray[np.int64]


def sorted_pieces(pieces: Iterator[pa.Table], folder: Path) -> Iterator[pa.Table]:
    """Stream checked pieces sorted by series and period; scratch files go to `folder`.

    Rows whose series or period could not be read are left out.
    """
    scratch = folder / "rows.arrow"
    count, names = _set_down(pieces, scratch)
    if count == 0:
        return
    edges = _edges(names, min(count // BUCKET + 1, MOST_BUCKETS))
    files = [folder / f"bucket-{k}.arrow" for k in range(len(edges) + 1)]
    _deal(scratch, files, edges)
    scratch.unlink()
    for file in files:
        if file.exists():
            with pa.ipc.open_stream(pa.OSFile(str(file))) as rows:
                yield _sorted(rows.read_all())
            file.unlink()


def _set_down(pieces: Iterator[pa.Table], scratch: Path) -> tuple[int, pa.Array]:
    """Write all rows to the scratch file; return how many there are, and a sample of their names."""
    draws = np.random.default_rng(0)
    writer: pa.ipc.RecordBatchStreamWriter | None = None
    schema, count, names = pa.schema([]), 0, [pa.array([], pa.string())]
    for piece in pieces:
        rows = piece.filter(pc.and_(piece["series"].is_valid(), piece["period"].is_valid()))
        if rows.num_rows == 0:
            continue
        plain = plain_text(rows).combine_chunks()
        if writer is None:
            schema = plain.schema
            writer = pa.ipc.new_stream(str(scratch), schema)
        writer.write_table(plain.cast(schema))
        count += plain.num_rows
        kept = draws.integers(plain.num_rows, size=min(SAMPLE, plain.num_rows))
        names.append(plain["series"].combine_chunks().take(pa.array(kept)))
    if writer is not None:
        writer.close()
    return count, pa.concat_arrays(names)


def _edges(names: pa.Array, buckets: int) -> pa.Array:
    """The names at which buckets end, each once and in order; one fewer than there are buckets."""
    ordered = names.take(pc.sort_indices(names))
    places = np.arange(1, buckets) * len(ordered) // buckets
    return ordered.take(pa.array(places)).unique()


def _deal(scratch: Path, files: list[Path], edges: pa.Array) -> None:
    """Write each row to its bucket."""
    with ExitStack() as stack:
        rows = stack.enter_context(pa.ipc.open_stream(pa.OSFile(str(scratch))))
        writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
        for batch in rows:
            place = bucket_of(batch["series"], edges)
            dealt = batch.take(pa.array(np.argsort(place, kind="stable")))
            ends = np.cumsum(np.bincount(place, minlength=len(files)))
            for k in np.flatnonzero(np.diff(ends, prepend=0)).tolist():
                if k not in writers:
                    made = pa.ipc.new_stream(str(files[k]), rows.schema)
                    writers[k] = stack.enter_context(made)
                first = int(ends[k - 1]) if k else 0
                writers[k].write_batch(dealt.slice(first, int(ends[k]) - first))


def _sorted(rows: pa.Table) -> pa.Table:
    """Sort one bucket by series and day; the names come back coded."""
    place = rows.schema.get_field_index("series")
    coded = rows["series"].combine_chunks().dictionary_encode()
    order = pc.sort_indices(coded.dictionary)
    ranks = np.empty(len(order), np.int64)
    ranks[order.to_numpy()] = np.arange(len(order))
    rank = ranks[coded.indices.to_numpy()]
    days = rows["period"].cast(pa.int32()).to_numpy().astype(np.int64)
    in_order = np.argsort((rank << 32) + (days + (1 << 31)))
    names = coded.dictionary.take(order)
    series = pa.DictionaryArray.from_arrays(pa.array(rank[in_order].astype(np.int32)), names)
    rest = rows.remove_column(place).combine_chunks().take(pa.array(in_order))
    return rest.add_column(place, "series", series)
