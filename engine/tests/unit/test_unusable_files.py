"""A file or disk that cannot be used is no fault of ours: exit 2, the file named, nothing left behind."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from makegood_engine.cli import main, value
from makegood_engine.runners import output
from makegood_engine.value import example_model

LONG, NEARLY = "x" * 300, "y" * 249
ASSESS = "assess --measurements {m} --commitments c.csv --pools p.csv --verdicts {v}"
COMMANDS = {
    "measurements": (ASSESS.format(m=f"{LONG}.csv", v="v.csv"), LONG),
    "verdicts": (ASSESS.format(m="m.csv", v=f"{LONG}.csv"), LONG),
    "points in a folder": (f"spc --measurements m.csv --points {LONG}/p.csv --summary s.csv", LONG),
    "model": (f"value --model {LONG}.toml --out r.json", LONG),
    "report": (f"value --model model.toml --out {LONG}.json", LONG),
    "report, once in parts": (f"value --model model.toml --out {NEARLY}.json", f"{NEARLY}.json"),
    "sample, once in parts": (f"sample --items i.csv --seed 1 --out {NEARLY}.csv", f"{NEARLY}.csv"),
    "a folder": ("sample --items i.csv --seed 1 --out folder.csv", "folder.csv"),
    "codings": (f"themes --codings {LONG}.csv --out r.json", LONG),
    "round": (f"allocate --applications i.csv --reviews p.csv --round {LONG}.toml --out a.json",
              LONG),
    "a file for a folder": ("sample --items i.csv --seed 1 --out m.csv/s.csv", "s.csv"),
    "a loop": ("sample --items loop.csv --seed 1 --out s.csv", "loop.csv"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.toml").write_text(example_model(), encoding="utf-8")
    (tmp_path / "i.csv").write_text("item\n" + "".join(f"E-{i}\n" for i in range(900)))
    head = "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
    (tmp_path / "c.csv").write_text(head + "K,own,down,2016-04-01,2017-03-31,5,5,4.5,like\n")
    (tmp_path / "p.csv").write_text("pool,series\nlike,other\n")
    rows = [
        f"{name},20{year}-04-01,{year}\n" for name in ("own", "other") for year in range(10, 60)
    ]
    (tmp_path / "m.csv").write_text("series,period,value\n" + "".join(rows))
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    return tmp_path


@pytest.mark.parametrize("case", COMMANDS)
def test_a_name_that_cannot_be_is_refused(
    folder: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    there = {part.name for part in folder.iterdir()}
    command, named = COMMANDS[case]
    assert main(command.split()) == 2
    said = capsys.readouterr().err
    assert f"{named}" in said
    assert "our fault" not in said
    assert {part.name for part in folder.iterdir()} == there


@pytest.mark.parametrize("kind", ["csv", "parquet", "json"])
def test_a_full_disk_is_said_by_the_file_it_stopped(folder: Path, kind: str) -> None:
    """No file may grow past 600 bytes, as on a disk that is full."""
    there = {part.name for part in folder.iterdir()}
    command = f"sample --items i.csv --seed 1 --size 800 --out s.{kind}"
    if kind == "json":
        command = "value --model model.toml --out s.json"
    done = subprocess.run(
        [sys.executable, "-m", "makegood_engine.cli", *command.split()],
        cwd=folder, env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stderr.split() == f"s.{kind}: This cannot be used: File too large.".split()
    assert {part.name for part in folder.iterdir()} == there


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, 2), (errno.EACCES, 2), (errno.EROFS, 2), (errno.ENOTDIR, 2),
     (errno.EBADF, 1), (errno.ECHILD, 1), (None, 1)],
)  # fmt: skip
def test_only_what_a_user_can_mend_is_said_to_be_theirs(
    folder: Path,
    number: int | None,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A disk that refuses is theirs to mend; a handle closed too soon is our fault."""

    def refuse(*_: object, **__: object) -> None:
        error = OSError("odd") if number is None else OSError(number, "no", "in/.r.json.part")
        raise error

    monkeypatch.setattr(value, "write_json", refuse)
    model = str(folder / "model.toml")
    assert main(["value", "--model", model, "--out", str(folder / "r.json"), "--json"]) == code
    seen = capsys.readouterr()
    assert ("our fault" in seen.err) == (code == 1)
    assert ('"file": "r.json"' in seen.out) == (code == 2)


def test_a_folder_that_cannot_be_written_is_said_by_the_output_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scratch files stand beside the output under names of our own, which nobody has asked for."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no", str(folder / ".makegood-33_p2l09"))

    monkeypatch.setattr(output, "TemporaryDirectory", refuse)
    files = {"measurements": "m.csv", "points": "out.csv", "summary": "sum.csv"}
    options = [f"--{name}={folder / file}" for name, file in files.items()]
    assert main(["spc", *options]) == 2
    assert capsys.readouterr().err.strip() == "out.csv: This cannot be used: Permission denied."
