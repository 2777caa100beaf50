"""Tables as people send them: CSV in UTF-8, or the first sheet of a workbook (XLSX, ODS)."""

import csv
import io
import struct
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from makegood.kernel.extents import TooLarge, check_extents

A_ZIP = b"PK\x03\x04"
MOST_UNPACKED = 50 * 2**20
"""What a workbook may hold once it is unpacked, in bytes: its own sizes are added up before it is opened."""
MOST_CELLS = 500_000
SHEET_TOO_LARGE = "A sheet in it is too large. Save the rows you need as “CSV UTF-8”."
BROKEN = (
    *(CalamineError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError),
    *(ValueError, struct.error, zipfile.BadZipFile, zlib.error),
)
"""What comes of opening a file that was cut, changed or made by something else."""


class BadSheet(ValueError):
    """What was sent is not a table; the message says why and what to do."""


def as_csv(data: bytes) -> str:
    """Return a table as CSV: of a workbook its first sheet, each cell as text. Raises ``BadSheet``."""
    if data.startswith(A_ZIP):
        return _written(_sheet(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSheet(
            "The file is not text in UTF-8. Save it as “CSV UTF-8”, or as XLSX or ODS."
        ) from None


def _sheet(data: bytes) -> list[list[Any]]:
    try:
        sheet = CalamineWorkbook.from_filelike(_unpacked(data)).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except BadSheet:
        raise
    except TooLarge:
        raise BadSheet(SHEET_TOO_LARGE) from None
    except BROKEN:
        raise BadSheet(
            "The file cannot be read as a workbook. Save it as XLSX, ODS or “CSV UTF-8”."
        ) from None


def _unpacked(data: bytes) -> io.BytesIO:
    """Return the same workbook with nothing in it packed: no more comes out of it than it says it holds."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(held, "w") as plain:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            raise BadSheet("The workbook is too large once it is unpacked. Save it as “CSV UTF-8”.")
        check_extents(packed, cells=MOST_CELLS, signs=MOST_UNPACKED)
        for each in packed.infolist():
            plain.writestr(each.filename, packed.read(each))
    held.seek(0)
    return held


def _written(rows: list[list[Any]]) -> str:
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    for row in rows:
        cells = [as_text(cell) for cell in row]
        if any(cells):
            lines.writerow(cells)
    return file.getvalue()


def as_text(cell: object) -> str:
    """Return a cell as one would type it: days as days, whole numbers without a point."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell).strip()
