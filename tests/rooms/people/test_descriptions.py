"""What an organisation says of itself: its words, its numbers, and who may say so."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import add_identifier, remove_identifier, revise_organisation
from makegood.people.models import Identifier, Organisation
from makegood.people.states import LegalForm
from tests.factories.cast import Cast
from tests.rules.refusing import refused

WORDS = {
    "name": "Moor View Nurses",
    "legal_form": LegalForm.CIC_SHARES,
    "summary": "Nurses of the moor.",
    "website": "https://moor.example.org",
}


def page(cast: Cast, name: str, **more: object) -> str:
    return reverse(name, kwargs={"slug": cast.provider.slug, **more})


def test_an_owner_says_what_the_organisation_is(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    client.post(page(cast, "revise_organisation"), WORDS)
    held = Organisation.objects.get(pk=cast.provider.pk)
    assert {name: getattr(held, name) for name in WORDS} == WORDS
    assert Entry.objects.filter(act="revise_organisation", subject=held.ledger_subject).exists()
    assert verify().sound


def test_only_a_web_address_is_taken_as_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    for wrong in ("javascript:alert(1)", "ftp://example.org", "not a place"):
        answer = client.post(page(cast, "revise_organisation"), WORDS | {"website": wrong})
        assert "Write a web address, like https://www.example.org." in answer.content.decode()
    assert not Organisation.objects.get(pk=cast.provider.pk).website


def test_who_may_not_write_describes_nothing(cast: Cast) -> None:
    for person in (cast.bob, cast.charlie, cast.erin):
        with pytest.raises(NotPermitted):
            revise_organisation(cast.provider, **WORDS, by=person)
        with pytest.raises(NotPermitted):
            add_identifier(cast.provider, scheme="GB-NHS", value="RAX", by=person)


def test_a_number_is_added_as_its_register_writes_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    client.post(page(cast, "add_identifier"), {"scheme": "GB-COH", "value": " 9506232"})
    shown = Client().get(page(cast, "organisation")).content.decode()
    assert ">09506232<" in shown
    assert "company-information.service.gov.uk/company/09506232" in shown


def test_a_wrong_number_is_kept_to_be_mended(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    answer = client.post(page(cast, "add_identifier"), {"scheme": "GB-CHC", "value": "12"})
    assert "is not a number of Charity Commission, England and Wales" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    assert not Identifier.objects.exists()


def test_a_number_is_one_organisations_own(cast: Cast) -> None:
    add_identifier(cast.provider, scheme="GB-NHS", value="RAX", by=cast.alice)
    with refused("PEO-22"):
        add_identifier(cast.provider, scheme="GB-NHS", value="rax", by=cast.alice)
    with refused("PEO-21", saying="Moor View Care has GB-NHS-RAX here"):
        add_identifier(cast.stranger, scheme="GB-NHS", value="RAX", by=cast.charlie)
    add_identifier(cast.stranger, scheme="GB-NHS", value="RAX", is_parents=True, by=cast.charlie)
    assert Identifier.objects.filter(value="RAX").count() == 2


def test_the_database_itself_keeps_numbers_apart(cast: Cast) -> None:
    held = {"scheme": "GB-NHS", "value": "RAX"}
    Identifier.objects.create(organisation=cast.provider, **held)
    for organisation, is_parents in ((cast.stranger, False), (cast.provider, True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Identifier.objects.create(organisation=organisation, is_parents=is_parents, **held)


def test_a_removed_number_is_free_again(cast: Cast, client: Client) -> None:
    number = add_identifier(cast.provider, scheme="GB-NHS", value="RAX", by=cast.alice)
    client.force_login(cast.alice)
    address = page(cast, "remove_identifier", identifier="GB-NHS-RAX")
    assert "Remove GB-NHS-RAX?" in client.get(address).content.decode()
    client.post(address)
    assert ">RAX<" not in client.get(page(cast, "organisation")).content.decode()
    remove_identifier(number, by=cast.alice)
    assert Entry.objects.filter(act="remove_identifier").count() == 1
    add_identifier(cast.stranger, scheme="GB-NHS", value="RAX", by=cast.charlie)
    assert verify().sound


def test_a_number_with_strokes_has_an_address_of_its_own(cast: Cast, client: Client) -> None:
    add_identifier(cast.provider, scheme="other", value="XI-PB-gb/moor", by=cast.alice)
    client.force_login(cast.alice)
    client.post(page(cast, "remove_identifier", identifier="XI-PB-gb/moor"))
    assert not Identifier.objects.standing().exists()
