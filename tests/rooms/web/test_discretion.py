"""What was told in confidence leaves no trace where others might look."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

from makegood.capture.actions import tell_story, withdraw_story
from makegood.capture.states import Consent, ToldAs
from makegood.web.clock import tick
from makegood.web.logs import DiscreetFormatter
from tests.factories.cast import PASSWORD, Cast
from tests.factories.loop import a_story, a_story_link

WORDS = "The heron stood by the weir all through that winter"


def _settings(**environment: str) -> dict[str, object]:
    code = (
        "import json; from makegood.web import settings as s; "
        "print(json.dumps([s.SECURE_PROXY_SSL_HEADER, s.SECURE_SSL_REDIRECT, "
        "s.ALLAUTH_TRUSTED_PROXY_COUNT]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    header, redirect, proxies = json.loads(done.stdout)
    return {"header": header, "redirect": redirect, "proxies": proxies}


def test_a_header_that_anyone_can_send_is_not_believed(tmp_path: Path) -> None:
    home = {"MAKEGOOD_HOME": str(tmp_path), "MAKEGOOD_HTTPS": "1"}
    assert _settings(**home) == {"header": None, "redirect": True, "proxies": 0}
    behind = _settings(**home, MAKEGOOD_BEHIND_PROXY="1")
    assert behind["header"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind["proxies"] == 1


@pytest.mark.parametrize(("proxies", "counted"), [(0, "192.0.2.1"), (1, "198.51.100.7")])
def test_tries_are_counted_for_the_address_that_nobody_can_make_up(
    settings: Any, proxies: int, counted: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = RequestFactory().get(
        "/",
        REMOTE_ADDR="192.0.2.1",
        headers={"X-Forwarded-For": "203.0.113.99, 198.51.100.7"},
    )
    assert get_adapter().get_client_ip(asked) == counted


def test_every_log_is_written_discreetly() -> None:
    handler = settings.LOGGING["handlers"]["console"]
    made = settings.LOGGING["formatters"][handler["formatter"]]["()"]
    assert made == f"{DiscreetFormatter.__module__}.{DiscreetFormatter.__name__}"
    for name in ("django", "django.server"):
        assert logging.getLogger(name).handlers == []
    written = [
        h for h in logging.getLogger().handlers if isinstance(h.formatter, DiscreetFormatter)
    ]
    assert written


@pytest.mark.parametrize("ending", ["", "nothing-there/"])
def test_a_storys_secret_is_not_logged(
    cast: Cast, caplog: pytest.LogCaptureFixture, ending: str
) -> None:
    _, secret = a_story(cast)
    careful = Client(enforce_csrf_checks=True)
    careful.post(f"/my-story/{secret}/{ending}", {"consent": "anonymous"})
    assert secret in caplog.text
    formatter = DiscreetFormatter("{message}", style="{")
    lines = [formatter.format(record) for record in caplog.records]
    assert any("/my-story/…/" in line for line in lines)
    assert not any(secret in line for line in lines)


def test_a_traceback_keeps_the_secret_too() -> None:
    try:
        raise ValueError("cannot read /tell/abc123?x=1")
    except ValueError:
        record = logging.LogRecord("x", 40, "f", 1, "failed", None, sys.exc_info())
    assert "abc123" not in DiscreetFormatter().format(record)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_withdrawn_words_are_in_no_file(cast: Cast) -> None:
    story, _ = tell_story(
        a_story_link(cast), words=WORDS, told_as=ToldAs.USER, consent=Consent.ANONYMOUS
    )
    file = Path(connection.settings_dict["NAME"])

    def held() -> bool:
        files = [file, file.with_name(f"{file.name}-wal")]
        return any(WORDS.encode() in each.read_bytes() for each in files if each.exists())

    assert held()
    withdraw_story(story)
    tick()
    assert not held()


@pytest.mark.sqlite
def test_what_is_deleted_is_overwritten_whatever_sqlite_would_do_by_itself() -> None:
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("PRAGMA secure_delete=OFF")
        made.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        assert made.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_the_admin_is_entered_by_the_door_that_counts_tries(client: Client, cast: Cast) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    answer = client.post("/admin/login/", {"username": cast.operator.email, "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
