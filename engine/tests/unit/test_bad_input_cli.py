"""Every kind of bad file: exit code 2, one message that names the place, and nothing written."""

from pathlib import Path

import pytest

from makegood_engine.cli import main

HEAD = b"series,period,value\n"
COMMITMENTS = (
    b"commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
    b"K,own,down,2016-04-01,2017-03-31,5,5,4.5,like\n"
)
BAD: dict[str, tuple[bytes, str]] = {
    "a wrong date": (HEAD + b"own,2024-04-01,4\nown,1 May 2024,4\n", "Row 3, period: “1 May 2024”"),
    "a comma in a number": (HEAD + b'own,2024-04-01,"4,9"\n', "Row 2, value: “4,9” has a comma"),
    "a missing column": (b"series,value\nown,4\n", "The column period cannot be found."),
    "an empty file": (b"", "The file is empty."),
    "a PDF by another name": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "the file is a PDF"),
    "a period twice": (HEAD + b"own,2024-04-01,4\nown,2024-04-01,5\n", "Row 3"),
    "a rate above 100%": (
        b"series,period,value,numerator,denominator\nown,2024-04-01,104,104,100\n",
        "Row 2, numerator: 104 is above the denominator, 100.",
    ),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    content, said = BAD[request.param]
    (tmp_path / "measurements.csv").write_bytes(content)
    (tmp_path / "commitments.csv").write_bytes(COMMITMENTS)
    (tmp_path / "pools.csv").write_bytes(b"pool,series\nlike,other\n")
    return tmp_path, said


def run(folder: Path, command: str, *options: str) -> int:
    return main([command, "--measurements", str(folder / "measurements.csv"), *options])


@pytest.mark.parametrize("command", ["spc", "assess"])
def test_a_bad_file_is_refused_by_its_place(
    bad: tuple[Path, str], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, said = bad
    there = {part.name for part in folder.iterdir()}
    names = {
        "spc": ("points", "summary"),
        "assess": ("commitments", "pools", "verdicts"),
    }[command]
    options = [part for name in names for part in (f"--{name}", str(folder / f"{name}.csv"))]
    assert run(folder, command, *options) == 2
    message = capsys.readouterr().err
    assert "measurements.csv" in message
    assert said in message
    assert {part.name for part in folder.iterdir()} == there


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--points", str(tmp_path / "p.csv"), "--summary", str(tmp_path / "s.csv"))
    assert run(tmp_path, "spc", *options) == 2
    assert "measurements.csv" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
