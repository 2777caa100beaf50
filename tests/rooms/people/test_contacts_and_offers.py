"""Contacts, shown to whom they may be; offers and needs, open until they are closed."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import (
    add_contact,
    close_offer,
    make_offer,
    remove_contact,
    reopen_offer,
    revise_contact,
)
from makegood.people.models import Contact, Offer
from makegood.people.queries import contacts_of
from makegood.people.states import OfferKind, OfferSide, ShownTo
from tests.factories.cast import Cast
from tests.rules.refusing import refused

CONTACT = {
    "name": "Ann Example",
    "job": "runs the office",
    "email": "ann@example.org",
    "telephone": "01632 960 001",
    "shown_to": ShownTo.EVERYONE,
}
OFFER = {"side": OfferSide.NEED, "kind": OfferKind.PLACE, "words": "A hall"}


def page(cast: Cast, name: str, **more: object) -> str:
    return reverse(name, kwargs={"slug": cast.provider.slug, **more})


def test_a_contact_is_shown_to_whom_it_may_be(cast: Cast) -> None:
    for shown_to in ShownTo:
        add_contact(
            cast.provider,
            name=shown_to.value,
            email="a@example.org",
            shown_to=shown_to,
            by=cast.alice,
        )
    seen = {
        who: {c.name for c in contacts_of(cast.provider, person=person)}
        for who, person in (("nobody", None), ("charlie", cast.charlie), ("bob", cast.bob))
    }
    assert seen == {
        "nobody": {"everyone"},
        "charlie": {"everyone", "signed in"},
        "bob": {"everyone", "signed in", "members"},
    }


def test_an_owner_adds_changes_and_erases_a_contact(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    client.post(page(cast, "add_contact"), CONTACT)
    held = Contact.objects.get()
    profile = page(cast, "organisation")
    assert "mailto:ann@example.org" in Client().get(profile).content.decode()
    changed = CONTACT | {"shown_to": ShownTo.MEMBERS}
    client.post(page(cast, "revise_contact", contact=held.public_id), changed)
    assert "ann@example.org" not in Client().get(profile).content.decode()
    assert "ann@example.org" in client.get(profile).content.decode()
    client.post(page(cast, "remove_contact", contact=held.public_id))
    assert "ann@example.org" not in client.get(profile).content.decode()
    assert client.get(page(cast, "revise_contact", contact=held.public_id)).status_code == 404
    acts = Entry.objects.filter(subject=held.ledger_subject).values_list("act", flat=True)
    assert list(acts) == ["add_contact", "revise_contact", "remove_contact"]
    assert verify().sound


def test_nothing_of_an_erased_contact_is_left(cast: Cast) -> None:
    held = add_contact(cast.provider, **CONTACT, by=cast.alice)
    old = held.salt
    for _ in range(2):
        remove_contact(held, by=cast.alice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, job, email, telephone, salt FROM people_contact")
        *words, salt = cursor.fetchone()
    assert words == ["", "", "", ""]
    assert salt != old
    revise_contact(held, **CONTACT, by=cast.alice)
    assert not Contact.objects.get().email
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(email="ann@example.org")


def test_a_contact_that_cannot_be_reached_is_not_taken(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    empty = CONTACT | {"email": "", "telephone": ""}
    answer = client.post(page(cast, "add_contact"), empty).content.decode()
    assert "Give an e-mail address or a telephone number, or both." in answer
    assert "runs the office" in answer
    answer = client.post(page(cast, "add_contact"), CONTACT | {"telephone": "ring us"})
    assert "Write a telephone number, like 01632 960 001." in answer.content.decode()
    held = add_contact(cast.provider, **CONTACT, by=cast.alice)
    address = page(cast, "revise_contact", contact=held.public_id)
    assert "Give an e-mail address" in client.post(address, empty).content.decode()
    assert Contact.objects.get().email == "ann@example.org"


def test_an_offer_is_open_until_it_is_closed(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    client.post(page(cast, "make_offer"), OFFER)
    held = Offer.objects.get()
    profile = page(cast, "organisation")
    assert "What it needs" in Client().get(profile).content.decode()
    for _ in range(2):
        client.post(page(cast, "close_offer", offer=held.public_id))
    assert "A hall" not in Client().get(profile).content.decode()
    assert "Open again" in client.get(page(cast, "describe_organisation")).content.decode()
    client.post(page(cast, "reopen_offer", offer=held.public_id))
    assert "A hall" in Client().get(profile).content.decode()
    acts = Entry.objects.filter(subject=held.ledger_subject).values_list("act", flat=True)
    assert list(acts) == ["make_offer", "close_offer", "reopen_offer"]
    assert verify().sound


def test_an_offer_is_made_once(cast: Cast) -> None:
    held = make_offer(cast.provider, **OFFER, by=cast.alice)
    with refused("PEO-25"):
        make_offer(cast.provider, **OFFER | {"words": "a HALL"}, by=cast.alice)
    make_offer(cast.provider, **OFFER | {"side": OfferSide.OFFER}, by=cast.alice)
    close_offer(held, by=cast.alice)
    assert make_offer(cast.provider, **OFFER, by=cast.alice)


def test_who_may_not_write_says_nothing(cast: Cast) -> None:
    contact = add_contact(cast.provider, **CONTACT, by=cast.alice)
    offer = make_offer(cast.provider, **OFFER, by=cast.alice)
    for person in (cast.bob, cast.charlie):
        for act, thing, more in (
            (add_contact, cast.provider, CONTACT),
            (revise_contact, contact, CONTACT),
            (remove_contact, contact, {}),
            (make_offer, cast.provider, OFFER),
            (close_offer, offer, {}),
            (reopen_offer, offer, {}),
        ):
            with pytest.raises(NotPermitted):
                act(thing, **more, by=person)
