"""Putting entries in the tree never stops an act: it neither waits for another, nor undoes what was done."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from makegood.kernel.ledger import append
from makegood.kernel.ledger.append import integrate, take_turn
from makegood.kernel.ledger.models import Entry, Leaf, Stream, TreeHead
from makegood.kernel.ledger.verify import verify
from makegood.people.actions import register_organisation
from makegood.people.models import Organisation
from makegood.people.states import Kind
from tests.factories.cast import Cast, gather
from tests.factories.racing import at_once, failed

pytestmark = pytest.mark.django_db(transaction=True)
MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")


@pytest.fixture
def cast() -> Cast:
    """The people, in a database whose acts are truly committed."""
    return gather()


def waiting() -> int:
    return Entry.objects.filter(leaf__isnull=True).count()


def register(name: str, cast: Cast) -> Organisation:
    return register_organisation(name=name, kind=Kind.PROVIDER, by=cast.alice)


def test_a_failure_while_integrating_never_undoes_the_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(append, "keep_full_tiles", fail)
    with caplog.at_level(logging.ERROR):
        made = register("Done all the same", cast)
    assert "The disk is full." in caplog.text
    assert Organisation.objects.filter(pk=made.pk).exists()
    assert waiting() == 2
    monkeypatch.undo()
    assert integrate() == 2
    assert verify().problems == []


@pytest.mark.parametrize("who", ["an act", "the clock"])
def test_whoever_finds_the_turn_taken_leaves_it_and_does_not_wait(cast: Cast, who: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, and every act waits for it.")
    has_turn, may_end = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                take_turn(append.TREE)
                has_turn.set()
                assert may_end.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        holder = thread.submit(hold)
        assert has_turn.wait(30)
        try:
            register("Not kept waiting", cast)
            assert waiting() == 2
            if who == "the clock":
                assert integrate() == 0
                assert waiting() == 2
        finally:
            may_end.set()
        holder.result()
    assert integrate() == 2
    assert verify().problems == []


def test_the_holder_looks_again_and_folds_in_what_came_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(append, "_fold_in", lambda entry: None)
    first = register("First", cast)
    folded = append._fold_in_some
    came: list[Organisation] = []

    def while_holding(since: int) -> int:
        done = folded(since)
        if not came:  # what comes between its folding in and its letting go is left to it
            came.append(register("Meanwhile", cast))
        return done

    monkeypatch.setattr(append, "_fold_in_some", while_holding)
    since = Entry.objects.get(subject=first.ledger_subject, act="register_organisation").pk
    assert integrate(since=since) == 4
    assert waiting() == 0


def test_an_act_folds_in_an_entry_that_was_written_before_and_committed_after(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(append, "_fold_in", lambda entry: None)
    register("Late", cast)
    late = Entry.objects.filter(leaf__isnull=True).earliest("pk")
    monkeypatch.undo()
    integrate(since=late.pk + 1)
    assert waiting() == 1
    register("Next", cast)
    assert waiting() == 0


def test_the_clock_folds_in_many_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "_fold_in", lambda entry: None)
    monkeypatch.setattr(append, "AT_ONCE", 3)
    heads = TreeHead.objects.count()
    for number in range(5):
        register(f"Number {number}", cast)
    assert integrate() == 10
    assert TreeHead.objects.count() == heads + 4
    assert verify().problems == []


def test_streams_never_fork_with_many_writers_at_once(cast: Cast) -> None:
    def write(number: int) -> list[Organisation]:
        return [register(f"Writer {number}, {each}", cast) for each in range(4)]

    before = Entry.objects.count()
    assert failed(at_once(*(lambda number=number: write(number) for number in range(6)))) == []
    assert Entry.objects.count() == before + 48
    integrate()
    assert waiting() == 0
    assert verify().problems == []
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(
        range(Entry.objects.count())
    )


WRITE = """
import os
from django.utils import timezone
from django.db import transaction
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.models import LogKey
key = LogKey.objects.get()
for number in range(25):
    with transaction.atomic():
        for stream in ("shared", "own" + os.environ["WRITER"]):
            record(key, act="look_again", stream=stream, by=None, now=timezone.now())
"""


@pytest.mark.sqlite
def test_streams_never_fork_with_many_processes(tmp_path: Path, root: Path) -> None:
    """A database file of one's own, three programs that write to it, and none that knows of the others."""
    home = os.environ | {"MAKEGOOD_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(*words: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*MAKEGOOD, *words], env=home | more, cwd=root, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def done(ran: subprocess.Popen[str]) -> str:
        said: Any = ran.communicate(timeout=240)[0]
        assert ran.returncode == 0, said
        return str(said)

    done(run("migrate", "--verbosity", "0"))
    done(run("ledger", "key"))
    for writer in [run("shell", "--verbosity", "0", "-c", WRITE, WRITER=str(n)) for n in range(3)]:
        done(writer)
    done(run("tick"))
    said = done(run("ledger", "verify"))
    assert "Tree of 151" in said
    assert "151 entries" in said


def test_the_turn_of_the_tree_is_no_stream_of_entries(cast: Cast) -> None:
    assert Stream.objects.get(name=append.TREE).length == 0
