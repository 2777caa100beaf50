"""A part may be withheld for a while, with a reason all can read; that it exists is never hidden."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract.actions import lift_withholding, withhold_part
from makegood.contract.models import Contract, Withholding
from makegood.contract.queries import withheld_from, withholdings_in_force
from makegood.contract.states import Part
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Person
from tests.factories.cast import Cast
from tests.factories.loop import a_signed_contract, a_withholding
from tests.rules.refusing import refused

AMOUNT = "123,456"
BECAUSE = "because: The next tender is open"


def page(contract: Contract, *, person: Person | None = None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(reverse("contract", args=[contract.reference]))
    return html.unescape(answer.content.decode())


def test_the_public_reads_that_it_is_withheld_until_when_and_why(cast: Cast) -> None:
    held = a_withholding(cast)
    for reader in (None, cast.charlie, cast.frank):
        said = page(held.contract, person=reader)
        assert AMOUNT not in said
        assert f"withheld until {held.until_on:%-d %B %Y}, {BECAUSE}" in said


def test_parties_assessor_and_auditors_read_it(cast: Cast) -> None:
    held = a_withholding(cast)
    for reader in (cast.alice, cast.bob, cast.dana, cast.erin, cast.grace):
        said = page(held.contract, person=reader)
        assert AMOUNT in said
        assert BECAUSE in said


def test_it_is_shown_again_on_its_day_or_when_it_is_lifted(cast: Cast) -> None:
    held = a_withholding(cast)
    ask = {"contract": held.contract}
    assert set(withheld_from(None, **ask, today=held.until_on - timedelta(days=1))) == {Part.VALUE}
    assert withheld_from(None, **ask, today=held.until_on) == {}
    lift_withholding(held, by=cast.erin)
    assert AMOUNT in page(held.contract)
    assert not withholdings_in_force(held.contract, today=timezone.localdate())


def test_what_is_owed_for_each_promise_is_withheld_too(cast: Cast) -> None:
    contract = a_signed_contract(cast)
    for part in (Part.EVIDENCE, Part.CONSEQUENCE):
        withhold_part(
            contract,
            part=part,
            reason="The next tender is open",
            until_on=timezone.localdate() + timedelta(days=9),
            by=cast.erin,
        )
    held = withheld_from(cast.charlie, contract=contract, today=timezone.localdate())
    assert set(held) == {Part.EVIDENCE, Part.CONSEQUENCE}


def test_the_ledgers_page_withholds_it_as_well(cast: Cast) -> None:
    held = a_withholding(cast)
    subject = held.contract.ledger_subject
    entry = Entry.objects.filter(subject=subject).latest("pk")
    address = reverse("entry", args=[entry.stream, entry.seq])
    said = html.unescape(Client().get(address).content.decode())
    assert "123456" not in said
    assert BECAUSE in said
    client = Client()
    client.force_login(cast.erin)
    assert "123456" in client.get(address).content.decode()


def test_the_public_body_alone_withholds_and_lifts(cast: Cast) -> None:
    held = a_withholding(cast)
    for person in (cast.alice, cast.dana, cast.charlie):
        with pytest.raises(NotPermitted):
            lift_withholding(held, by=person)
        with pytest.raises(NotPermitted):
            withhold_part(
                held.contract,
                part=Part.EVIDENCE,
                reason="x",
                until_on=timezone.localdate() + timedelta(days=9),
                by=person,
            )


def test_it_needs_a_reason_and_an_end_and_is_withheld_once(cast: Cast) -> None:
    contract = a_withholding(cast).contract
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for part, reason, until_on, number in (
        (Part.EVIDENCE, " ", date(2027, 3, 1), "CON-50"),
        (Part.EVIDENCE, "x", date(2026, 3, 1), "CON-51"),
        (Part.EVIDENCE, "x", date(2031, 3, 2), "CON-51"),
        (Part.VALUE, "x", date(2027, 3, 1), "CON-52"),
    ):
        with refused(number):
            withhold_part(
                contract, part=part, reason=reason, until_on=until_on, by=cast.erin, now=now
            )


def test_it_stands_in_the_ledger_and_is_never_rewritten(cast: Cast) -> None:
    held = a_withholding(cast)
    for wrong in ({"until_on": date(2099, 1, 1)}, {"reason": "y"}, {"part": Part.EVIDENCE}):
        with pytest.raises(DatabaseError, match="CON-51"), transaction.atomic():
            Withholding.objects.filter(pk=held.pk).update(**wrong)
    with pytest.raises(DatabaseError, match="CON-51"), transaction.atomic():
        Withholding.objects.filter(pk=held.pk).delete()
    first = lift_withholding(held, by=cast.erin)
    assert lift_withholding(held, by=cast.erin).lifted_at == first.lifted_at
    with pytest.raises(DatabaseError, match="CON-51"), transaction.atomic():
        Withholding.objects.filter(pk=held.pk).update(lifted_at=None)
    assert verify().problems == []


def test_it_is_withheld_by_the_page_of_the_contract(cast: Cast, client: Client) -> None:
    contract = a_signed_contract(cast)
    client.force_login(cast.erin)
    address = reverse("withhold_part", args=[contract.reference])
    assert f'href="{address}"' in page(contract, person=cast.erin)
    until = timezone.localdate() + timedelta(days=30)
    answers = {
        "part": Part.VALUE,
        "reason": "The next tender is open",
        "until_on_day": until.day,
        "until_on_month": until.month,
        "until_on_year": 1999,
    }
    refused_page = client.post(address, answers).content.decode()
    assert "The next tender is open" in refused_page
    client.post(address, answers | {"until_on_year": until.year})
    assert AMOUNT not in page(contract)
    held = Withholding.objects.get()
    client.post(reverse("lift_withholding", args=[contract.reference, held.public_id]))
    assert AMOUNT in page(contract)
