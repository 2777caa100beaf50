"""One series in one small file, as a person uploads it: good rows kept, bad rows given back."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from makegood_engine.tables.cells import (
    DENOMINATOR,
    above_whole,
    read_date,
    read_number,
)
from makegood_engine.tables.faults import Fault, TableError, whole_file
from makegood_engine.tables.files import NOT_TEXT
from makegood_engine.tables.sniff import (
    BOM,
    check_columns,
    check_is_no_wider,
    check_is_text,
    header_of,
)

LARGEST = 10_000_000
"""Bytes an upload of one series may hold (10 MB)."""
T = TypeVar("T")
_NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One good row: its file row, its period and its numbers (None where missing)."""

    row: int
    period: date
    value: float | None
    numerator: float | None
    denominator: float | None


@dataclass(slots=True)
class History:
    """What a file of one series holds.

    `rows` are the good rows in file order; `faults` all that is wrong, in file order;
    `rejected` the bad rows as typed (row number, cells by column, reasons), so that they can be
    given back as a file; `columns` the header. Every data row is in `rows` or in `rejected`.
    """

    columns: list[str]
    rows: list[HistoryRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rejected: list[tuple[int, dict[str, str], str]] = field(default_factory=list)


@dataclass(slots=True)
class _Limits:
    """What the caller says a good row is."""

    lowest: float | None
    highest: float | None
    as_percentage: bool


def read_history(
    data: bytes,
    *,
    name: str,
    lowest: float | None = None,
    highest: float | None = None,
    max_rows: int = 50_000,
    as_percentage: bool = False,
) -> History:
    """Read the history of one series from the bytes of a CSV file called `name`.

    Columns: `period` (2024-04-01, or 2024-04 for the first of the month) and `value`; or, with
    `as_percentage`, `numerator` and `denominator`, the value then being 100 × numerator ÷
    denominator. A `series` column may hold one series only. `lowest` and `highest` bound the
    value, in its own unit. UTF-8 (with or without a byte order mark) or Windows text.

    Raises `TableError` for what is wrong with the file as a whole (empty, too large, not text,
    a column missing, several series, too many rows or columns); a bad row never does.
    """
    records = _records(data, name=name, max_rows=max_rows)
    columns = header_of(records[0], name=name)
    check_columns(columns, _needed(columns, as_percentage=as_percentage), name=name)
    history = History(columns)
    reader = _RowReader(lowest, highest, as_percentage)
    for number, cells in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in cells):
            _take(history, reader, number, cells)
    if len(reader.names) > 1:
        some = ", ".join(sorted(reader.names)[:3])
        raise whole_file(
            f"The file holds several series ({some}). Upload one at a time.", name=name
        )
    if not history.rows and not history.rejected:
        raise whole_file("The file has a header but no rows.", name=name)
    return history


def _needed(columns: list[str], *, as_percentage: bool) -> list[str]:
    if as_percentage and "value" not in columns and {"numerator", "denominator"} & set(columns):
        return ["period", "numerator", "denominator"]
    return ["period", "value"]


def _records(data: bytes, *, name: str, max_rows: int) -> list[list[str]]:
    """Split the file into records of cells, once it is known to be text and not too large."""
    check_is_text(data[:4096], name=name)
    if len(data) > LARGEST:
        raise whole_file(
            f"The file is {len(data) / 1e6:,.0f} MB. "
            f"One series may be {LARGEST // 10**6} MB at most.",
            name=name,
        )
    reader = csv.reader(io.StringIO(_text(data, name=name), newline=""), strict=True)
    records: list[list[str]] = []
    try:
        for cells in reader:
            check_is_no_wider(len(cells), row=len(records) + 1, name=name)
            records.append(cells)
    except csv.Error:
        said = "A quotation mark is not closed, or stands where none can."
        raise TableError([Fault(len(records) + 1, None, None, said)], name=name) from None
    if len(records) - 1 > max_rows:
        raise whole_file(
            f"The file has {len(records) - 1:,} rows. It may have {max_rows:,} at most.",
            name=name,
        )
    return records


def _text(data: bytes, *, name: str) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            text = data.removeprefix(BOM).decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise whole_file(NOT_TEXT, name=name)


def _take(history: History, reader: "_RowReader", number: int, cells: list[str]) -> None:
    """Put one row among the good or the rejected."""
    named = dict(zip(history.columns, cells, strict=False))
    row, faults = reader.read(number, named)
    if len(cells) != len(history.columns):
        said = f"The row has {len(cells)} cells, but row 1 names {len(history.columns)} columns."
        faults = [Fault(number, None, ",".join(cells)[:80], said)]
        named |= {f"cell {i + 1}": cells[i] for i in range(len(history.columns), len(cells))}
    if row is None or faults:
        history.faults += faults
        reasons = " ".join(f"{fault.column}: {fault.message}" if fault.column else fault.message
                           for fault in faults)  # fmt: skip
        history.rejected.append((number, named, reasons))
        return
    history.rows.append(row)
    reader.seen[row.period] = number


@dataclass(slots=True)
class _RowReader:
    """Reads one row's cells, remembering the periods and series names seen."""

    lowest: float | None
    highest: float | None
    as_percentage: bool
    seen: dict[date, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def read(self, number: int, named: dict[str, str]) -> tuple[HistoryRow | None, list[Fault]]:
        """Return the row, or None, with every fault found in it."""
        self.names |= {named.get("series", "").strip()} - {""}
        faults: list[Fault] = []
        period = self._cell(number, "period", named, read_date, faults)
        if period is None and not faults:
            faults.append(Fault(number, "period", "", "This cell is empty. It must be filled."))
        if period in self.seen:
            said = f"{period} is there twice: row {self.seen[period]:,} has it already."
            faults.append(Fault(number, "period", named["period"], said))
        value, top, bottom = (
            self._cell(number, name, named, read_number, faults) for name in _NUMBERS
        )
        if not faults and top is not None and bottom is not None:
            faults += _rate_faults(number, top, bottom)
            if self.as_percentage and value is None and not faults:
                value = 100 * top / bottom
        if value is not None:
            faults += self._bounds(number, value)
        if period is None or faults:
            return None, faults
        return HistoryRow(number, period, value, top, bottom), faults

    def _cell(
        self,
        number: int,
        column: str,
        named: dict[str, str],
        reader: Callable[[str], T],
        faults: list[Fault],
    ) -> T | None:
        text = named.get(column, "")
        if not text.strip():
            return None
        try:
            return reader(text)
        except ValueError as error:
            faults.append(Fault(number, column, text, str(error)))
            return None

    def _bounds(self, number: int, value: float) -> list[Fault]:
        said = None
        if self.highest is not None and value > self.highest:
            said = f"{value:g} is too high. It can be {self.highest:g} at most."
        if self.lowest is not None and value < self.lowest:
            said = f"{value:g} is too low. It must be {self.lowest:g} or more."
        return [Fault(number, "value", f"{value:g}", said)] if said else []


def _rate_faults(number: int, top: float, bottom: float) -> list[Fault]:
    if bottom <= 0:
        return [Fault(number, "denominator", f"{bottom:g}", DENOMINATOR)]
    if top > bottom:
        return [Fault(number, "numerator", f"{top:g}", above_whole(top, bottom))]
    return []
