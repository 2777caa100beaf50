"""What people who are new to the engine write, and what they are told."""

import re
from pathlib import Path

import pytest

from makegood_engine.cli import main
from makegood_engine.tables import twins
from makegood_engine.tables.cells import read_date, read_number

ROOT = Path(__file__).resolve().parents[3]
MONTHS = [f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(24)]
SPC = ("spc", "--measurements", "m.csv", "--points", "p.csv", "--summary", "s.csv")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Jan 2024", "2024-01-01"),
        ("March 2024", "2024-03-01"),
        ("Sept-24", "2024-09-01"),
        ("2024-Jan", "2024-01-01"),
        ("2024 March", "2024-03-01"),
        ("03/2024", "2024-03-01"),
        ("2024/03", "2024-03-01"),
        ("1 March 2024", "2024-03-01"),
        ("45292", "2024-01-01"),
        ("45292.0", "2024-01-01"),
    ],
)
def test_the_date_that_was_likely_meant_is_offered(cell: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"Write {meant} if it is"):
        read_date(cell)


@pytest.mark.parametrize("cell", ["Wave 12", "12345", "99999", "soon", "13/2024"])
def test_no_date_is_made_up(cell: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date\. Write it like 2024-02-01"):
        read_date(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("£4.60", "has a sign of currency in it. Write the number alone: 4.60."),
        ("-£4.60", "Write the number alone: -4.60."),
        ("4.60 €", "Write the number alone: 4.60."),
        ("*", "says a figure that is held back. Leave the cell empty."),
        ("[c]", "says a figure that is confidential. Leave the cell empty."),
        ("n/a", "says that there is none. Leave the cell empty."),
        ("<5", "is a bound and not a number. Leave the cell empty."),
    ],
)
def test_what_stands_for_a_number_is_explained(cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_number(cell)


def test_a_folder_is_called_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even the one that is called “.”, whose last part has no name."""
    assert main(["spc", "--measurements", ".", "--points", "p.csv", "--summary", "s.csv"]) == 2
    assert capsys.readouterr().err.strip() == ".: This is a folder. Name a file in it."
    assert main(["value", "--model", ".", "--out", "r.json"]) == 2
    assert capsys.readouterr().err.strip() == ".: This is a folder. Name a file in it."


def test_all_that_is_wrong_with_definitions_is_said_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.csv").write_text("series,period,value\n" + "".join(f"w,{m},5\n" for m in MONTHS))
    (folder / "d.csv").write_text("series,better,fix_after\nw,sideways,\nv,up,3\n")
    assert main([*SPC, "--definitions", "d.csv"]) == 2
    said = capsys.readouterr().err
    assert "2 things are wrong" in said
    assert "Row 2, better: “sideways” is not a direction." in said
    assert "Row 3, fix_after: 3 is too few points" in said


def test_a_column_with_our_own_name_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.csv").write_text("series,period,value,_ROW\nw,2020-01,5,1\n")
    assert main(SPC) == 2
    assert "m.csv: The column “_row” has a name that we use." in capsys.readouterr().err


def test_names_that_differ_in_capitals_or_spaces_are_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are two series, and that may be meant; but it is not left unsaid."""
    rows = [f"{name},{m},5" for name in ("Ward 1", "ward  1", "other") for m in MONTHS]
    (folder / "m.csv").write_text("\n".join(["series,period,value", *rows]))
    said = "m.csv: “Ward 1” and “ward  1” differ only in capitals or spaces"
    power = ("power", "--measurements", "m.csv", "--series", "other", "--starts-on", "2022-01")
    (folder / "c.csv").write_text(
        "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
        "K,other,down,2021-01-01,2021-12-31,5,5,4,q\n"
    )
    (folder / "q.csv").write_text("pool,series\nq,Ward 1\n")
    assess = ("assess", "--measurements", "m.csv", "--commitments", "c.csv", "--pools", "q.csv",
              "--verdicts", "v.csv")  # fmt: skip
    pool = ("pool", "--measurements", "m.csv", "--commitments", "c.csv", "--seed", "1",
            "--out", "o.csv")  # fmt: skip
    for command in (SPC, power, assess, pool):
        main(command)
        assert capsys.readouterr().err.count(said) == 1, command[0]


def test_names_that_differ_otherwise_are_left_alone() -> None:
    assert twins(["ward 1", "ward 2", "Ward 11"], file="m.csv") == []


def test_the_worked_examples_do_not_write_over_each_other() -> None:
    """Pasted into one folder, each leaves what the others made."""
    page = (ROOT / "docs" / "engine" / "examples.md").read_text(encoding="utf-8")
    made = re.findall(r'open\("([\w.-]+)", "w"\)|--out ([\w.-]+)', page)
    names = [first or second for first, second in made]
    assert len(names) > 5
    assert len(set(names)) == len(names)
