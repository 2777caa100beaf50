"""Reading CSV, Parquet and Arrow files piece by piece, in bounded memory."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.ipc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from makegood_engine.tables.check import ROW, check_batch, check_key, plain_text
from makegood_engine.tables.contracts import Contract
from makegood_engine.tables.faults import Fault, FaultList, TableError, whole_file
from makegood_engine.tables.sniff import BOM, check_columns, header_of, kind_of

BLOCK = 1 << 24
"""Bytes of a CSV file read at a time."""
ENOUGH = 10_000
"""Rows of the wrong width after which a file is read no further."""
PIECE = 1 << 20
"""Rows of a Parquet file read at a time."""
BROKEN_NAMES = "The column names are broken across lines. Write them on one line."
NOT_TEXT = "The file is not text we can read. Save it as CSV in UTF-8 and try again."


@dataclass(slots=True)
class _Lines:
    """What row of the file each record stands on, where rows were skipped."""

    faults: FaultList
    width: int
    skipped: list[int] = field(default_factory=list)

    def skip(self, row: pcsv.InvalidRow) -> str:
        """Skip a row of the wrong width; a blank one silently, another as a fault."""
        number = int(row.number)
        self.skipped.append(number)
        if len(self.skipped) > ENOUGH:
            return "error"
        if row.text.strip(" ,\t\r\n"):
            said = f"The row has {row.actual_columns} cells, but row 1 names {self.width} columns."
            self.faults.add([Fault(number, None, row.text[:80], said)])
        return "skip"

    def rows(self, first: int, count: int) -> NDArray[np.int64]:
        """File rows of `count` records from record `first` (the file's first is 0)."""
        rows = np.arange(first + 2, first + 2 + count)
        if self.skipped:
            skipped = np.array(self.skipped) - np.arange(len(self.skipped))
            rows += np.searchsorted(skipped, rows, side="right")
        return rows


def read_table(
    path: str | Path, contract: Contract, *, faults: FaultList | None = None
) -> pa.Table:
    """Read one whole table, typed by its contract, with unknown columns kept.

    Raises `TableError` naming row and column of the first 20 faults (all counted). Given
    `faults`, they go there, the bad cells are null, and only a file that cannot be read at all
    raises. A column `ROW` holds the file's row number of each row.
    """
    path = Path(path)
    found = FaultList(path.name) if faults is None else faults
    pieces = list(read_pieces(path, contract, faults=found))
    table = pa.concat_tables([plain_text(piece) for piece in pieces])
    check_key(table, contract, faults=found)
    if faults is None:
        found.raise_if_any()
    if table.num_rows == 0 and not found.total:
        raise whole_file("The table has a header but no rows.", name=path.name)
    return table


def from_arrow(table: pa.Table, contract: Contract, *, faults: FaultList | None = None) -> pa.Table:
    """Check a table already in memory, as `read_table` checks a file; first data row is row 2."""
    found = FaultList(contract.name) if faults is None else faults
    check_columns(table.column_names, contract.needed, name=contract.name)
    typed = plain_text(check_batch(table, contract, rows=lambda i: i + 2, faults=found))
    typed = _with_rows(typed, np.arange(2, typed.num_rows + 2))
    check_key(typed, contract, faults=found)
    if faults is None:
        found.raise_if_any()
    return typed


def column_names(path: Path) -> list[str]:
    """The columns a file has, before anything else is read of it."""
    kind = kind_of(path)
    if kind == "csv":
        return _csv_header(path)[0]
    return list(next(_binary_pieces(path, kind, None)).column_names)


def read_pieces(
    path: Path, contract: Contract, *, faults: FaultList, coded: bool = True
) -> Iterator[pa.Table]:
    """Stream typed pieces of a table with a column `ROW`; cells at fault go to `faults`.

    Series of a Parquet file come `coded`: quick where they stand together, slow where they do not.
    """
    kind = kind_of(path)
    if kind == "csv":
        yield from _csv_pieces(path, contract, faults)
        return
    position = 0
    for piece in _binary_pieces(path, kind, contract, coded=coded):
        start = position + 2
        typed = check_batch(piece, contract, rows=start.__add__, faults=faults)
        yield _with_rows(typed, np.arange(start, start + piece.num_rows))
        position += piece.num_rows


def _with_rows(table: pa.Table, rows: Sequence[int] | NDArray[np.int64]) -> pa.Table:
    return table.append_column(ROW, pa.array(rows, pa.int64()))


def _binary_pieces(
    path: Path, kind: str, contract: Contract | None, *, coded: bool = True
) -> Iterator[pa.Table]:
    try:
        if kind == "parquet":
            apart = ["series"] if coded else None
            source = pq.ParquetFile(path, memory_map=True, read_dictionary=apart)
            schema, batches = source.schema_arrow, source.iter_batches(PIECE)
        else:
            reader = pa.ipc.open_file(pa.memory_map(str(path)))
            schema = reader.schema
            batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
        check_columns(schema.names, contract.needed if contract else [], name=path.name)
        yield schema.empty_table()
        for batch in batches:
            yield pa.Table.from_batches([batch])
    except (pa.ArrowInvalid, OSError) as error:
        raise whole_file(
            f"The file is damaged and cannot be read ({error}).", name=path.name
        ) from None


def _csv_pieces(path: Path, contract: Contract, faults: FaultList) -> Iterator[pa.Table]:
    names, encoding = _csv_header(path)
    check_columns(names, contract.needed, name=path.name)
    lines = _Lines(faults, len(names))
    yield _empty(names, contract)
    position = 0
    for batch in _csv_batches(path, names, encoding, lines):
        numbers = lines.rows(position, len(batch))
        position += len(batch)
        piece, numbers = _without_blank(pa.Table.from_batches([batch]), numbers)
        typed = check_batch(piece, contract, rows=numbers.item, faults=faults)
        yield _with_rows(typed, numbers)


def _without_blank(
    piece: pa.Table, numbers: NDArray[np.int64]
) -> tuple[pa.Table, NDArray[np.int64]]:
    """Leave out rows in which every cell is empty."""
    filled = np.zeros(len(numbers), dtype=bool)
    for column in piece.columns:
        if column.null_count == 0:
            return piece, numbers
        filled |= column.is_valid().to_numpy()
    return piece.filter(pa.array(filled)), numbers[filled]


def _empty(names: list[str], contract: Contract) -> pa.Table:
    none = pa.table({name: pa.array([], pa.string()) for name in names})
    return _with_rows(check_batch(none, contract, rows=lambda i: i, faults=FaultList()), [])


def _csv_header(path: Path) -> tuple[list[str], str]:
    """Read row 1, and tell whether the file is UTF-8 or Windows text (cp1252)."""
    encoding = "utf8"
    with path.open("rb") as file:
        line = file.readline(1 << 16).removeprefix(BOM)
        for block in chain([line], iter(lambda: b"".join(file.readlines(BLOCK)), b"")):
            try:
                block.decode()
            except UnicodeDecodeError:
                encoding = "cp1252"
                break
    try:
        return header_of(next(csv.reader([line.decode(encoding)])), name=path.name), encoding
    except UnicodeDecodeError:
        raise whole_file(NOT_TEXT, name=path.name) from None
    except csv.Error:
        raise TableError([Fault(1, None, None, BROKEN_NAMES)], name=path.name) from None


def _csv_batches(
    path: Path, names: list[str], encoding: str, lines: _Lines
) -> Iterator[pa.RecordBatch]:
    text = {name: pa.string() for name in names}
    try:
        reader = pcsv.open_csv(
            path,
            read_options=pcsv.ReadOptions(
                use_threads=False,
                block_size=BLOCK,
                column_names=names,
                skip_rows=1,
                encoding=encoding,
            ),
            parse_options=pcsv.ParseOptions(
                ignore_empty_lines=False,
                invalid_row_handler=lines.skip,
                newlines_in_values=True,
            ),
            convert_options=pcsv.ConvertOptions(
                column_types=text, strings_can_be_null=True, null_values=[""]
            ),
        )
        yield from reader
    except pa.ArrowInvalid as error:
        if len(lines.skipped) > ENOUGH:
            lines.faults.raise_if_any()
        if "skip initial" in str(error):
            return
        raise whole_file(NOT_TEXT, name=path.name) from error
    except UnicodeDecodeError as error:
        raise whole_file(NOT_TEXT, name=path.name) from error


__all__ = ["TableError", "from_arrow", "read_pieces", "read_table"]
