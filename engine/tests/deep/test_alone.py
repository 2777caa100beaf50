"""The engine stands alone: a bare environment, one `pip install`, no platform."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from makegood_engine import __version__

ENGINE = Path(__file__).resolve().parents[2]
MONTHS = [f"{2020 + m // 12}-{m % 12 + 1:02d}-01" for m in range(24)]

BARE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""This machine's settings, less what would let the checkout be found."""


def said(*words: object, here: Path) -> str:
    """What a command prints; fails with all it said where it does not exit 0."""
    done = subprocess.run(
        [str(word) for word in words], cwd=here, env=BARE,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def bin_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the engine of this checkout alone."""
    here = tmp_path_factory.mktemp("alone")
    said(sys.executable, "-m", "venv", here / "venv", here=here)
    beside = shutil.ignore_patterns("tests", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ENGINE, here / "engine", ignore=beside)  # building leaves files behind
    said(here / "venv/bin/pip", "install", "--quiet", "./engine", here=here)
    return here / "venv" / "bin"


def test_nothing_of_the_platform_is_installed(bin_of: Path, tmp_path: Path) -> None:
    listed = said(bin_of / "pip", "list", "--format", "freeze", here=tmp_path).lower().split()
    names = {line.partition("==")[0] for line in listed}
    assert "makegood-engine" in names
    assert not {name for name in names if name.startswith("django") or name == "makegood"}


def test_it_says_its_version(bin_of: Path, tmp_path: Path) -> None:
    found = said(bin_of / "makegood-engine", "--version", here=tmp_path)
    assert found == f"makegood-engine {__version__}\n"


def test_it_judges_a_promise(bin_of: Path, tmp_path: Path) -> None:
    """One provider against eight others, which it beats by three points from the start on."""
    names = ["own", *(f"c{i}" for i in range(8))]
    rows = [
        f"{name},{day},{20 + (7 * i + 3 * m + i * m) % 5 / 10 - 3 * (name == 'own' and m > 11)}"
        for i, name in enumerate(names)
        for m, day in enumerate(MONTHS)
    ]
    (tmp_path / "m.csv").write_text("\n".join(["series,period,value", *rows]))
    (tmp_path / "c.csv").write_text(
        "commitment,series,better,starts_on,due_on,baseline,alternative,target,pool\n"
        "K,own,down,2021-01-01,2021-12-31,,,18,like\n"
    )
    (tmp_path / "q.csv").write_text(
        "\n".join(["pool,series", *(f"like,{name}" for name in names[1:])])
    )
    said(bin_of / "makegood-engine", "assess", "--measurements", "m.csv", "--commitments", "c.csv",
         "--pools", "q.csv", "--verdicts", "v.csv", here=tmp_path)  # fmt: skip
    assert '"K","delivered"' in (tmp_path / "v.csv").read_text()
