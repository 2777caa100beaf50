"""A server killed (-9) between any two steps of a proposal loses nothing that was kept."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.deep.killing import Writer, free_port, makegood, serving

SETUP = """
from django.core import mail
mail.outbox = []
from tests.factories import loop
from tests.factories.cast import gather
from tests.factories.sign_in import sign_in
from django.test import Client
cast = gather()
draft = loop.a_draft_promise(cast).proposal
client = Client()
sign_in(client, cast.alice)
print("READY", draft.code, client.cookies["sessionid"].value)
"""
STEPS = (
    ("change", {"title": "Care by people you know", "summary": "A team of eleven"}, "eleven"),
    ("governance", {"decides": "The board decides"}, "The board decides"),
    ("costs", {"what-1": "Staff", "year_1-1": "80000"}, "80000.00"),
    ("options/criteria", {"criterion_1": "Kindness"}, "Kindness"),
    ("options/1", {"benefits": "None that we know"}, "None that we know"),
    ("risks", {"what-1": "Snow on the pass"}, "Snow on the pass"),
)
"""Each page, what is written on it, and the words that must be there after the kill."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    makegood(tmp_path, "migrate", "--verbosity", "0")
    return tmp_path


def test_every_step_outlives_a_killed_server(home: Path) -> None:
    said = makegood(home, "shell", "--verbosity", "0", said=SETUP)
    ready = re.search(r"READY (\w+) (\w+)", said)
    assert ready, said
    code, session = ready.groups()
    port = free_port()
    for page, words, _ in STEPS:
        with serving(home, port=port):
            assert Writer(port, session=session).write(f"/proposals/{code}/{page}/", words) == 302
    with serving(home, port=port):
        alice = Writer(port, session=session)
        shown = "".join(alice.ask(f"/proposals/{code}/{page}/")[1] for page, *_ in STEPS)
        shown += alice.ask(f"/proposals/{code}/")[1]
    kept = shown + held_in(home)
    assert [kept_words for *_, kept_words in STEPS if kept_words not in kept] == []
    makegood(home, "ledger", "verify")  # fails where anything is wrong


def held_in(home: Path) -> str:
    """Return what the database holds in the parts."""
    [database] = home.glob("*.sqlite3")
    with sqlite3.connect(database) as opened:
        return str(opened.execute("SELECT content FROM articulate_writtenpart").fetchall())
