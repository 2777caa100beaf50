"""Figures quoted in texts name the command that makes them, and the quick ones are made here."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import figures_said
from benchmarks.figures_said import FIGURES, PLACES, main
from benchmarks.hundred_million import write_in_parts
from makegood_engine.runners.local import run_spc

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_names_the_command_of_its_figures(name: str) -> None:
    assert PLACES[name]
    for place in PLACES[name]:
        said = " ".join((ROOT / place).read_text("utf-8").split())
        assert f"python -m benchmarks.figures_said {name}" in said, place


@pytest.mark.parametrize("name", ["interrupted", "slips"])
def test_what_real_figures_give_is_what_the_texts_say(
    name: str, shared: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_said, "DATA", shared("data"))
    rows = list(FIGURES[name]())
    assert rows
    for row in rows:
        assert row.found == row.said
        for place in PLACES[name]:
            said = " ".join((ROOT / place).read_text("utf-8").split())
            assert all(part in said for part in row.said.split(": ")), place


def test_figures_without_their_data_are_skipped_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(figures_said, "DATA", tmp_path)
    assert main(["slips"]) == 0
    assert "slips: skipped" in capsys.readouterr().out
    assert main(["slip"]) == 2
    assert "There is no “slip”. There are interrupted, slips" in capsys.readouterr().err


def test_a_nations_file_is_written_in_parts_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.hundred_million.PART", 3)
    path = tmp_path / "nation.parquet"
    write_in_parts(path, 7)
    found = run_spc(path, points=tmp_path / "p.parquet", summary=tmp_path / "s.parquet")
    assert (found.series, found.points) == (7, 7 * 96)
