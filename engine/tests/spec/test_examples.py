"""The worked examples of the manual run as they stand, and print what the manual says they print."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from makegood_engine.power import noise_of

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "engine" / "examples.md"


def sections() -> dict[str, list[tuple[str, str]]]:
    """Every example by its title: its blocks, as their kind and their text."""
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        part.splitlines()[0]: re.findall(r"```(\w+)\n(.*?)```", part, flags=re.DOTALL)
        for part in parts
    }


@pytest.fixture
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which makegood-engine is a command."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "makegood-engine"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m makegood_engine.cli "$@"\n')
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "engine" / "src"),
        "COLUMNS": "80",
    }


@pytest.mark.parametrize("title", sections())
def test_an_example_does_what_it_says(title: str, commands: dict[str, str], tmp_path: Path) -> None:
    """Pasted into an empty folder, block by block, each example prints just what it shows."""
    printed = ""
    for kind, text in sections()[title]:
        if kind == "text":
            assert printed == text
            assert text.strip()
            continue
        run = [sys.executable, "-c", text] if kind == "python" else ["sh", "-ec", text]
        done = subprocess.run(
            run, cwd=tmp_path, env=commands, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        printed = done.stdout


def test_there_are_three() -> None:
    """Watching, judging, and what comes before a signature."""
    assert len(sections()) == 3


@pytest.mark.parametrize(("name", "added"), [("kept", 0.6), ("not-kept", 0.0), ("the-tide", 0.0)])
def test_the_ranges_shown_hold_what_was_added(name: str, added: float) -> None:
    """A reader who looks up what the figures were made with finds it in the range printed."""
    found = re.search(
        rf"^{name}: .* allow is ([\d.]+)( .* worse)? to ([\d.]+) .* better\.",
        PAGE.read_text(),
        re.M,
    )
    assert found
    low = float(found[1]) * (-1 if found[2] else 1)
    assert low <= added <= float(found[3])


def test_the_noise_of_the_two_years_is_what_it_was_drawn_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Independent draws of 0.25 look like that, and not like figures that follow one another."""
    monkeypatch.chdir(tmp_path)
    exec(sections()["3. Before anything is signed"][0][1], {})
    with Path("two-years.csv").open() as file:
        values = np.array([float(row["value"]) for row in csv.DictReader(file)])
    found = noise_of(values, season=12, name="two-years.csv")
    assert found.autocorrelation < 0.25
    assert abs(found.sd - 0.25) < 0.025
