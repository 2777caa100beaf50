"""Whoever verifies a ledger in use reads it as it stood at one moment, and accuses nobody of working."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from makegood.kernel.files.keep import drop_file, keep_file
from makegood.kernel.files.kinds import FileKind
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger import verify as verifying
from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.models import Entry
from makegood.people.actions import register_organisation
from makegood.people.models import Organisation
from makegood.people.states import Kind
from tests.factories.cast import Cast, gather

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    """The people, in a database whose acts are truly committed."""
    return gather()


def elsewhere(act: Callable[[], object]) -> None:
    """Do something in another connection, to its end."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=done)
    thread.start()
    thread.join()


def test_what_is_done_meanwhile_is_not_missed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    integrate()
    read, done = verifying._latest_digests, []

    def read_then_another_acts(kind: str) -> dict[str, str]:
        found = read(kind)
        if kind == Organisation.ledger_kind():
            elsewhere(
                lambda: register_organisation(name="Meanwhile", kind=Kind.PROVIDER, by=cast.bob)
            )
            elsewhere(integrate)
            done.append(kind)
        return found

    monkeypatch.setattr(verifying, "_latest_digests", read_then_another_acts)
    count = Entry.objects.count()
    report = verifying.verify()
    assert report.problems == []
    assert done
    assert report.entries == count < Entry.objects.count()


def test_a_file_that_is_dropped_meanwhile_is_not_missed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_file(b"%PDF-1.7", kind=FileKind.PDF, now=timezone.now())
    read = verifying.digest_of

    def dropped_then_read(file: KeptFile) -> str:
        elsewhere(transaction.atomic(lambda: drop_file(kept, now=timezone.now())))
        return read(file)

    monkeypatch.setattr(verifying, "digest_of", dropped_then_read)
    report = verifying.verify()
    assert report.problems == []
    assert KeptFile.objects.get().dropped_at


def test_nobody_waits_for_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock for writing is free while it reads, on SQLite too."""
    found: list[Any] = []
    faults = verifying._stream_faults

    def others_write(*given: Any) -> Any:
        elsewhere(
            lambda: found.append(
                register_organisation(name="Not kept", kind=Kind.PROVIDER, by=cast.bob)
            )
        )
        return faults(*given)

    monkeypatch.setattr(verifying, "_stream_faults", others_write)
    assert verifying.verify().problems == []
    assert found
