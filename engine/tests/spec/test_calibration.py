"""Calibration is published, not claimed: contracts without added value are simulated and judged."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from makegood_engine.cli import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The quick run, on real figures too where they are there."""
    out = tmp_path_factory.mktemp("calibration")
    data = ROOT.parent / "shared" / "data"
    said = StringIO()
    arguments = [
        "calibrate",
        "--quick",
        "--part",
        "direct",
        "--json",
        "--out",
        str(out / "table.md"),
    ]
    with redirect_stdout(said):
        assert main([*arguments, "--data", str(data)]) == 0
    found: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
    assert (out / "table.md").read_text(encoding="utf-8") == found["table"]
    return found


def broken(answer: dict[str, Any], *keys: str) -> list[str]:
    return [
        f"{one['key']}: {one['scenario']}, {one['comparators']} comparators: {one['estimate']:.3f}"
        for one in answer["cells"]
        if one["promised"] and one["status"] == "fails" and one["key"] in keys
    ]


@pytest.mark.parametrize("key", ["claimed", "short", "covers", "looks", "false share", "real"])
def test_no_promise_is_broken_beyond_chance(answer: dict[str, Any], key: str) -> None:
    """Each promise holds in every cell, as far as so few simulations can tell."""
    here = [one for one in answer["cells"] if one["key"] == key]
    if key == "real" and not here:
        pytest.skip("absent data: ../shared/data is not here; set MAKEGOOD_SHARED to its folder")
    assert here
    assert not broken(answer, key)


def test_cells_that_fail_are_printed(answer: dict[str, Any]) -> None:
    """Five comparators teach too little of the noise, and the table says so."""
    failing = [one for one in answer["cells"] if one["promised"] and one["status"] == "fails"]
    assert answer["fails"] == len(failing)
    assert {one["key"] for one in failing} <= {"power"}
    assert answer["table"].count("**fails**") == len(failing)
    assert "Why some fail:" in answer["table"]
