"""Ctrl-C stops any command at any time: it says so, exits with 130, and leaves no half of anything."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, current_thread, main_thread
from time import sleep
from types import SimpleNamespace

import pytest

from makegood_engine.cli import main, on_spark
from makegood_engine.cli.commands import LATE
from makegood_engine.cli.main import SAID, STOPPED
from makegood_engine.runners.output import TableFile
from makegood_engine.spc import points
from makegood_engine.value import example_model

SPC = ("spc", "--measurements", "m.csv", "--points", "p.csv", "--summary", "s.csv")
ASSESS = ("assess", "--measurements", "m.csv", "--commitments", "c.csv", "--pools", "q.csv",
          "--verdicts", "v.csv", "--left-out", "l.csv")  # fmt: skip
POOL = ("pool", "--measurements", "m.csv", "--commitments", "c.csv", "--seed", "1",
        "--out", "q2.csv", "--reserve", "r.csv")  # fmt: skip
VALUE = ("value", "--model", "model.toml", "--out", "r.json")
CHART = ("chart", "spc", "--measurements", "m.csv", "--series", "s0", "--out", "c.svg")
SAMPLE = ("sample", "--items", "i.csv", "--seed", "1", "--out", "s.csv")


def press() -> None:
    """Press Ctrl-C, which the main thread hears wherever it is."""
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [f"s{i},{2015 + m // 12}-{m % 12 + 1:02d},{(7 * m + i) % 11}" for i in range(9)
            for m in range(36)]  # fmt: skip
    (tmp_path / "m.csv").write_text("\n".join(["series,period,value", *rows]))
    head = "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
    (tmp_path / "c.csv").write_text(head + "K,s0,down,2016-01-01,2017-12-31,5,5,4,like\n")
    pooled = [f"like,s{i}" for i in range(1, 9)]
    (tmp_path / "q.csv").write_text("\n".join(["pool,series", *pooled]))
    (tmp_path / "i.csv").write_text("item\na\nb\n")
    (tmp_path / "model.toml").write_text(example_model(), encoding="utf-8")
    return tmp_path


def pressing(act: Callable[..., object], *, before: bool = False) -> Callable[..., object]:
    """The same act, with Ctrl-C pressed in the middle of it: when all is done, or nothing."""

    def acted(*args: object, **named: object) -> object:
        if before:
            press()
        found = act(*args, **named)
        press()
        return found

    return acted


def names(folder: Path) -> set[str]:
    return {part.name for part in folder.iterdir()}


@pytest.mark.parametrize("command", [SPC, ASSESS, POOL, SAMPLE, VALUE, CHART])
def test_a_command_that_is_stopped_as_it_writes_leaves_nothing(
    command: tuple[str, ...],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = names(folder)
    monkeypatch.setattr(TableFile, "_write", pressing(TableFile._write))
    for way in ("write_text", "write_bytes"):
        monkeypatch.setattr(Path, way, pressing(getattr(Path, way)))
    assert main(command) == STOPPED
    assert capsys.readouterr().err.splitlines()[-1] == SAID
    assert names(folder) == there


def test_pressing_again_does_not_stop_the_clearing_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = names(folder)
    monkeypatch.setattr(TableFile, "_write", pressing(TableFile._write))
    monkeypatch.setattr(TableFile, "__exit__", pressing(TableFile.__exit__, before=True))
    assert main(SPC) == STOPPED
    assert capsys.readouterr().err.splitlines()[-1] == SAID
    assert names(folder) == there


def test_outputs_that_are_being_put_in_place_all_come_to_stand(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between two files nobody is stopped; and it is not said that nothing was written."""
    there = names(folder)
    monkeypatch.setattr(TableFile, "keep", pressing(TableFile.keep))
    assert main(SPC) == STOPPED
    assert capsys.readouterr().err.splitlines()[-1] == LATE
    assert names(folder) == there | {"p.csv", "s.csv"}


def test_what_is_stopped_while_it_shows_its_answer_has_been_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(json, "dumps", pressing(json.dumps))
    assert main((*SPC, "--json")) == STOPPED
    assert capsys.readouterr().err.splitlines()[-1] == LATE
    assert {"p.csv", "s.csv"} <= names(folder)


@pytest.mark.parametrize(
    ("act", "said", "made"), [("_write", SAID, set()), ("keep", LATE, {"p.csv", "s.csv"})]
)
def test_the_system_stops_a_command_as_ctrl_c_does(
    act: str, said: str, made: set[str], folder: Path
) -> None:
    """SIGTERM as it writes leaves nothing; as outputs are put in place, all of them come to stand."""
    there = names(folder)
    code = f"""
import os, signal, sys
from makegood_engine.cli import main
from makegood_engine.runners.output import TableFile
before = TableFile.{act}
def acted(*given):
    before(*given)
    os.kill(os.getpid(), signal.SIGTERM)
TableFile.{act} = acted
sys.exit(main({SPC!r}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (STOPPED, [said])
    assert names(folder) == there | made


def test_a_command_is_stopped_while_it_is_still_loading(folder: Path) -> None:
    """Loading takes a second or more: Ctrl-C is heard in it."""
    code = f"""
import signal, sys
class Presses:
    def find_spec(self, name, *_):
        if name == "pyarrow":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Presses())
from makegood_engine.cli import main
sys.exit(main({SPC!r}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (STOPPED, SAID)


def test_ctrl_c_is_heard_again_as_before_when_a_command_is_done(folder: Path) -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    assert main(SPC) == 0
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_kernels_are_compiled_where_ctrl_c_is_heard() -> None:
    """Threads do not hear it, and compiling takes a minute: so it is not left to them."""
    where = []

    def work(first: int, end: int) -> None:
        where.append((first, end, current_thread() is main_thread()))

    points._in_threads(4, 10**9, work)
    assert where[0] == (0, 0, True)


def test_spark_is_stopped_and_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A job is called off, not left in the middle of a word; what it clears away is waited for."""
    off, cleared = Event(), Event()

    def work() -> None:
        sleep(0.2)  # by now it is waited for
        press()
        assert off.wait(30)
        cleared.set()
        raise RuntimeError("called off")

    monkeypatch.setattr(on_spark, "load", lambda _: SimpleNamespace(call_off=off.set))
    with pytest.raises(KeyboardInterrupt):
        on_spark.stoppable(work)
    assert cleared.is_set()
    assert capsys.readouterr().err.strip() == on_spark.STOPPING
