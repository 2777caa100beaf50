"""One uploaded series: good rows kept, bad rows given back with their reasons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood_engine.tables import History, TableError, read_history


def read(text: str, **said: object) -> History:
    return read_history(text.encode(), name="h.csv", **said)  # type: ignore[arg-type]  # options


def test_both_ways_to_write_a_period() -> None:
    history = read("period,value\n2024-04-01,1.5\n2024-05,\n")
    assert [(row.row, row.period, row.value) for row in history.rows] == [
        (2, date(2024, 4, 1), 1.5),
        (3, date(2024, 5, 1), None),
    ]
    assert history.faults == []
    assert history.columns == ["period", "value"]


def test_bad_rows_are_given_back_and_good_rows_kept() -> None:
    history = read(
        "period,value\n2024-04,1\n31/02/2024,2\n\n2024-04-01,3\n2024-05,120\n"
        '2024-06,"1,200"\n2024-07,4,5\n,6\n2024-08,-1\n2024-09,9\n',
        lowest=0,
        highest=100,
    )
    assert [row.row for row in history.rows] == [2, 11]
    assert [str(fault) for fault in history.faults] == [
        "Row 3, period: “31/02/2024” is not a date. Write it like 2024-02-01.",
        "Row 5, period: 2024-04-01 is there twice: row 2 has it already.",
        "Row 6, value: 120 is too high. It can be 100 at most.",
        "Row 7, value: “1,200” has a comma in it. Write numbers like 1234.5, without commas.",
        "Row 8: The row has 3 cells, but row 1 names 2 columns.",
        "Row 9, period: This cell is empty. It must be filled.",
        "Row 10, value: -1 is too low. It must be 0 or more.",
    ]
    assert [row for row, _, _ in history.rejected] == [3, 5, 6, 7, 8, 9, 10]
    assert history.rejected[0][1] == {"period": "31/02/2024", "value": "2"}
    assert history.rejected[4][1] == {"period": "2024-07", "value": "4", "cell 3": "5"}


def test_a_period_first_seen_on_a_bad_row_may_still_come() -> None:
    history = read("period,value\n2024-04,x\n2024-04,1\n")
    assert [row.row for row in history.rows] == [3]


def test_counts_become_a_percentage_when_asked() -> None:
    history = read("period,numerator,denominator\n2024-04,1,8\n2024-05,9,8\n", as_percentage=True)
    assert history.rows[0].value == 12.5
    assert str(history.faults[0]).startswith("Row 3, numerator: 9 is above the denominator, 8.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("period,value\n", "a header but no rows"),
        ("month,value\n2024-04,1\n", "needs: period, value. It has: month, value"),
        ("period,numerator,denominator\n2024-04,1,8\n", "The column value cannot be found"),
        ("period,value,series\n2024-04,1,A\n2024-05,1,B\n", "several series"),
        ("period,value\n" + "2024-04,1\n" * 60_000, "60,000 rows. It may have 50,000"),
        ("period,value\n" + " " * 11_000_000, "11 MB"),
        ('period,value\n2024-04,"1\n', "Row 2: A quotation mark is not closed"),
        ("%PDF-1.7", "the file is a PDF"),
    ],
)
def test_what_is_wrong_with_the_whole_file(text: str, words: str) -> None:
    with pytest.raises(TableError) as caught:
        read(text)
    assert words in str(caught.value)


def test_one_series_named_in_a_column_is_fine() -> None:
    assert len(read("series,period,value\nA,2024-04,1\nA,2024-05,1\n").rows) == 2


@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"period,value\n"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    try:
        history = read_history(head + data, name="h.csv")
    except TableError as error:
        refused = error
    else:
        assert history.rows or history.rejected
        return
    assert str(refused).startswith("h.csv: ")
