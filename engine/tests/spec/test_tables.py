"""Bad input gets one clear message naming row and column; good input comes through whole."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from makegood_engine.tables import (
    COMMITMENTS,
    DEFINITIONS,
    MEASUREMENTS,
    ROW,
    TableError,
    from_arrow,
    read_table,
)

HEAD = b"series,period,value\n"


def written(folder: Path, data: bytes, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(folder: Path, data: bytes, name: str = "m.csv") -> TableError:
    with pytest.raises(TableError) as caught:
        read_table(written(folder, data, name), MEASUREMENTS)
    return caught.value


def test_good_rows_come_through_with_unknown_columns(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfSeries, period ,value,note\nA,2024-01,1.5,hi\n\nA,2024-02-01,,\n"
    table = read_table(written(tmp_path, data), MEASUREMENTS)
    assert table.to_pylist() == [
        {"series": "A", "period": date(2024, 1, 1), "value": 1.5, "note": "hi", ROW: 2},
        {"series": "A", "period": date(2024, 2, 1), "value": None, "note": None, ROW: 4},
    ]


def test_windows_text_is_read(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, HEAD + b"Caf\xe9,2024-01-01,1\n"), MEASUREMENTS)
    assert table["series"].to_pylist() == ["Café"]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            b"A,24-03-01,1",
            "period: “24-03-01” is not a date as we write them. Write 2024-03-01 if it is 1 March 2024.",
        ),
        (b"A,31/02/2024,1", "period: “31/02/2024” is not a date. Write it like 2024-02-01."),
        (b"A,2024-02-30,1", "period: “2024-02-30” is not a date. Write it like 2024-02-01."),
        (
            b'A,2024-01-01,"1,234.5"',
            "value: “1,234.5” has a comma in it. Write numbers like 1234.5, without commas.",
        ),
        (b"A,2024-01-01,95%", "value: “95%” has a % sign in it. Write the number alone, like 95."),
        (b"A,2024-01-01,inf", "value: “inf” is infinite. Write a number, or leave the cell empty."),
        (b"A,2024-01-01,1e999", "value: “1e999” is too large a number to use."),
        (
            b"A,2024-01-01,nan",
            "value: “nan” is not a number. Write one like 1234.5, or leave the cell empty.",
        ),
        (b",2024-01-01,1", "series: This cell is empty. It must be filled."),
        (b"A,,1", "period: This cell is empty. It must be filled."),
        (b"A,2024-01-01,1,2", "The row has 4 cells, but row 1 names 3 columns."),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, cells: bytes, message: str) -> None:
    said = str(refusal(tmp_path, HEAD + cells + b"\n"))
    assert said.startswith("m.csv: Row 2")
    assert said.removeprefix("m.csv: Row 2").lstrip(",: ") == message


def test_rows_are_counted_past_blank_and_broken_ones(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + b"A,2024-01-01,1\n\nA,2024-02-01,1,9\nA,x,1\nA,2024-04-01,y\n")
    assert [(fault.row, fault.column) for fault in error.faults] == [
        (4, None),
        (5, "period"),
        (6, "value"),
    ]


def test_the_first_twenty_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + b"A,x,1\n" * 1234)
    assert error.total == 1234
    assert [fault.row for fault in error.faults] == list(range(2, 22))
    assert str(error).splitlines()[0] == "m.csv: 1,234 things are wrong. The first 20:"
    assert len(str(error).splitlines()) == 21


def test_a_period_that_exists_twice(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + b"A,2024-01-01,1\nB,2024-01-01,1\nA,2024-01,2\n")
    assert str(error) == (
        "m.csv: Row 4, period: 2024-01-01 for A is there twice: row 2 has it already. "
        "Leave one of them out."
    )


def test_a_rate_above_one_hundred_percent(tmp_path: Path) -> None:
    head = b"series,period,value,numerator,denominator\n"
    error = refusal(tmp_path, head + b"A,2024-01-01,120,12,10\nA,2024-02-01,,0,0\n")
    assert [str(fault) for fault in error.faults] == [
        "Row 2, numerator: 12 is above the denominator, 10. A rate cannot be above 100%.",
        (
            "Row 3, denominator: The denominator must be above 0. "
            "Leave the row's value empty if there was none."
        ),
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("m.csv", b"", "The file is empty."),
        ("m.csv", b"\xef\xbb\xbf \n", "The file is empty."),
        ("m.csv", HEAD, "a header but no rows"),
        ("m.csv", HEAD.strip(), "a header but no rows"),
        ("m.csv", b"%PDF-1.7 rest", "the file is a PDF"),
        ("m.csv", b"PK\x03\x04rest", "the file is a spreadsheet or zip file"),
        ("m.csv", b"PAR1rest", "the file is a Parquet file"),
        ("m.csv", b"\xff\xfes\x00", "the file is text in UTF-16"),
        ("m.csv", HEAD + b"A\x00,2024-01-01,1\n", "the file is not text"),
        ("m.csv", HEAD + b"A\x81,2024-01-01,1\n", "not text we can read"),
        ("m.parquet", HEAD, "The name says Parquet, but the file is something else"),
        ("m.parquet", b"PAR1 broken", "damaged"),
        ("m.doc", HEAD, "must end in .csv, .parquet or .arrow"),
        (
            "m.csv",
            b"series,month\nA,1\n",
            (
                "The columns period, value cannot be found. "
                "The table needs: series, period, value. It has: series, month."
            ),
        ),
        ("m.csv", b"series;period;value\nA;1;1\n", "Save it with commas between the columns."),
        ("m.csv", b"series,value,value\nA,1,1\n", "The column “value” is there twice in row 1."),
    ],
)
def test_a_file_that_is_not_what_it_should_be(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    error = refusal(tmp_path, data, name)
    assert error.total == 1
    assert words in str(error)
    assert str(error).startswith(f"{name}: ")


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_table(tmp_path / "none.csv", MEASUREMENTS)


def test_parquet_of_other_types_is_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    columns = {
        "series": pa.array(["A", "B"]).dictionary_encode(),
        "period": pa.array([date(2024, 1, 1), date(2024, 2, 1)]).cast(pa.timestamp("us")),
        "value": pa.array([1, None], pa.int32()),
    }
    pq.write_table(pa.table(columns), path)
    assert read_table(path, MEASUREMENTS)["value"].to_pylist() == [1.0, None]
    pq.write_table(pa.table({**columns, "value": pa.array([float("inf"), float("nan")])}), path)
    with pytest.raises(TableError, match="Row 2, value: The value is infinite"):
        read_table(path, MEASUREMENTS)


def test_definitions_and_commitments_have_their_own_cells(tmp_path: Path) -> None:
    path = written(tmp_path, b"series,better,rebases\nA,upwards,2024-02-01;x\nA,up,\n", "d.csv")
    with pytest.raises(TableError) as caught:
        read_table(path, DEFINITIONS)
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "better"),
        (2, "rebases"),
        (3, "series"),
    ]
    with pytest.raises(TableError, match="baseline, alternative, target, pool cannot be found"):
        from_arrow(
            pa.table({name: pa.array(["2024-01-01"]) for name in
                      ("commitment", "series", "better", "starts_on", "due_on")}),
            COMMITMENTS,
        )  # fmt: skip


def test_a_file_of_nothing_but_broken_rows_is_not_read_to_its_end(tmp_path: Path) -> None:
    error = refusal(tmp_path, HEAD + b"A,2024-01-01;1\n" * 300_000)
    assert 10_000 <= error.total < 300_000
    assert error.faults[0].row == 2


def test_a_cell_of_blanks_is_as_empty_as_an_empty_one(tmp_path: Path) -> None:
    found = refusal(tmp_path, HEAD + b"A,2024-01-01,1\n  ,2024-02-01,2\n")
    assert str(found) == "m.csv: Row 3, series: This cell is empty. It must be filled."
