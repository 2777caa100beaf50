"""Opening a file: what kind it is by its content, which sheets it holds, and their rows as text."""

import codecs
import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from makegood.kernel.extents import TooLarge, check_extents
from makegood.kernel.sheets import A_ZIP, BROKEN, SHEET_TOO_LARGE, as_text
from makegood.measures.reading.cells import is_number

Row = list[str]
WIDEST = 1_000
"""Cells a row may have: a wide table of a lifetime's months has fewer."""
LONGEST = 2_000
"""Signs a cell may hold; a figure, a name or a note is shorter."""
MOST_ENTRIES = 500
MOST_UNPACKED = 400 * 2**20
MOST_RATIO = 200
"""A workbook packed tighter than this was made to harm."""
MOST_CELLS = 6_000_000
BLOCK = 1 << 20
PIECE = 1 << 16
SEPARATORS = ",;\t|"
ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
STRANGERS = {
    b"%PDF": "a PDF",
    b"PK\x05\x06": "an empty zip file",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"(\xb5/\xfd": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"<!DOCTYPE": "a web page",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"{\\rtf": "a text document",
}
AN_OLD_OFFICE_FILE = b"\xd0\xcf\x11\xe0"
LOCKED = (
    "The workbook is locked with a password, or is in an old form (XLS). "
    "Save it as XLSX or ODS, without a password."
)
NOT_CLOSED = "A quotation mark is not closed, or stands where none can."
SAVE_AS_UTF_8 = "Save it as “CSV UTF-8”."
UNREADABLE = "The file cannot be read as a workbook. Save it as XLSX, ODS or “CSV UTF-8”."
TOO_LARGE = "The workbook is too large once it is unpacked. Save the rows you need as “CSV UTF-8”."


class BadFile(ValueError):
    """A file that is no table; the message says why and what to do."""


class FileForm(StrEnum):
    """In which form a file holds its table."""

    CSV = "csv"
    WORKBOOK = "workbook"
    PARQUET = "parquet"


@dataclass(frozen=True, kw_only=True)
class Source:
    """An opened file. ``rows`` streams one sheet, every row in its place, blank ones too."""

    path: Path
    form: FileForm
    sheets: Sequence[str]
    encoding: str = ""
    separator: str = ""

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Yield the rows of ``sheet`` (the first one, if none is named), each cell as text."""
        readers = {
            FileForm.CSV: self._lines,
            FileForm.WORKBOOK: self._cells,
            FileForm.PARQUET: self._batches,
        }
        return _bounded(readers[self.form](sheet))

    def beginning(self, sheet: str = "", *, rows: int = 400) -> list[Row]:
        """Return the first rows of ``sheet``."""
        return list(islice(self.rows(sheet), rows))

    def _lines(self, _: str) -> Iterator[Row]:
        number = 0
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                for cells in csv.reader(file, delimiter=self.separator, strict=True):
                    number += 1
                    yield [cell.strip() for cell in cells]
        except csv.Error:
            raise BadFile(f"{NOT_CLOSED} Look after row {number:,}.") from None
        except UnicodeError:
            raise BadFile(f"The file is not text after row {number:,}. {SAVE_AS_UTF_8}") from None

    def _cells(self, sheet: str) -> Iterator[Row]:
        book = _opened(self.path)
        try:
            held = book.get_sheet_by_name(sheet or self.sheets[0])
            cells = held.to_python(skip_empty_area=False)
            merged = held.merged_cell_ranges or []
        except BROKEN:
            raise BadFile(UNREADABLE) from None
        rows = [[as_text(cell) for cell in row] for row in cells]
        filled = 0
        for corner, end in merged:
            filled += _fill(rows, corner, end)
            if filled > MOST_CELLS:
                raise BadFile(UNREADABLE)
        yield from rows

    def _batches(self, _: str) -> Iterator[Row]:
        try:
            file = pq.ParquetFile(self.path, memory_map=True)
            yield list(file.schema_arrow.names)
            for batch in file.iter_batches(PIECE):
                columns = [column.to_pylist() for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    yield ["" if cell is None else as_text(cell) for cell in cells]
        except (pa.ArrowException, OSError) as error:
            raise BadFile("The Parquet file is damaged and cannot be read.") from error


def open_source(path: Path, *, is_known: bool = False) -> Source:
    """Look into the file at ``path``, whatever it is called. Raises ``BadFile``.

    What ``is_known`` was opened before: how large it becomes is not counted anew.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.removeprefix(codecs.BOM_UTF8).strip():
        raise BadFile(
            "The file is empty. It needs a row that names the columns, and rows of figures."
        )
    if start.startswith(AN_OLD_OFFICE_FILE):
        raise BadFile(LOCKED)
    if start.startswith(A_ZIP):
        return Source(path=path, form=FileForm.WORKBOOK, sheets=_sheets(path, is_known=is_known))
    if start.startswith(b"PAR1"):
        return Source(path=path, form=FileForm.PARQUET, sheets=[""])
    for sign, words in STRANGERS.items():
        if start.startswith(sign):
            raise BadFile(f"The file is {words}. Send a table: CSV, XLSX, ODS or Parquet.")
    encoding = _encoding(path, start)
    separator = _separator(path, encoding)
    return Source(path=path, form=FileForm.CSV, sheets=[""], encoding=encoding, separator=separator)


def _sheets(path: Path, *, is_known: bool) -> list[str]:
    """Return the names of the sheets with cells, those that are hidden last."""
    if not is_known:
        _check_archive(path)
    book = _opened(path)
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        raise BadFile("The workbook holds no sheet with cells.")
    ordered = sorted(sheets, key=lambda each: each.visible != SheetVisibleEnum.Visible)
    return [each.name for each in ordered]


def _check_archive(path: Path) -> None:
    """Refuse an archive that is no workbook, or becomes too large; nothing else has opened it yet."""
    try:
        with zipfile.ZipFile(path) as packed:
            _check_parts(packed.infolist(), size=path.stat().st_size)
            check_extents(packed, cells=MOST_CELLS, signs=MOST_UNPACKED)
    except BadFile:
        raise
    except TooLarge:
        raise BadFile(SHEET_TOO_LARGE) from None
    except BROKEN:
        raise BadFile(UNREADABLE) from None


def _check_parts(held: Sequence[zipfile.ZipInfo], *, size: int) -> None:
    unpacked = sum(each.file_size for each in held)
    if len(held) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise BadFile(TOO_LARGE)
    if unpacked > MOST_RATIO * max(size, PIECE):
        raise BadFile(TOO_LARGE)
    if any(each.flag_bits & 1 for each in held):
        raise BadFile(LOCKED)
    if any(each.filename.endswith("vbaProject.bin") for each in held):
        raise BadFile("The workbook holds macros. Save it as XLSX, without them.")


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise BadFile(LOCKED) from None
    except BROKEN:
        raise BadFile(UNREADABLE) from None


def _fill(rows: list[Row], corner: tuple[int, int], end: tuple[int, int]) -> int:
    """Write the words of a merged cell into every cell it covers, and count them; a figure stands once."""
    (top, left), (bottom, right) = corner, end
    words = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
    if not words or is_number(words):
        return 0
    covered = rows[top : bottom + 1]
    for row in covered:
        for place in range(left, min(right + 1, len(row))):
            row[place] = words
    return len(covered) * (min(right + 1, len(rows[top])) - left)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        if len(cells) > WIDEST:
            raise BadFile(
                f"Row {number:,} has {len(cells):,} cells. It may have {WIDEST:,} at most."
            )
        yield cells


def _encoding(path: Path, start: bytes) -> str:
    """Return in what the text is written: as it says, in UTF-8, or as Windows writes."""
    for sign, named in ENCODINGS.items():
        if start.startswith(sign):
            return named
    decoder, encoding = codecs.getincrementaldecoder("utf-8")(), "utf-8"
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            if b"\x00" in block:
                raise BadFile(
                    "The file is not text, nor a workbook. Send CSV, XLSX, ODS or Parquet."
                )
            if encoding == "utf-8" and not _goes_on(decoder, block):
                encoding = "cp1252"
    return encoding if _goes_on(decoder, b"", final=True) else "cp1252"


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    """Return whether text so far, and this of it, is in UTF-8."""
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """Return the sign between cells: the one that parts the first rows most evenly."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = [line for line in islice(file, 60) if line.strip()]
    except UnicodeError:
        raise BadFile("The file is not text we can read. Save it as “CSV UTF-8”.") from None
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """Return how many lines have the width that most have, and that width."""
    widths = [len(cells) for cells in _parted(lines, sign)]
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    return (wide.count(usual), usual)


def _parted(lines: Sequence[str], sign: str) -> Iterator[Row]:
    try:
        yield from csv.reader(chain(lines), delimiter=sign)
    except csv.Error:
        return
