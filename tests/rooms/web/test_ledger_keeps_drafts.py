"""The ledger shows everyone that a contract is drafted; what the draft says it shows to the parties alone."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.models import Promise
from makegood.contract.actions import dispose_promise, sign_contract
from makegood.contract.models import Contract
from makegood.contract.states import Fate, Side
from makegood.kernel.ledger.models import Entry
from makegood.measures.actions import define_measure, open_series
from makegood.measures.states import Better, MeasureKind
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
NOT_PUBLIC = "The record behind this entry is not public."


@pytest.fixture
def draft(cast: Cast) -> Contract:
    """A contract with a promise that became a commitment, and that one side signed.

    Another series comes before its own, so that nothing has the key of something else by chance.
    """
    apart = define_measure(
        name="People visited",
        unit="people",
        kind=MeasureKind.COUNT,
        better=Better.UP,
        definition="People who were visited at home",
        source="the provider's own count",
        keeper=cast.provider,
        by=cast.alice,
    )
    open_series(measure=apart, keeper=cast.provider, by=cast.alice)
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    return Contract.objects.get(pk=contract.pk)


def pages(contract: Contract, *, person: Person | None) -> dict[str, str]:
    """Return the page of every entry about the contract, by its place and what it is about."""
    client = Client()
    if person:
        client.force_login(person)
    found = Entry.objects.filter(stream=contract.stream)
    assert found.count() > 1
    return {
        f"{entry.seq} {entry.subject}": unescape(
            client.get(reverse("entry", args=[entry.stream, entry.seq])).content.decode()
        )
        for entry in found
    }


def test_strangers_read_that_there_are_entries_and_not_what_they_say(
    cast: Cast, draft: Contract
) -> None:
    for stranger in (None, cast.charlie, cast.frank):
        shown = pages(draft, person=stranger)
        assert [name for name, page in shown.items() if NOT_PUBLIC not in page] == []
        assert "123456" not in str(shown)
        assert all("Digest of the record" in page for page in shown.values())


def test_its_parties_assessor_and_auditors_read_them(cast: Cast, draft: Contract) -> None:
    for insider in (cast.alice, cast.bob, cast.erin, cast.dana, cast.grace):
        shown = pages(draft, person=insider)
        assert [name for name, page in shown.items() if NOT_PUBLIC in page] == []
        assert "123456" in str(shown)


def test_why_a_promise_is_not_contracted_is_public_once_both_have_signed(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.get()
    fate, reason = Fate.NOT_CONTRACTED, "It costs too much"
    dispose_promise(promise, contract=contract, fate=fate, reason=reason, by=cast.erin)
    assert reason not in str(pages(contract, person=None))
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(Contract.objects.get(), side=side, by=by)
    shown = pages(contract, person=None)
    assert reason in str(shown)
    assert [name for name, page in shown.items() if NOT_PUBLIC in page] == []


def test_what_stands_before_a_contract_stays_public(cast: Cast, draft: Contract) -> None:
    for row in (draft.proposal, draft.proposal.decision, Promise.objects.get()):
        entry = Entry.objects.filter(subject=row.ledger_subject).latest("pk")
        page = Client().get(reverse("entry", args=[entry.stream, entry.seq])).content.decode()
        assert NOT_PUBLIC not in page
