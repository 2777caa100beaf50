"""The pages of the ledger name nobody, whoever reads them: it keeps no personal words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.core.paginator import Paginator
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import narrow_role
from makegood.capture.actions import tell_story
from makegood.capture.states import Consent, ToldAs
from makegood.contract.actions import withhold_part
from makegood.contract.states import Part
from makegood.kernel.ledger.models import Entry
from makegood.people.actions import add_contact, invite
from makegood.people.models import Membership, Person
from makegood.people.states import Appointment, Role, ShownTo
from tests.architecture.breaches import none_of
from tests.factories import loop
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TOLD, REACHED, ASKED = "Zebedee", "Philippa Reach", "quentin@example.org"


def much_is_done(cast: Cast) -> None:
    """Let everything happen once in which somebody's name is written."""
    finding = loop.a_published_finding(cast)
    contract = finding.commitment.contract
    link = finding.commitment.story_links.first()
    assert link is not None
    words = {"words": "Better", "told_as": ToldAs.USER, "consent": Consent.NAMED}
    tell_story(link, first_name=TOLD, **words)
    until = loop.timezone.localdate() + loop.timedelta(days=9)
    withhold_part(contract, part=Part.VALUE, reason="A tender", until_on=until, by=cast.erin)
    add_contact(
        cast.provider, name=REACHED, email="reach@example.org", shown_to=ShownTo.EVERYONE,
        by=cast.alice,
    )  # fmt: skip
    invite(cast.provider, email=ASKED, appointment=Appointment(role=Role.READER), by=cast.alice)
    reads = Membership.objects.get(person=cast.bob)
    narrow_role(reads, programmes=[contract.proposal.need.programme], by=cast.alice)


def names() -> Iterator[str]:
    yield from (TOLD, REACHED, ASKED, "reach@example.org")
    for person in Person.objects.all():
        yield from (person.name, person.email)


def pages() -> Iterator[str]:
    count = Paginator(Entry.objects.order_by("pk"), 50).num_pages
    yield from (f"{reverse('ledger')}?page={number}" for number in range(1, count + 1))
    for entry in Entry.objects.all():
        yield reverse("entry", args=[entry.stream, entry.seq])


def test_no_page_of_the_ledger_names_anybody(cast: Cast) -> None:
    much_is_done(cast)
    sought = {name: re.compile(rf"\b{re.escape(name)}\b") for name in names()}
    found = []
    for reader in (None, cast.alice, cast.dana, cast.grace):
        client = Client()
        if reader:
            client.force_login(reader)
        for path in pages():
            answer = client.get(path)
            assert answer.status_code == 200
            shown = MAIN.search(answer.content.decode())
            assert shown is not None
            text = html.unescape(shown[0])
            found += [f"{path} names {name}" for name, each in sought.items() if each.search(text)]
    none_of(found)


def test_no_entry_itself_holds_a_name(cast: Cast) -> None:
    much_is_done(cast)
    kept = " ".join(
        f"{entry.stream} {entry.actor} {entry.act} {entry.subject} {entry.digest}"
        for entry in Entry.objects.all()
    )
    none_of(name for name in names() if re.search(rf"\b{re.escape(name)}\b", kept))
