"""What waits for a commit is done once, and not at all for what was undone."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction

from makegood.kernel.commits import once_kept

pytestmark = pytest.mark.django_db(transaction=True)


class Undone(Exception):
    """The part of an act that failed."""


def _undo(act: Callable[[], None]) -> None:
    with suppress(Undone), transaction.atomic():
        act()
        raise Undone


def test_once_is_enough() -> None:
    said: list[str] = []
    with transaction.atomic():
        for each in "aab":
            with transaction.atomic():
                once_kept(lambda each=each: said.append(each), key=each)
        assert said == []
    assert said == ["a", "b"]


def test_each_transaction_says_it_again() -> None:
    said: list[str] = []
    for _ in range(2):
        with transaction.atomic():
            once_kept(lambda: said.append("a"), key="a")
    assert said == ["a", "a"]


def test_what_was_undone_is_not_said() -> None:
    said: list[str] = []
    with transaction.atomic():
        _undo(lambda: once_kept(lambda: said.append("undone"), key="a"))
    assert said == []


def test_what_was_undone_does_not_silence_what_was_kept() -> None:
    said: list[str] = []
    with transaction.atomic():
        _undo(lambda: once_kept(lambda: said.append("undone"), key="a"))
        once_kept(lambda: said.append("kept"), key="a")
        _undo(lambda: once_kept(lambda: said.append("undone"), key="a"))
    assert said == ["kept"]


def test_a_failure_is_named_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []

    def fail() -> None:
        raise Undone

    with transaction.atomic():
        once_kept(fail, key="the failing one")
        once_kept(lambda: said.append("b"), key="b")
    assert said == ["b"]
    assert "the failing one" in caplog.text
