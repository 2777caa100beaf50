"""The run says, last of all, how many tests had no data to check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.absent_data import SharedData, shared_root

SAMPLE = """
def test_needs(shared):
    shared.path("data", "nowhere.csv")

def test_other():
    import pytest
    pytest.skip("not about data")
"""


def test_last_line_counts_absent_data_found_by_workers(tmp_path: Path, root: Path) -> None:
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    plugins = ("-p", "xdist", "-p", "tests.absent_data", "-p", "no:cacheprovider", "-n1")
    home = {"PYTHONPATH": str(root), "MAKEGOOD_SHARED": str(tmp_path / "none")}
    found = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, **home, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.splitlines()[-1] == "skipped for absent data: 1", found.stdout
    assert "2 skipped" in found.stdout


def test_shared_path_is_given_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_SHARED", str(tmp_path))
    (tmp_path / "a").mkdir()
    assert SharedData(shared_root()).path("a") == tmp_path / "a"
