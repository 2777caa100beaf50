"""Writing tables whole or not at all: to a part file first, and into place at the end."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from makegood_engine.tables import whole_file
from makegood_engine.tables.check import plain_text
from makegood_engine.tables.stopping import placing, put_off

CODED = ["series", "special_cause", "point_type", "variation", "assurance", "ruleset", "notes"]
"""Columns of few distinct texts, which Parquet keeps once."""
SMOOTH = {"period", "group", "mean", "lower", "upper", "side"}
"""Columns that repeat so much that packing them costs less than writing them whole."""
WAITING = 2
"""Tables that may wait for the writing thread."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give a fault of the disk the name of the file being written, where it has none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Make a folder beside an output for as long as the block lasts; its faults name the output."""
    where = beside.parent if beside.parent.is_dir() else None
    try:
        folder = TemporaryDirectory(dir=where, prefix=".makegood-")
    except OSError as error:
        error.filename = str(beside)
        raise
    with folder as place:
        yield Path(place)


class TableFile:
    """A CSV or Parquet file being written, piece by piece, by a thread of its own.

    The name decides the format. Nothing stands under that name until `keep` is called.
    """

    def __init__(self, path: Path) -> None:
        """Refuse a name that is neither CSV nor Parquet, or a folder that is not there."""
        self.path = path
        check_output(path)
        self._part = path.with_name(f".{path.name}.part")
        self._schema: pa.Schema = pa.schema([])
        self._writer: pq.ParquetWriter | pcsv.CSVWriter | None = None
        self._thread = ThreadPoolExecutor(1)
        self._pending: list[Future[None]] = []

    def __enter__(self) -> Self:
        """Give the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the thread and remove what was not kept."""
        self._thread.shutdown(cancel_futures=True)
        if self._writer is not None:
            self._writer.close()
        self._part.unlink(missing_ok=True)
        self._part.with_suffix(".before").unlink(missing_ok=True)

    def write(self, table: pa.Table) -> None:
        """Hand one piece to the writing thread; waits when two are already waiting."""
        while len(self._pending) >= WAITING:
            self._pending.pop(0).result()
        with put_off():  # a thread that is stopped as it starts would not be waited for
            self._pending.append(self._thread.submit(self._write, table))

    def finish(self) -> None:
        """Wait until all is written, and close the part file."""
        for waiting in self._pending:
            waiting.result()
        self._pending.clear()
        if self._writer is not None:
            with naming(self.path):
                self._writer.close()
            self._writer = None

    def keep(self) -> None:
        """Move the finished part file into its place."""
        self._part.replace(self.path)

    def _write(self, table: pa.Table) -> None:
        tight = plain_text(table) if is_csv(self.path) else _required_where_full(table)
        with naming(self.path):
            if self._writer is None:
                self._schema = tight.schema
                self._writer = self._open()
            elif not is_csv(self.path):
                self._widen(tight.schema)
            self._writer.write_table(tight.cast(self._schema))

    def _open(self) -> "pq.ParquetWriter | pcsv.CSVWriter":
        if is_csv(self.path):
            return pcsv.CSVWriter(self._part, self._schema)
        return parquet_writer(self._part, self._schema)

    def _widen(self, found: pa.Schema) -> None:
        """Write again what is written, where a column first full turns out to have gaps.

        Columns without gaps are half the work to write, and most files have none.
        """
        fields = [
            old.with_nullable(old.nullable or new.nullable)
            for old, new in zip(self._schema, found, strict=True)
        ]
        wider = pa.schema(fields)
        if wider.equals(self._schema):
            return
        assert self._writer is not None
        self._writer.close()
        before = self._part.with_suffix(".before")
        self._part.replace(before)
        self._schema = wider
        self._writer = self._open()
        with pq.ParquetFile(before, read_dictionary=[f.name for f in wider if _is_coded(f)]) as old:
            for group in range(old.num_row_groups):
                self._writer.write_table(old.read_row_group(group).cast(wider))
        before.unlink()


def parquet_writer(where: object, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet file (a path, or an open stream) for points or summaries."""
    names = schema.names
    return pq.ParquetWriter(
        where,
        schema,
        compression={name: "snappy" if name in SMOOTH else "none" for name in names},
        use_dictionary=[name for name in CODED if name in names],
        write_statistics=False,
    )


def _is_coded(field: pa.Field) -> bool:
    return bool(pa.types.is_dictionary(field.type))


def _required_where_full(table: pa.Table) -> pa.Table:
    """Mark the columns that have no gap as having none."""
    fields = [
        field.with_nullable(bool(column.null_count))
        for field, column in zip(table.schema, table.columns, strict=True)
    ]
    return pa.table(table.columns, schema=pa.schema(fields))


def write_whole(table: pa.Table, path: Path) -> None:
    """Write one table whole or not at all."""
    with table_files(path) as (file,):
        file.write(table)


@contextmanager
def table_files(*paths: Path) -> Iterator[tuple[TableFile, ...]]:
    """Open several files that come to stand together, or not at all."""
    files = tuple(TableFile(path) for path in paths)
    try:
        with naming(paths[0]):  # beside which scratch files stand
            yield files
        for file in files:
            file.finish()
        with placing():
            for file in files:
                file.keep()
    finally:
        with put_off():
            for file in files:
                file.__exit__(None, None, None)


def check_output(path: Path) -> None:
    """Refuse an output that could not be written, before any work is done."""
    if path.suffix.lower() not in {".csv", ".parquet"}:
        raise whole_file("The name must end in .csv or .parquet.", name=path.name)
    if not path.parent.is_dir():
        raise whole_file(f"The folder {path.parent} does not exist.", name=path.name)


def is_csv(path: Path) -> bool:
    """Say whether a file is CSV, by its name."""
    return path.suffix.lower() == ".csv"
