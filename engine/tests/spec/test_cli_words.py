"""What the command says of columns and of faults: all of them, by file and row."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_cli import assess, folder, spc

from makegood_engine.cli import main
from makegood_engine.runners.local import run_spc
from makegood_engine.tables import (
    COMMITMENTS,
    DEFINITIONS,
    MEASUREMENTS,
    POOLS,
    Contract,
    TableError,
    files,
    lookalikes,
)

__all__ = ["folder"]


@pytest.mark.parametrize(
    ("asked", "contracts"),
    [
        ([], (MEASUREMENTS, DEFINITIONS, COMMITMENTS, POOLS)),
        (["spc"], (MEASUREMENTS, DEFINITIONS)),
        (["assess"], (MEASUREMENTS, COMMITMENTS, POOLS)),
    ],
)
def test_help_names_every_column(
    asked: list[str], contracts: tuple[Contract, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*asked, "--help"])
    said = capsys.readouterr().out.split("Columns of each table")[1]
    for contract in contracts:
        block = said.split(f"  {contract.name} ")[1]
        for column in contract.columns:
            assert column.name in block


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["series", "dir"], {"dir": "better"}),
        (["series", "direction"], {"direction": "better"}),
        (["series", "beter", "fix after"], {"beter": "better", "fix after": "fix_after"}),
        (["series", "rebase", "screen"], {"rebase": "rebases", "screen": "screen_outliers"}),
        (["series", "better", "dir", "ward", "region"], {}),
    ],
)
def test_columns_that_look_like_ours_are_found(names: list[str], expected: dict[str, str]) -> None:
    assert lookalikes(names, DEFINITIONS) == expected


def test_a_column_that_looks_like_ours_is_kept_with_a_warning(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "D.csv").write_text("series,direction\nkept,down\n")
    assert spc(folder, "--definitions", str(folder / "D.csv"), "--json") == 0
    seen = capsys.readouterr()
    assert "D.csv: the column “direction” is kept but not used." in seen.err
    assert "If it was meant for “better”, name it so." in seen.err
    json.loads(seen.out)
    path = folder / "commitments.csv"
    path.write_text(path.read_text().replace("ward", "units", 1))
    assert assess(folder) == 0
    assert "If it was meant for “unit”, name it so." in capsys.readouterr().err
    path.write_text(path.read_text().replace("units", "region", 1))
    assert assess(folder) == 0
    assert "kept but not used" not in capsys.readouterr().err


def test_all_faults_of_all_files_are_listed_by_file_and_row(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    promises, measured = folder / "commitments.csv", folder / "measurements.csv"
    head, *rows = promises.read_text().splitlines()
    unknown = [rows[0].replace("kept", f"no-{i}").replace("P-1", f"N-{i}") for i in range(25)]
    bad = rows[1].replace("2016-01-01", "soon")
    promises.write_text("\n".join([head, *unknown, bad, rows[2], rows[2]]) + "\n")
    measured.write_text(measured.read_text().replace("2014-03-01", "2014-02-01", 1))
    assert assess(folder, "--json") == 2
    seen = capsys.readouterr()
    lines = seen.err.splitlines()
    assert lines[0] == (
        "measurements.csv: Row 4, period: 2014-02-01 for c0 is there twice: row 3 has it already. "
        "Leave one of them out."
    )
    assert lines[1] == "commitments.csv: 27 things are wrong. The first 20:"
    assert lines[2] == "  Row 2, series: “no-0” has no rows among the measurements."
    assert len(lines) == 22
    answer = json.loads(seen.out)
    assert answer["total"] == 28
    assert {part["file"] for part in answer["faults"]} == {"measurements.csv", "commitments.csv"}
    promises.write_text("\n".join([head, bad, *unknown[:2], rows[2], rows[2]]) + "\n")
    assert assess(folder) == 2
    said = capsys.readouterr().err
    assert [part in said for part in ("“soon” is not", "“no-0”", "“no-1”", "twice")] == [True] * 4


@pytest.mark.parametrize("in_order", [True, False])
def test_a_month_twice_is_not_hidden_by_another_fault(
    tmp_path: Path, in_order: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["a,2020-01,1", "a,2020-02,x", "a,2020-03,1", "a,2020-03,2", "b,2020-01,1",
            ",2020-01,2", "b,31/2/2020,1", "b,2020-01,1"]  # fmt: skip
    rows = rows if in_order else rows[4:] + rows[:4]
    (tmp_path / "measurements.csv").write_text("\n".join(["series,period,value", *rows]) + "\n")
    assert spc(tmp_path) == 2
    said = capsys.readouterr().err
    assert "measurements.csv: 5 things are wrong." in said
    assert said.count("is there twice") == 2
    assert not (tmp_path / "p.csv").exists()


def test_each_month_twice_is_counted_once_however_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PIECE", 2)
    days = [date(2020, month, 1) for month in (1, 1, 2, 3, 3, 4, 5, 6, 6)]
    columns = {"series": ["a"] * 9, "period": days, "value": [1.0] * 9}
    pq.write_table(pa.table(columns), tmp_path / "m.parquet")
    with pytest.raises(TableError) as caught:
        run_spc(tmp_path / "m.parquet", points=tmp_path / "p.csv", summary=tmp_path / "s.csv")
    assert [fault.row for fault in caught.value.faults] == [3, 6, 10]
    assert caught.value.total == 3
