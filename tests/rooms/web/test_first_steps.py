"""The first things people do: make an account, sign in, look at the desk, type a command."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from makegood.people.actions import welcome_person
from makegood.people.queries import bearing_of, person_with_email
from makegood.web import clock
from tests.factories.cast import PASSWORD, Cast

NEW = {"email": "new@example.org", "name": "Nia", "password1": PASSWORD, "password2": PASSWORD}


@pytest.mark.django_db
def test_whoever_confirms_an_address_is_signed_in(client: Client) -> None:
    client.post(reverse("account_signup"), NEW)
    sent = mail.outbox[0]
    assert sent.subject == "Confirm your e-mail address"
    assert sent.body.startswith("Hello,\n\nNia gave this e-mail address")
    assert "email address" not in sent.body
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", sent.body, re.MULTILINE)
    assert code is not None
    client.post(reverse("account_email_verification_sent"), {"code": code[1]})
    desk = client.get(reverse("desk"))
    assert desk.status_code == 200
    page = desk.content.decode()
    assert "new@example.org is confirmed." in page
    assert "You belong to none yet." in page


def test_sign_in_speaks_plainly(client: Client, cast: Cast) -> None:
    wrong = client.post(reverse("account_login"), {"login": cast.alice.email, "password": "no"})
    assert "do not belong together" in wrong.content.decode()
    answers = {"login": cast.alice.email, "password": PASSWORD}
    page = client.post(reverse("account_login"), answers, follow=True).content.decode()
    assert "Welcome, Alice." in page


def test_a_page_says_who_is_signed_in(client: Client, cast: Cast) -> None:
    assert "Signed in as" not in client.get(reverse("home")).content.decode()
    client.force_login(cast.alice)
    page = client.get(reverse("home")).content.decode()
    assert "Signed in as </span>Alice" in page


@pytest.mark.django_db
def test_every_page_leads_to_the_others(client: Client) -> None:
    page = client.get(reverse("about")).content.decode()
    header, footer = page.split("<footer", 1)
    assert f'<a href="{reverse("needs")}"' in header
    for name in ("organisations", "measures", "programmes", "ledger", "about"):
        assert f'<a href="{reverse(name)}"' in footer
    assert reverse("components") not in footer


def test_who_belongs_nowhere_is_told_what_they_can_do(cast: Cast) -> None:
    client = Client()
    client.force_login(welcome_person(email="nia@example.org", name="Nia", password=PASSWORD))
    shown = client.get(reverse("desk")).content.decode()
    begin = shown.split("Begin here")[1].split("</div>")[0]
    for name in ("organisations", "register_organisation"):
        assert f'href="{reverse(name)}"' in begin
    assert "ask an owner to invite you" in begin
    assert "say that it is yours" in begin
    for words in ("write needs", "start programmes", "define measures"):
        assert words not in shown
    client.force_login(cast.erin)
    shown = client.get(reverse("desk")).content.decode()
    assert "See and write needs" in shown
    assert "Begin here" not in shown


def test_an_auditor_is_appointed_by_a_command(cast: Cast) -> None:
    call_command("appoint_auditor", cast.bob.email, "The Second House")
    bob = person_with_email(cast.bob.email)
    assert bob is not None
    assert bearing_of(bob, chosen=None).audits
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command("appoint_auditor", "nobody@example.org", "The Second House")
    with pytest.raises(CommandError, match="no such operator"):
        call_command("appoint_auditor", cast.bob.email, "The House", by=cast.alice.email)
    welcome_person(email="second@example.org", name="Second", is_operator=True)
    with pytest.raises(CommandError, match="several operators"):
        call_command("appoint_auditor", cast.bob.email, "The House")


def test_what_cannot_be_judged_stops_no_clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    monkeypatch.setattr(clock, "integrate", lambda: done.append("folded") or 1)

    def fails() -> int:
        done.append("judged")
        raise ValueError("bad figures")

    monkeypatch.setattr(clock, "analyse_commitments", fails)
    with pytest.raises(CommandError, match="Not done, see the log: fails"):
        call_command("tick")
    assert done == ["folded", "judged"]


def test_each_step_of_the_clock_stands_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def step(name: str, *, fails: bool) -> Callable[[], None]:
        def act() -> None:
            done.append(name)
            if fails:
                raise OSError("the folder is gone")

        act.__name__ = name
        return act

    steps = [step(one.__name__, fails=number % 2 == 0) for number, one in enumerate(clock.STEPS)]
    monkeypatch.setattr(clock, "STEPS", steps)
    monkeypatch.setattr(clock, "deliver_due", lambda: done.append("letters") or 3)
    ticked = clock.tick()
    assert done == [*(one.__name__ for one in steps), "letters"]
    assert (ticked.letters, list(ticked.failed)) == (3, [one.__name__ for one in steps[::2]])
    assert "the folder is gone" in caplog.text


def _makegood(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    code = "from makegood.web.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"MAKEGOOD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("asked", [(), ("help",), ("--help",)])
def test_help_lists_our_own_commands(tmp_path: Path, asked: tuple[str, ...]) -> None:
    said = _makegood(*asked, home=tmp_path).stdout
    for name in ("appoint-auditor", "create-operator", "ledger", "load-demo", "migrate", "serve"):
        assert re.search(rf"^  {name} +[A-Z].*\.$", said, re.MULTILINE), name
    assert "sqlflush" not in said
    assert "makegood help --commands" in said


def test_a_place_without_a_ledger_is_told_so(tmp_path: Path) -> None:
    done = _makegood("ledger", "verify", home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("There is no ledger here. Run makegood migrate first.")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "load-demo", "audit", "tick"])
def test_an_empty_place_is_told_so(tmp_path: Path, command: str) -> None:
    more = ["alice@example.org"] if command == "audit" else []
    done = _makegood(command, *more, home=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("sqlite3 is empty. Run makegood migrate first.")
    assert "Traceback" not in done.stderr


def test_a_place_of_another_program_is_told_so(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "makegood.sqlite3")) as other:
        other.execute("CREATE TABLE recipes (name text)")
        other.commit()
    done = _makegood("serve", home=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "is another program’s. See MAKEGOOD_HOME" in done.stderr


def test_a_place_that_is_behind_is_told_so(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "makegood.sqlite3")) as older:
        older.execute(
            "CREATE TABLE django_migrations (id integer, app text, name text, applied text)"
        )
        older.execute(
            "INSERT INTO django_migrations VALUES (1, 'people', '0001_initial', '2026-01-01')"
        )
        older.commit()
    done = _makegood("load-demo", home=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "is older than this Makegood. Run makegood migrate first." in done.stderr


def test_what_is_no_database_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "makegood.sqlite3").write_text("A letter to my aunt, and no database. " * 99)
    done = _makegood("load-demo", home=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "makegood.sqlite3 cannot be read: file is not a database." in done.stderr


def test_a_home_that_is_a_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _makegood("serve", home=tmp_path / "file")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "file cannot be used: File exists. See MAKEGOOD_HOME." in done.stderr


def test_help_needs_no_database(tmp_path: Path) -> None:
    assert "makegood serve" in _makegood("serve", "--help", home=tmp_path).stdout.replace(
        "-c", "makegood"
    )
