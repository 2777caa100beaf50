"""A server killed (-9) between any two steps of a proposal loses nothing that was kept."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

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
MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")
STEPS = (
    ("change", {"title": "Care by people you know", "summary": "A team of eleven"}, "eleven"),
    ("governance", {"decides": "The board decides"}, "The board decides"),
    ("costs", {"what-1": "Staff", "year_1-1": "80000"}, "80000.00"),
    ("options/criteria", {"criterion_1": "Kindness"}, "Kindness"),
    ("options/1", {"benefits": "None that we know"}, "None that we know"),
    ("risks", {"what-1": "Snow on the pass"}, "Snow on the pass"),
)
"""Each page, what is written on it, and the words that must be there after the kill."""


def makegood(home: Path, *arguments: str, said: str = "") -> str:
    ran = subprocess.run(
        [*MAKEGOOD, *arguments],
        env=os.environ | {"MAKEGOOD_HOME": str(home)},
        input=said, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


@contextmanager
def serving(home: Path, *, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve until the block ends; then kill the server and all its processes, without a word."""
    served = subprocess.Popen(
        [*MAKEGOOD, "serve", "--port", str(port)],
        env=os.environ | {"MAKEGOOD_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port)
        yield served
    finally:
        os.killpg(served.pid, signal.SIGKILL)
        served.wait()


def wait_for(port: int) -> None:
    for _ in range(600):
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        try:
            line.request("GET", "/robots.txt")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    raise TimeoutError("The server did not begin.")


class Writer:
    """Alice at a plain browser: one page asked for, or one answer sent."""

    def __init__(self, port: int, *, session: str) -> None:
        self.port, self.cookies = port, {"sessionid": session}

    def ask(self, path: str, given: dict[str, str] | None = None) -> tuple[int, str]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        heads = {"Cookie": held, "Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        line.request("POST" if given else "GET", path, urlencode(given or {}), heads)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        for name, value in re.findall(r"(csrftoken|sessionid)=(\w+)", str(answer.headers)):
            self.cookies[name] = value
        return answer.status, page

    def write(self, path: str, words: dict[str, str]) -> int:
        _, page = self.ask(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, path
        status, _ = self.ask(path, words | {"csrfmiddlewaretoken": token[1]})
        return status


@pytest.fixture
def home(tmp_path: Path) -> Path:
    makegood(tmp_path, "migrate", "--verbosity", "0")
    return tmp_path


def test_every_step_outlives_a_killed_server(home: Path) -> None:
    said = makegood(home, "shell", "--verbosity", "0", said=SETUP)
    ready = re.search(r"READY (\w+) (\w+)", said)
    assert ready, said
    code, session = ready.groups()
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
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
