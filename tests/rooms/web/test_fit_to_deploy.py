"""The sample environment is fit to serve others, and what would not be is told plainly."""

from __future__ import annotations

import os
import stat
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
    """Return what `check --deploy` says in the sample environment, with some of it changed.

    The key that signs the ledger is there, as once it was served.
    """
    (home / "ledger-key").touch()
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
        (
            {"MAKEGOOD_EMAIL_URL": "smtp://user:word@mail.example.org"},
            [checks.OPEN_MAIL],
        ),
        ({"MAKEGOOD_CONTROLLER": ""}, [checks.NO_CONTROLLER]),
        ({"MAKEGOOD_CONTROLLER_CONTACT": " "}, [checks.NO_CONTROLLER]),
        ({"MAKEGOOD_SECURITY_CONTACT": ""}, [checks.NO_CONTACT]),
        ({"MAKEGOOD_LEDGER_KEY_FILE": "nowhere"}, [checks.UNSIGNED]),
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


def of_settings(home: Path, *names: str, **given: str) -> str:
    """Return what these settings are, as Makegood starts with these variables; or why it does not."""
    asked = ", ".join(f"s.{name}" for name in names)
    code = f"from makegood.web import settings as s; print(repr(({asked},)))"
    kept = {n: value for n, value in os.environ.items() if not n.startswith(KEPT_OUT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"MAKEGOOD_HOME": str(home)} | given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


MAIL = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_SSL", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtps://u:p%40%2Fq@m.example", ("m.example", 465, True, False, "p@/q")),
        ("smtp+tls://u:p@m.example", ("m.example", 587, False, True, "p")),
        ("smtp+tls://u:p@m.example:2525", ("m.example", 2525, False, True, "p")),
        ("smtp://localhost", ("localhost", 25, False, False, "")),
    ],
)
def test_a_mail_server_is_read_as_it_was_written(
    tmp_path: Path, url: str, read: tuple[object, ...]
) -> None:
    assert of_settings(tmp_path, *MAIL, MAKEGOOD_EMAIL_URL=url) == f"{read!r}\n"


@pytest.mark.parametrize("url", ["mail.example.org", "ssl://mail.example.org", "smtp:/mail"])
def test_what_is_no_mail_server_is_refused(tmp_path: Path, url: str) -> None:
    said = of_settings(tmp_path, *MAIL, MAKEGOOD_EMAIL_URL=url)
    assert "MAKEGOOD_EMAIL_URL is no mail server. Give smtps://user:password@host." in said


def test_passwords_are_scrambled_with_argon2_and_the_cookie_is_for_no_script(
    tmp_path: Path,
) -> None:
    said = of_settings(
        tmp_path,
        *("PASSWORD_HASHERS[0]", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE"),
        MAKEGOOD_HOSTS="makegood.example.org",
    )
    assert said == "('django.contrib.auth.hashers.Argon2PasswordHasher', True, True)\n"


def test_hosts_are_read_with_or_without_spaces(tmp_path: Path) -> None:
    hosts = "makegood.example.org, www.example.org"
    said = of_settings(tmp_path, "ALLOWED_HOSTS", "HTTPS", MAKEGOOD_HOSTS=hosts)
    assert said == "(['makegood.example.org', 'www.example.org'], True)\n"


def test_what_is_kept_is_for_nobody_else_on_the_machine(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    of_settings(home, "HOME")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    unit = (root / "deploy" / "makegood.service").read_text().splitlines()
    assert {"UMask=0077", "StateDirectoryMode=0700", "NoNewPrivileges=true"} <= set(unit)
