"""The sample environment is fit to serve others, and what would not be is told plainly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from makegood.web import checks

KEPT_OUT = ("MAKEGOOD_", "DATABASE_URL", "DJANGO_")


def sample(root: Path) -> dict[str, str]:
    """Return the variables of the sample environment, with a key as it asks for."""
    lines = (root / "deploy" / "environment.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.strip('"') for name, value in pairs}


def checked(root: Path, home: Path, **changed: str) -> str:
    """Return what `check --deploy` says in the sample environment, with some of it changed."""
    given = sample(root) | {
        "MAKEGOOD_HOME": str(home),
        "MAKEGOOD_SECRET_KEY": "k3J9-xT2mQ8vL5pR7wZ1nB4cF6hG0yD_sA-uE3iO9tK2jM5qX8",
        "DJANGO_SETTINGS_MODULE": "makegood.web.settings",
    }
    kept = {n: value for n, value in os.environ.items() if not n.startswith(KEPT_OUT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "check", "--deploy"],
        env=kept | given | changed,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_sample_environment_is_fit(root: Path, tmp_path: Path) -> None:
    assert checked(root, tmp_path) == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"MAKEGOOD_DEMO": "1", "MAKEGOOD_HTTPS": "0", "MAKEGOOD_EMAIL_URL": ""},
            [checks.DEMO, checks.NO_TLS, checks.NO_MAIL],
        ),
        (
            {"MAKEGOOD_HOSTS": "*", "MAKEGOOD_SECRET_KEY": "put-fifty-random-signs-here"},
            [checks.ANY_HOST, "less than 50 characters"],
        ),
        ({"MAKEGOOD_DEBUG": "1"}, [checks.DEBUG]),
    ],
)
def test_what_is_dangerous_is_said(
    root: Path, tmp_path: Path, changed: dict[str, str], said: list[str]
) -> None:
    answer = checked(root, tmp_path, **changed)
    assert [words for words in said if words not in answer] == []


def test_what_only_this_machine_can_reach_may_be_a_demonstration(
    root: Path, tmp_path: Path
) -> None:
    here = {"MAKEGOOD_HOSTS": "localhost", "MAKEGOOD_DEMO": "1", "MAKEGOOD_HTTPS": "1"}
    assert "makegood.W" not in checked(root, tmp_path, **here)
