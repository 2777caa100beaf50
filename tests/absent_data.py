"""A pytest plugin: how a test asks for data that may not be there, and how the run counts it.

The last line of every run says how many tests were skipped because data was absent, so that a
green run cannot hide what it did not check. It needs nothing but pytest.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MARK = "absent data:"


class SharedData:
    """The folder of reference data kept beside the project."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, *parts: str) -> Path:
        """Return a path inside the folder, or skip the test, saying what is missing."""
        wanted = self.root.joinpath(*parts)
        if not wanted.exists():
            name = "/".join(("../shared", *parts))
            pytest.skip(f"{MARK} {name} is not here; set MAKEGOOD_SHARED to the folder that has it")
        return wanted


def shared_root() -> Path:
    """Return where shared data should be: ``MAKEGOOD_SHARED``, or ``../shared`` from the root."""
    return Path(os.environ.get("MAKEGOOD_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> SharedData:
    return SharedData(shared_root())


def count_absent(reports: Sequence[object]) -> int:
    """Return how many of these skip reports were skipped for absent data."""
    reasons = (getattr(report, "longrepr", None) for report in reports)
    return sum(isinstance(reason, tuple) and MARK in str(reason[-1]) for reason in reasons)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Write the count as the very last line, after pytest's own summary."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or hasattr(config, "workerinput"):
        return
    skipped = count_absent(terminal.stats.get("skipped", []))
    terminal.write_line(f"skipped for absent data: {skipped}")
