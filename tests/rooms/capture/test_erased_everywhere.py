"""Once somebody takes their story back, its words are nowhere: every place that held any is searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from makegood.assess.actions import (
    Judgement,
    publish_finding,
    reply_to_finding,
    send_finding,
    write_finding,
)
from makegood.assess.states import Conclusion
from makegood.capture.actions import (
    Reach,
    Whose,
    add_story_file,
    ask_for_call,
    cancel_call,
    complain,
    end_complaint,
    prepare_publication,
    publish_story,
    raise_concern,
    send_private_link,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Call, Complaint, Story
from makegood.capture.states import (
    Basis,
    Caller,
    CallWay,
    ComplaintAbout,
    ComplaintTo,
    Consent,
    ToldAs,
    ToldFor,
    WhoElse,
)
from makegood.kernel.ledger.export import exported_lines
from makegood.kernel.ledger.verify import verify
from makegood.web.clock import tick
from tests.factories.cast import Cast
from tests.factories.ledger import a_checkpoint
from tests.factories.loop import a_story_link
from tests.factories.sign_in import sign_in
from tests.factories.telling import NUMBER, a_version

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {
    "words": "bitterns boom",
    "first name": "Wrenfreda",
    "relation": "lapwing aunt",
    "description": "dunlins wade",
    "file": "ID3 whimbrels whistle",
    "version": "godwits probe",
    "call": "avocets after five",
    "complaint": "nobody heard the knots",
}
"""Words that stand nowhere else, for each thing somebody says of themselves."""
ON_PAGES = {"words", "first name", "description", "version"}
READERS = ("nobody", "alice", "dana", "erin", "grace")


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story with all that can be told, shown to everyone, its link sent, and counted in a finding."""
    told, secret = tell_story(
        a_story_link(cast),
        words=f"{TOLD['words']} at night",
        told_as=ToldAs.CARER,
        consent=Consent.PUBLIC,
        first_name=TOLD["first name"],
        whose=Whose(told_for=ToldFor.CHILD, basis=Basis.PARENT, relation=TOLD["relation"]),
    )
    add_story_file(
        told,
        file=ContentFile(TOLD["file"].encode(), name="sound.mp3"),
        description=TOLD["description"],
        who_else=WhoElse.NOBODY,
    )
    a_version(told, by=cast.dana, words=TOLD["version"])
    about, made_to = ComplaintAbout.STORY, ComplaintTo.PROVIDER
    complain(told.link, about=about, made_to=made_to, words=TOLD["complaint"], story=told)
    said = Reach(reach=NUMBER, times=TOLD["call"])
    ask_for_call(told.link, way=CallWay.TELEPHONE, caller=Caller.PROVIDER, said=said)
    raise_concern(told)
    send_private_link(told, secret=secret, to="teller@example.org")
    prepare_publication(told, omissions=[], by=cast.dana)
    publish_story(told, by=cast.dana)
    judgement = Judgement(conclusion=Conclusion.PARTLY, reasons="One says so", stories=[told])
    finding = send_finding(
        write_finding(told.commitment, judgement=judgement, by=cast.dana), by=cast.dana
    )
    reply_to_finding(finding, words="We agree", by=cast.alice)
    publish_finding(finding, by=cast.dana)
    return told


def found_in(text: str) -> set[str]:
    return {what for what, said in TOLD.items() if said in text}


def in_tables() -> set[str]:
    """Return what stands in any column of any table: the store of rendered pages is one of them."""
    held: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor:
                cells = (bytes(c).decode("latin-1") if _is_raw(c) else str(c) for c in row)
                held |= found_in("\n".join(cells))
    return held


def in_files() -> set[str]:
    """Return what stands in any file of this Makegood: what was sent, letters, notes, the database's own."""
    folders = [
        Path(settings.ERASURES).parent,
        Path(settings.STORAGES["default"]["OPTIONS"]["location"]),
    ]
    files = [file for folder in folders for file in folder.rglob("*")]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files += list(name.parent.glob(f"{name.name}*"))
    texts = (file.read_bytes().decode("latin-1") for file in files if file.is_file())
    return set().union(*map(found_in, texts))


def in_the_next_backup() -> set[str]:
    """Return what stands in all that a backup would take along."""
    backup = StringIO()
    call_command("dumpdata", stdout=backup)
    return found_in(backup.getvalue() + _copied(connection))


def _copied(made: Any) -> str:
    """Return a copy of the whole database, byte by byte, as SQLite itself makes one."""
    if made.vendor != "sqlite":
        return ""
    with closing(sqlite3.connect(":memory:")) as copy:
        made.connection.backup(copy)
        return bytes(copy.serialize()).decode("latin-1")


def exports() -> str:
    """Return the ledger as it is given away, and the tables that pages offer."""
    tables = (reverse(name) for name in ("promises_table", "portfolio_table", "contracts_table"))
    said = [Client().get(address).content.decode() for address in tables]
    return "\n".join([*exported_lines(), *said])


def on_pages(story: Story, *, cast: Cast) -> set[str]:
    """Return what anybody reads on the pages that tell of it, or finds by searching for it."""
    return set().union(*(found_in(page) for page in _pages(story, cast=cast)))


def _pages(story: Story, *, cast: Cast) -> Iterator[str]:
    owed = story.commitment
    assert owed.promise
    addresses = [
        reverse("home"),
        reverse("promise", args=[owed.promise.reference]),
        reverse("stories_told", args=[owed.reference]),
        reverse("capture", args=[owed.reference]),
        reverse("assess", args=[owed.reference]),
        reverse("finding", args=[owed.reference]),
        reverse("desk"),
    ]
    for who in READERS:
        client = Client()
        if who != "nobody":
            sign_in(client, getattr(cast, who))
        for address in addresses:
            yield client.get(address).content.decode()
            yield client.get(address, {"words": "bitterns"}).content.decode()


def test_what_was_taken_back_is_in_none_of_the_places_that_held_it(
    cast: Cast, story: Story
) -> None:
    checkpoint = a_checkpoint().note
    assert on_pages(story, cast=cast) == ON_PAGES
    assert in_tables() >= set(TOLD) - {"file"}
    assert in_files() >= (set(TOLD) if connection.vendor == "sqlite" else {"file"})
    assert in_the_next_backup() >= set(TOLD) - {"file"}

    assert story.ledger_subject in exports()
    assert story.commitment.contract.reference in exports()

    withdraw_story(story)
    end_complaint(Complaint.objects.get())
    cancel_call(Call.objects.get())
    tick()

    assert on_pages(story, cast=cast) == set()
    assert in_tables() == set()
    assert in_files() == set()
    assert in_the_next_backup() == set()
    assert found_in(exports()) == set()
    assert verify(saved=[checkpoint]).problems == []


def _is_raw(cell: Any) -> bool:
    return isinstance(cell, bytes | memoryview)
