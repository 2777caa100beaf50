"""The verifier that needs nothing but Python finds every tampering with an export."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.models import TreeHead
from tests.factories.cast import Cast
from tests.factories.loop import a_draft_promise

VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_ledger.py"
Lines = list[dict[str, Any]]


@pytest.fixture
def lines(cast: Cast, capsys: pytest.CaptureFixture[str]) -> Lines:
    integrate()
    a_draft_promise(cast)
    integrate()
    call_command("ledger", "export")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _verify(lines: Lines, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "ledger.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    command = [sys.executable, "-I", str(VERIFIER), str(file), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_export_holds(lines: Lines, tmp_path: Path) -> None:
    said = _verify(lines, tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    entries = sum("entry" in line for line in lines)
    assert said.stdout == f"{entries} entries: the ledger holds.\n"


def _change(field: str, value: object) -> Callable[[Lines], None]:
    def tamper(lines: Lines) -> None:
        lines[2]["entry"][field] = value

    return tamper


def _swap(lines: Lines) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def _drop_last(lines: Lines) -> None:
    del lines[max(i for i, line in enumerate(lines) if "entry" in line)]


def _change_head(lines: Lines) -> None:
    lines[-1]["root"] = "0" * 64


def _add(lines: Lines) -> None:
    lines.insert(3, lines[2])


def _rehash(lines: Lines) -> None:
    lines[2]["entry"]["digest"] = "0" * 64
    lines[2]["hash"] = "1" * 64


@pytest.mark.parametrize(
    "tamper",
    [
        _change("act", "other"),
        _change("digest", "0" * 64),
        _change("actor", "someone"),
        _change("at", "2020-01-01T00:00:00.000000Z"),
        _change("seq", 99),
        _change("stream", "another"),
        _swap,
        _drop_last,
        _change_head,
        _add,
        _rehash,
        lambda lines: lines.pop(0),
    ],
)
def test_every_tampering_is_found(
    lines: Lines, tmp_path: Path, tamper: Callable[[Lines], None]
) -> None:
    tamper(lines)
    said = _verify(lines, tmp_path)
    assert said.returncode == 1
    assert said.stderr


def test_a_root_noted_earlier_catches_a_rebuilt_log(lines: Lines, tmp_path: Path) -> None:
    noted = TreeHead.objects.earliest("size")
    assert _verify(lines, tmp_path, "--head", f"{noted.size}:{noted.root}").returncode == 0
    said = _verify(lines, tmp_path, "--head", f"{noted.size}:{'0' * 64}")
    assert said.returncode == 1
    assert f"The root at {noted.size} entries" in said.stderr


def test_what_is_not_an_export_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_text("{")
    command = [sys.executable, "-I", str(VERIFIER), str(file)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "is not an export of a ledger" in said.stderr
