"""The command line: answers, exit codes, and one clear message for bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
from test_assess import tables

from makegood_engine.cli import main
from makegood_engine.cli import spc as spc_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ("measurements", "commitments", "pools")
    for name, columns in zip(names, tables(), strict=True):
        pcsv.write_csv(pa.table(columns), tmp_path / f"{name}.csv")
    return tmp_path


def assess(folder: Path, *more: str) -> int:
    return main(
        [
            "assess",
            "--measurements", str(folder / "measurements.csv"),
            "--commitments", str(folder / "commitments.csv"),
            "--pools", str(folder / "pools.csv"),
            "--verdicts", str(folder / "verdicts.parquet"),
            *more,
        ]
    )  # fmt: skip


def spc(folder: Path, *more: str) -> int:
    return main(
        [
            "spc", "--measurements", str(folder / "measurements.csv"),
            "--points", str(folder / "p.csv"), "--summary", str(folder / "s.csv"), *more,
        ]
    )  # fmt: skip


def test_assess_writes_verdicts_and_counts_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assess(folder, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["commitments"] == 3
    assert answer["verdicts"]["delivered"] == 1
    assert answer["in_portfolio_list"] == 1
    assert pq.read_table(folder / "verdicts.parquet")["commitment"].to_pylist() == [
        "P-1", "P-2", "P-3",
    ]  # fmt: skip
    assert assess(folder) == 0
    assert "delivered" in capsys.readouterr().out


def test_spc_writes_points_and_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spc(folder) == 0
    assert "1,296 points of 27 series labelled by ptd-0.2.2" in capsys.readouterr().out
    assert (folder / "p.csv").exists()


@pytest.mark.parametrize(("count", "said"), [(1, "1 point is"), (20, "20 points are")])
def test_points_are_counted_as_points(
    count: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run of seven is seven points and one cause: points are what is counted."""
    spc_command.show({"points": 36, "series": 1, "ruleset": "ptd-0.2.2", "special_causes": count})
    assert f"; {said} marked as special cause." in capsys.readouterr().out


def test_bad_input_exits_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "measurements.csv"
    path.write_text(path.read_text().replace("2014-03-01", "31/02/2014", 1))
    assert spc(folder, "--json") == 2
    seen = capsys.readouterr()
    assert "Row 4, period: “31/02/2014” is not a date." in seen.err
    assert json.loads(seen.out)["faults"][0]["row"] == 4
    assert assess(folder) == 2
    assert not {"p.csv", "s.csv", "verdicts.parquet"} & {part.name for part in folder.iterdir()}


def test_a_command_that_makes_no_sense_exits_2(folder: Path) -> None:
    for more in (["--fdr", "2"], ["--engine", "abacus"], ["--nonsense"]):
        with pytest.raises(SystemExit) as caught:
            assess(folder, *more)
        assert caught.value.code == 2


def test_assess_says_what_each_comparator_changes(folder: Path) -> None:
    """Ask for it, and every promise is judged again with each comparator left out."""
    assert assess(folder, "--left-out", str(folder / "without.csv")) == 0
    rows = pcsv.read_csv(folder / "without.csv").to_pylist()
    assert {row["commitment"] for row in rows} == {"P-1", "P-2"}
    assert len(rows) == 48
    kept = [row for row in rows if row["commitment"] == "P-1"]
    assert {row["verdict"] for row in kept} == {"delivered"}
    assert len({row["effect"] for row in kept}) == 24


def test_our_own_fault_exits_1(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spc_command, "run_spc", lambda *_, **__: 1 / 0)
    assert spc(folder) == 1
    said = capsys.readouterr().err
    assert "our fault, not yours. Nothing was written. Please send us this line:" in said
    assert said.endswith("ZeroDivisionError('division by zero')\n")
    assert not (folder / "p.csv").exists()


def test_an_answer_that_cannot_be_shown_is_our_fault_and_what_is_written_stands(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer ends in a traceback, nor in JSON that no other program reads."""
    monkeypatch.setattr(spc_command, "show", lambda _answer: 1 / 0)
    assert spc(folder) == 1
    said = capsys.readouterr().err
    assert "our fault, not yours. All that was asked for was written. Please send us" in said
    assert (folder / "p.csv").exists()
    monkeypatch.setattr(spc_command, "run", lambda _asked: {"share": float("nan")})
    assert spc(folder, "--json") == 1
    assert capsys.readouterr().out == ""


def test_it_starts_without_the_platform() -> None:
    code = (
        "import sys, makegood_engine.cli; "
        "sys.exit(any(name.split('.')[0] in {'django', 'makegood'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
