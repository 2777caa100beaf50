"""A few bytes that would become all the memory of a server are refused before anything opens them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from makegood.kernel.documents.workbook import MAIN, Sheet, workbook
from makegood.kernel.extents import NoWorkbook, TooLarge, check_extents
from makegood.kernel.sheets import BadSheet, as_csv
from makegood.measures.reading import BadFile, open_source
from tests.rooms.kernel.test_sheets import a_workbook, row, typed, words

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
FLOAT = 'office:value-type="float" office:value="1"'


def with_part(name: str, content: str, *, into: bytes = b"", packing: int = 8) -> bytes:
    """Return a workbook, one part of which holds ``content`` instead of what it held."""
    whole = io.BytesIO(into or workbook([Sheet(name="A", rows=[["period", "value"]])]))
    held = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(held, "w", packing) as new:
        for each in old.infolist():
            if each.filename != name:
                new.writestr(each.filename, old.read(each))
        new.writestr(name, content)
    return held.getvalue()


def a_sheet(rows: str) -> bytes:
    return with_part(SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')


def cell(attributes: str, inside: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def rows_of(attributes: str, cells: str) -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def words_often(times: int) -> bytes:
    """Return a sheet whose cells all name the same long words."""
    cells = "".join(f'<row><c t="s"><v>{0}</v></c></row>' for _ in range(times))
    whole = a_sheet(cells)
    long = f'<sst xmlns="{MAIN}"><si><t>{"a" * 600_000}</t></si></sst>'
    return with_part("xl/sharedStrings.xml", long, into=whole)


FAR_APART = {
    "two cells": a_sheet(FAR),
    "two cells without their rows": a_sheet(FAR.replace(' r="1048576"', "").replace(' r="1"', "")),
    "rows alone": a_sheet('<row r="1"><c><v>1</v></c></row><row r="9000000"><c><v>1</v></c></row>'),
    "a prefix": with_part(
        SHEET, f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{FAR.replace("<", "<x:").replace("<x:/", "</x:")}'
        "</x:sheetData></x:worksheet>",
    ),
    "many columns": a_workbook(row(cell(f'{FLOAT} table:number-columns-repeated="99000000"'))),
    "many rows": a_workbook(
        rows_of('table:number-rows-repeated="99000000"', cell(FLOAT)) + row(typed("float", "1"))
    ),
    "a gap between": a_workbook(
        row(words("a")) + rows_of('table:number-rows-repeated="99000000"', cell("")) + row(words("b"))
    ),
    "spaces": a_workbook(
        row(cell('office:value-type="string"', '<text:p>a<text:s text:c="99000000000"/></text:p>'))
    ),
    "words named often": words_often(1_000),
}  # fmt: skip


@pytest.mark.parametrize("data", FAR_APART.values(), ids=FAR_APART)
def test_a_sheet_that_would_fill_the_memory_is_refused_before_it_is_opened(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "sent"
    path.write_bytes(data)
    tracemalloc.start()
    with pytest.raises(BadSheet, match="too large"):
        as_csv(data)
    with pytest.raises(BadFile, match="too large"):
        open_source(path)
    assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    tracemalloc.stop()


def test_what_office_programs_write_far_out_is_no_cell() -> None:
    beyond = rows_of(
        'table:number-rows-repeated="1048574"', cell('table:number-columns-repeated="16384"')
    )
    sheet = row(words("a"), cell('table:number-columns-repeated="16383"')) + beyond
    assert as_csv(a_workbook(sheet)) == "a\r\n"
    styled = '<row r="1"><c r="A1"><v>7</v></c><c r="XFD1" s="3"/></row><row r="1048576" s="3"/>'
    assert as_csv(a_sheet(styled)) == "7\r\n"


LARGE = [["a"] * 500] * 600
BESIDE = {
    "a drawing of the old sort": ("xl/drawings/vmlDrawing1.vml", "<xml><br></xml>"),
    "words in other letters": ("customXml/item1.xml", "\xff\xfe<\x00a\x00/\x00>\x00"),
    "a table of names": ("xl/tables/table1.xml", f'<table xmlns="{MAIN}" ref="A1:B9"/>'),
    "an order of sums": ("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="XFD1048576"/></calcChain>'),
    "a chart": ("xl/charts/chart1.xml", '<c:chart xmlns:c="c"><c:pt idx="0"><c:v>4</c:v></c:pt></c:chart>'),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_sheets_is_no_sheet(name: str, content: str) -> None:
    two = workbook([Sheet(name="A", rows=LARGE), Sheet(name="B", rows=LARGE)])
    assert as_csv(with_part(name, content, into=two)).count("\n") == len(LARGE)


def without_end(data: bytes) -> bytes:
    return data + b"PK\x05\x06 another list of parts"


def more_than_it_says(data: bytes) -> bytes:
    """Return an archive whose sheet says that it is shorter than it is."""
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET).file_size
    return data.replace(size.to_bytes(4, "little"), (size - 20).to_bytes(4, "little"))


HIDDEN = {
    "in a part by another name": with_part("xl/media/a.png", f"x<worksheet><sheetData>{FAR}"),
    "in binary": with_part("xl/workbook.bin", "x"),
    "before a list that nobody reads": without_end(a_sheet(FAR)),
    "behind its own end": more_than_it_says(a_sheet(FAR)),
    "after a document type": with_part(SHEET, "<!DOCTYPE a><worksheet/>"),
    "after its root": with_part(SHEET, f"<worksheet/><worksheet><sheetData>{FAR}</sheetData></worksheet>"),
    "by a number that is none": a_sheet('<row r="&#x661;"><c><v>1</v></c></row>'),
    "at a place that is none": a_sheet('<row r="1"><c r="A-1"><v>1</v></c></row>'),
    "in other letters": with_part(SHEET, f"<worksheet><sheetData>{FAR}".encode("utf-16").decode("latin-1")),
}  # fmt: skip


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_a_sheet_that_hides_from_the_count_is_no_workbook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sent"
    path.write_bytes(data)
    with pytest.raises(BadSheet, match="cannot be read as a workbook"):
        as_csv(data)
    with pytest.raises(BadFile, match="cannot be read as a workbook"):
        open_source(path)


def test_cells_are_counted_from_the_first_corner_and_sheet_by_sheet() -> None:
    sheets = [Sheet(name=name, rows=[["a", "b"], ["c", "d"]]) for name in "AB"]
    with zipfile.ZipFile(io.BytesIO(workbook(sheets))) as packed:
        check_extents(packed, cells=4, signs=100)
        with pytest.raises(TooLarge):
            check_extents(packed, cells=3, signs=100)
        with pytest.raises(TooLarge):
            check_extents(packed, cells=4, signs=5)


def test_a_damaged_part_is_no_workbook() -> None:
    data = with_part(SHEET, "<worksheet><sheetData>")
    with zipfile.ZipFile(io.BytesIO(data)) as packed, pytest.raises(NoWorkbook):
        check_extents(packed, cells=4, signs=100)
