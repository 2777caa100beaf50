"""Files of figures, read without a database: what a cell, a column and a row are taken for."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.documents.workbook import Sheet, workbook
from makegood.kernel.period import Frequency
from makegood.measures.reading import (
    BadFile,
    DayOrder,
    Layout,
    Meaning,
    Role,
    RowReader,
    Shape,
    Yardstick,
    guess_layout,
    open_source,
)
from makegood.measures.reading.cells import BadCell, read_number
from makegood.measures.reading.periods import BadPeriod, period_for
from makegood.measures.reading.rows import Figure, has_other_order
from makegood.measures.states import Standing
from tests.factories.sheets_sent import a_publishers_workbook, sent

TODAY = date(2026, 1, 15)
MONTHLY = Yardstick(today=TODAY, unit="%", lowest=0, highest=100, is_percentage=True)


def read(path: Path, *, sheet: str = "", measure: str = "Staff absence rate") -> tuple[
    Layout, list[Figure], list[tuple[int, str]], RowReader
]:  # fmt: skip
    source = open_source(path)
    layout = guess_layout(source.beginning(sheet), sheet=sheet, measure=measure)
    reader = RowReader(layout, MONTHLY)
    figures: list[Figure] = []
    faults: list[tuple[int, str]] = []
    for number, cells in enumerate(source.rows(sheet), start=1):
        if number > layout.header_to:
            said = reader.read(cells)
            figures += said.figures
            faults += [(number, fault) for fault in said.faults]
    return layout, figures, faults, reader


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024-04-01", "2024-04-01"),
        ("2024-04", "2024-04-01"),
        ("2024-04-30", "2024-04-01"),
        ("2024-04-01 00:00:00", "2024-04-01"),
        ("202404", "2024-04-01"),
        ("01/04/2024", "2024-04-01"),
        ("1.4.24", "2024-04-01"),
        ("30/04/2024", "2024-04-01"),
        ("Apr-24", "2024-04-01"),
        ("Sept 2024", "2024-09-01"),
        ("April 2024", "2024-04-01"),
        ("2024 April", "2024-04-01"),
        ("1 April 2024", "2024-04-01"),
        ("1st April 2024", "2024-04-01"),
        ("04/2024", "2024-04-01"),
        ("45383", "2024-04-01"),
        ("2011-12", "2011-12-01"),
    ],
)
def test_a_month_is_read_however_it_is_written(typed: str, meant: str) -> None:
    assert period_for(typed).isoformat() == meant


@pytest.mark.parametrize(
    ("typed", "every", "meant"),
    [
        ("2024-25 Q1", Frequency.QUARTER, "2024-04-01"),
        ("Q4 2024/25", Frequency.QUARTER, "2025-01-01"),
        ("Q2 2024", Frequency.QUARTER, "2024-04-01"),
        ("2024/25", Frequency.YEAR, "2024-04-01"),
        ("2011-12", Frequency.YEAR, "2011-04-01"),
        ("2024", Frequency.YEAR, "2024-01-01"),
        ("FY2024/25", Frequency.YEAR, "2024-04-01"),
        ("Oct 2021-Sep 2022", Frequency.YEAR, "2021-10-01"),
    ],
)
def test_quarters_and_years_are_read(typed: str, every: Frequency, meant: str) -> None:
    assert period_for(typed, every=every).isoformat() == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2024-13-01", "is not a period"),
        ("soon", "is not a period"),
        ("31/02/2024", "is not a period"),
        ("2024/25", "is a year. This measure is taken every month"),
        ("2024-25 Q1", "is a quarter"),
        ("2024-04-17", "a day within a month"),
        ("2024/27", "is not a period"),
    ],
)
def test_what_is_no_month_is_told(typed: str, said: str) -> None:
    with pytest.raises(BadPeriod, match=said):
        period_for(typed)


def test_days_are_read_the_way_round_that_a_person_says() -> None:
    assert period_for("04/01/2024", order=DayOrder.MONTH) == date(2024, 4, 1)
    assert has_other_order(["13/04/2024", "01/04/2024", "04/13/2024"], than=DayOrder.DAY)
    assert not has_other_order(["13/04/2024", "01/04/2024"], than=DayOrder.DAY)
    assert has_other_order(["13/04/2024", "01/04/2024"], than=DayOrder.MONTH)


def test_days_both_ways_round_in_one_column_are_not_guessed() -> None:
    layout = guess_layout([["period", "value"], ["30/04/2024", "4"]])
    reader = RowReader(layout, MONTHLY, only="it", is_mixed=lambda: True)
    assert "both ways round" in reader.read(["01/05/2024", "4"]).faults[0]
    assert reader.read(["30/04/2024", "4"]).figures
    assert reader.read(["01/01/2024", "4"]).figures, "it is the same day either way"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4,2", "a comma is the decimal point"),
        ("=SUM(A1:A3)", "is a formula"),
        ("£4", "sign of currency"),
        ("#REF!", "an error of the spreadsheet"),
        ("1e999", "too large"),
        ("nan", "not a number"),
        ("1_000", "not a number"),
        ("4%", "no percentage"),
    ],
)
def test_what_is_no_number_is_told(typed: str, said: str) -> None:
    with pytest.raises(BadCell, match=said):
        read_number(typed)


def test_numbers_are_read_as_they_are_written() -> None:
    assert read_number("1,234,567.5") == 1_234_567.5
    assert read_number("4,25", has_decimal_comma=True) == 4.25
    assert read_number("1.234,5", has_decimal_comma=True) == 1234.5
    assert read_number("95%", is_share=True) == 95
    assert read_number("−3") == -3


@given(st.text(max_size=30))
def test_no_cell_breaks_the_reader(cell: str) -> None:
    layout = guess_layout([["period", "value"], ["2024-04-01", "4"]])
    reader = RowReader(layout, MONTHLY, only="it")
    for cells in ([cell, "4"], ["2024-04-01", cell], [cell], [cell, cell, cell]):
        said = reader.read(cells)
        assert said.figures or said.faults or said.left_out or said.empty


def test_held_back_is_not_missing_and_none_of_them_is_nought() -> None:
    rows = "period,value\n2024-01,*\n2024-02,-\n2024-03,\n2024-04,0\n2024-05,<5\n2024-06,null\n"
    layout = guess_layout([row.split(",") for row in rows.splitlines()])
    reader = RowReader(layout, MONTHLY, only="it")
    said = [reader.read(row.split(",")) for row in rows.splitlines()[1:]]
    standing = [each.figures[0].standing if each.figures else None for each in said]
    assert standing == [
        Standing.SUPPRESSED, Standing.NOT_AVAILABLE, None, Standing.MEASURED, Standing.SUPPRESSED, None,
    ]  # fmt: skip
    assert [each.empty for each in said] == [0, 0, 1, 0, 0, 1]
    assert said[0].figures[0].note == "The file says “*”."
    assert said[3].figures[0].value == 0


def test_a_person_can_say_that_a_dash_is_nought() -> None:
    guessed = guess_layout([["period", "value"], ["2024-04", "4"]])
    layout = Layout(**{**vars(guessed), "marks": {**guessed.marks, "-": Meaning.ZERO}})
    said = RowReader(layout, MONTHLY, only="it").read(["2024-04", "-"])
    assert said.figures[0].value == 0
    assert said.figures[0].standing is Standing.MEASURED
    assert Layout.from_plain(layout.as_plain()) == layout


def test_a_publishers_workbook_comes_in_as_it_is(tmp_path: Path) -> None:
    path = sent(tmp_path, a_publishers_workbook(), name="sickness.xlsx")
    source = open_source(path)
    assert source.sheets == ["Cover", "Table 4", "Working"], "what is hidden stands last"
    layout, figures, faults, reader = read(path, sheet="Table 4")
    assert (layout.header_from, layout.header_to) == (4, 5)
    assert layout.shape is Shape.PERIODS_ACROSS
    assert layout.headings[4] == "April 2021 · Sickness absence rate (%)"
    assert [layout.headings[i] for i in layout.places(Role.CODE)] == ["Code"]
    assert faults == []
    assert reader.names == {
        "RX1": "Moor Trust (RX1)", "RX2": "Dale Trust (RX2)", "RX3": "Coast CIC (RX3)",
    }  # fmt: skip
    told = {(each.key, each.period.month): each.value or str(each.standing) for each in figures}
    assert told == {
        ("RX1", 4): 4.1, ("RX1", 5): 4.3, ("RX1", 6): 4.2,
        ("RX2", 4): "not_available", ("RX2", 5): 3.9, ("RX2", 6): "suppressed",
        ("RX3", 4): 2.0, ("RX3", 5): "not_available", ("RX3", 6): 2.4,
    }  # fmt: skip


@pytest.mark.parametrize("many", [1, 2, 3, 4, 5, 6])
def test_headings_may_stand_in_up_to_six_rows(tmp_path: Path, many: int) -> None:
    above = [["", "", f"Part {n}", "", f"Part {n}", ""] for n in range(1, many)]
    last = ["Code", "Name", "April 2021", "May 2021", "June 2021", "July 2021"]
    body = [["RX1", "Moor", 4.1, 4.2, 4.3, 4.4], ["RX2", "Dale", 5.1, "*", 5.3, 5.4]]
    rows = [["Sickness absence, all of it"], [], *above, last, *body]
    merged = [f"{place}{3 + n}:{to}{3 + n}" for n in range(many - 1) for place, to in ("CD", "EF")]
    book = workbook([Sheet(name="A", rows=rows, merged=merged)])
    layout, figures, faults, _ = read(sent(tmp_path, book, name="a.xlsx"), sheet="A")
    assert (layout.header_from, layout.header_to) == (3, 2 + many)
    assert layout.shape is Shape.PERIODS_ACROSS
    assert (len(figures), faults) == (8, [])
    assert all(f"Part {n}" in layout.headings[2] for n in range(1, many))


def test_what_a_person_said_of_a_file_counts_for_the_next_months() -> None:
    april = guess_layout([["Name", "Apr-24", "May-24"], ["A", "1", "2"]])
    said = Layout(**{**vars(april), "marks": {**april.marks, "-": Meaning.ZERO}})
    june = guess_layout([["name", "May-24", "Jun-24", "Jul-24"], ["A", "1", "2", "3"]])
    assert june.fingerprint() == april.fingerprint()
    assert june.taken_over(said).marks["-"] is Meaning.ZERO
    assert june.taken_over(said).roles == june.roles
    assert (
        guess_layout([["Name", "value", "period"], ["A", "1", "Apr-24"]]).fingerprint()
        != april.fingerprint()
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_whatever_stands_between_the_cells(tmp_path: Path, separator: str) -> None:
    lines = [["Month", "Place", "Rate"], ["Apr-24", "Leeds", "4.1"], ["May-24", "Leeds", "4.2"]]
    text = "\n".join(separator.join(line) for line in lines)
    _, figures, faults, _ = read(sent(tmp_path, text))
    assert faults == []
    assert [each.value for each in figures] == [4.1, 4.2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_the_text_is_written_in(tmp_path: Path, encoding: str) -> None:
    text = "Month,Organisation,Rate\nApr-24,Ynys Môn – Café,4.1\nMay-24,Ynys Môn – Café,4.2\n"
    _, figures, _, reader = read(sent(tmp_path, text.encode(encoding)))
    assert list(reader.names) == ["Ynys Môn – Café"]
    assert len(figures) == 2


def test_decimal_commas_are_seen_where_all_figures_have_them(tmp_path: Path) -> None:
    layout, figures, faults, _ = read(
        sent(tmp_path, "Month;Place;Rate\nApr-24;Lyon;4,1\nMay-24;Lyon;4,25\n")
    )
    assert layout.has_decimal_comma
    assert (faults, [each.value for each in figures]) == ([], [4.1, 4.25])


def test_a_parquet_file_is_read_too(tmp_path: Path) -> None:
    table = pa.table({"period": [date(2024, 4, 1)], "place": ["Leeds"], "value": [4.5]})
    pq.write_table(table, tmp_path / "a.parquet")
    _, figures, faults, _ = read(tmp_path / "a.parquet")
    assert (faults, figures[0].value, figures[0].period) == ([], 4.5, date(2024, 4, 1))


def test_figures_of_another_sort_are_left_out(tmp_path: Path) -> None:
    rows = ["area_name,period,measure,value"]
    for place in "AB":
        for month in ("Apr-24", "May-24"):
            rows += [f"{place},{month},Percentage,4", f"{place},{month},Frequency,90"]
    layout, figures, _, _ = read(sent(tmp_path, "\n".join(rows)), measure="Percentage recycled")
    assert layout.which == "Percentage"
    assert {each.value for each in figures} == {4.0}


def test_a_bad_first_row_is_no_heading(tmp_path: Path) -> None:
    rows = "month,organisation,rate\nApr-24,Dale,lots\nMay-24,Dale,4\nJun-24,Dale,5\n"
    layout, figures, faults, _ = read(sent(tmp_path, rows))
    assert (layout.header_to, len(figures)) == (1, 2)
    assert [row for row, _ in faults] == [2], "nothing is lost"


def a_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (300 * 2**20))
    return held.getvalue()


def with_macros() -> bytes:
    held = io.BytesIO(workbook([Sheet(name="A", rows=[["period", "value"]])]))
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"%PDF-1.7 1 0 obj", "is a PDF"),
        (b"\xd0\xcf\x11\xe0 an old one, or one with a password", "locked with a password"),
        (b"PK\x03\x04 cut short", "cannot be read as a workbook"),
        (b"PAR1 cut short", "damaged"),
        (b"\x00\x01\x02 nothing we know", "is not text"),
        (b"<!DOCTYPE html><table>", "is a web page"),
        (b"period,value\n", "columns but no rows of figures"),
        (b"2024-04,4\n2024-05,5\n", "No row names the columns"),
        (b'a,b\n2024-04,4\n"2024-05,5\n', "quotation mark"),
        (b"a,b\n" + b"x," * 1500, "1,501 cells"),
        (with_macros(), "macros"),
        (a_bomb(), "too large once it is unpacked"),
    ],
    ids=range(14),
)
def test_a_file_of_no_use_is_told_in_one_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(BadFile, match=said):
        read(sent(tmp_path, content))


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything"
    path.write_bytes(content)
    with suppress(BadFile):
        read(path)
