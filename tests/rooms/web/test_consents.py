"""A person sees what they agreed to, by which words and since when, and takes it back."""

from __future__ import annotations

import html

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from makegood.people.actions import add_contact, choose_notices, take_down_contact
from makegood.people.models import Contact, Person
from makegood.people.states import HowOften, ShownTo
from makegood.web.queries.consents import consents_of
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db


def named(cast: Cast, *, email: str) -> Contact:
    """Let Alice's provider name somebody as whom to reach."""
    return add_contact(
        cast.provider, name="Call me Charlie", email=email, shown_to=ShownTo.EVERYONE, by=cast.alice
    )


def said(person: Person) -> dict[str, str]:
    return {each.what: each.words for each in consents_of(person)}


def test_everything_agreed_to_is_listed_with_its_words(cast: Cast) -> None:
    named(cast, email=cast.charlie.email.upper())
    SocialAccount.objects.create(user=cast.charlie, provider="elsewhere", uid="charlie-1")
    choose_notices(HowOften.DAILY, by=cast.charlie)
    told = said(cast.charlie)
    assert told["You are named as whom to reach at Moor View Care"] == "Shown to everyone"
    assert told["You belong to Somebody Else"].startswith("As an owner.")
    assert told["We write to you about what happens"] == "Once a day"
    assert told["An account elsewhere signs you in here"] == "Known there as charlie-1"
    choose_notices(HowOften.NEVER, by=cast.charlie)
    assert "We write to you about what happens" not in said(cast.charlie)


def test_each_is_taken_back_where_the_page_says(cast: Cast, client: Client) -> None:
    named(cast, email=cast.charlie.email)
    sign_in(client, cast.charlie)
    page = html.unescape(client.get(reverse("my_data")).content.decode())
    for consent in consents_of(cast.charlie):
        assert consent.what in page
        assert f'href="{consent.href}"' in page
        assert client.get(consent.href).status_code == 200
    (first, *_) = consents_of(cast.charlie)
    client.post(first.href)
    assert "You are named as whom to reach at Moor View Care" not in said(cast.charlie)
    gone = Contact.objects.get()
    assert (gone.name, gone.email) == ("", "")
    assert gone.removed_at


def test_an_address_has_to_be_shown_to_be_ones_own(cast: Cast, client: Client) -> None:
    contact = named(cast, email="else@example.org")
    mine = EmailAddress.objects.create(user=cast.charlie, email="else@example.org", verified=False)
    sign_in(client, cast.charlie)
    address = reverse("take_down_contact", args=[contact.public_id])
    assert client.post(address).status_code == 404
    mine.verified = True
    mine.save()
    assert client.post(address).status_code == 302
    assert Contact.objects.get().removed_at


def test_nobody_takes_down_anothers_name(cast: Cast) -> None:
    contact = named(cast, email=cast.bob.email)
    with pytest.raises(Exception, match="Only whoever a contact names"):
        take_down_contact(contact, by=cast.charlie)
