"""Writing a workbook (XLSX): words as words and numbers as numbers, so that no cell is a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK_TYPE = f"{KIND}.sheet"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME_LENGTH = 31
LETTERS = 26
HIDDEN = ' state="hidden"'
Cell = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: its rows, and the cells that are merged (``A1:B1``). ``widths`` are in signs."""

    name: str
    rows: Iterable[Sequence[Cell]]
    merged: Sequence[str] = ()
    widths: Sequence[int] = ()
    is_hidden: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook of ``sheets``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _kinds(len(sheets)))
        packed.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        packed.writestr("xl/workbook.xml", _book(sheets))
        parts = [("worksheet", f"worksheets/sheet{i}.xml") for i in _numbers(sheets)]
        packed.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        for number, sheet in enumerate(sheets, start=1):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(sheet))
    return held.getvalue()


def _numbers(sheets: Sequence[Sheet]) -> range:
    return range(1, len(sheets) + 1)


def _kinds(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for i in range(1, count + 1)
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{place}"/>'
        for i, (kind, place) in enumerate(parts, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{each}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    each = "".join(
        f"<sheet name={quoteattr(_cleaned(sheet.name)[:NAME_LENGTH])} "
        f'sheetId="{i}"{HIDDEN if sheet.is_hidden else ""} r:id="r{i}"/>'
        for i, sheet in enumerate(sheets, start=1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{each}</sheets></workbook>'


def _sheet(sheet: Sheet) -> str:
    rows = "".join(_row(number, row) for number, row in enumerate(sheet.rows, start=1))
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else ""
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>'
        for i, width in enumerate(sheet.widths, start=1)
    )
    columns = f"<cols>{widths}</cols>" if widths else ""
    return f'{HEAD}<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>'


def _row(number: int, cells: Sequence[Cell]) -> str:
    written = "".join(_cell(f"{_letters(i)}{number}", cell) for i, cell in enumerate(cells))
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell!r}</v></c>'
    words = escape(_cleaned(cell))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _cleaned(words: str) -> str:
    return NOT_IN_XML.sub("", words)


def _letters(place: int) -> str:
    """Return what a spreadsheet calls a column: A, B … Z, AA."""
    more, last = divmod(place, LETTERS)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
