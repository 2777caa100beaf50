"""A person sees what is held about them, takes it away, and nobody else's with it."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from makegood.kernel.personal import tables_about_people
from makegood.people.actions import (
    Shown,
    add_contact,
    claim_organisation,
    decline_claim,
    entrust,
    invite,
)
from makegood.people.models import Person
from makegood.people.states import Appointment, Role, ShownTo
from makegood.web.queries.my_data import SHOWN, held_about
from tests.factories.cast import PASSWORD, Cast
from tests.factories.loop import a_commitment, a_published_finding
from tests.factories.many import Many
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db


def taken(client: Client, person: Person, *, kind: str = "json") -> str:
    sign_in(client, person)
    return client.post(reverse("take_my_data"), {kind: ""}).content.decode()


def test_the_page_shows_what_is_held(cast: Cast, client: Client) -> None:
    a_published_finding(cast)
    sign_in(client, cast.alice)
    page = html.unescape(client.get(reverse("my_data")).content.decode())
    for words in (cast.alice.name, cast.alice.email, "Moor View Care", "owner", "We agree"):
        assert words in page
    assert cast.dana.email not in page
    assert "That you signed a contract" in page


def test_the_file_holds_every_table_and_all_rows(cast: Cast, client: Client) -> None:
    many = Many.of(cast)
    many.grow(SHOWN + 2)
    held = json.loads(taken(client, cast.alice))
    stores = {each["store"]: each for each in held["held"]}
    assert {"people.person", "people.membership", "articulate.proposal"} <= set(stores)
    count = len(stores["articulate.proposal"]["rows"])
    assert count > SHOWN
    page = client.get(reverse("my_data")).content.decode()
    assert "There are more. All of them are in the file." in page
    wanted = {held.name for held in tables_about_people() if held.rows_of(cast.alice).exists()}
    hollow = {"account.emailconfirmation", "socialaccount.socialtoken"}
    assert set(stores) == wanted - hollow
    assert all(each["why"] and each["basis"] and each["kept"] for each in held["held"])


def test_what_lets_people_in_is_never_handed_out(cast: Cast, client: Client) -> None:
    secret = "sealed-and-sound"
    Authenticator.objects.create(user=cast.alice, type="totp", data={"secret": secret})
    for kind in ("json", "html"):
        said = taken(client, cast.alice, kind=kind)
        assert cast.alice.email in html.unescape(said)
        for kept_back in (cast.alice.password, secret, client.session.session_key):
            assert kept_back not in said


def test_nobody_gets_what_is_held_about_another(cast: Cast, client: Client) -> None:
    a_published_finding(cast)
    for kind in ("json", "html"):
        said = taken(client, cast.charlie, kind=kind)
        assert not [each for each in ("alice@", "bob@", "Alice", "We agree") if each in said]


def test_the_file_to_read_says_the_same(cast: Cast, client: Client) -> None:
    a_commitment(cast)
    said = html.unescape(taken(client, cast.erin, kind="html"))
    assert "Which contract: " in said
    assert "That you signed a contract" in said
    assert cast.erin.email in said


def test_it_is_handed_out_only_to_whoever_has_just_shown_who_they_are(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.alice, minutes_ago=16)
    asked = client.post(reverse("take_my_data"), {"json": ""})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    given = client.post(asked["Location"], {"password": PASSWORD})
    assert json.loads(given.content)["about"] == cast.alice.name
    assert given["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in given["Cache-Control"]


def test_a_name_is_put_right(cast: Cast, client: Client) -> None:
    sign_in(client, cast.alice)
    client.post(reverse("change_name"), {"name": ""})
    cast.alice.refresh_from_db()
    assert cast.alice.name == "Alice"
    client.post(reverse("change_name"), {"name": "Alice Example"})
    cast.alice.refresh_from_db()
    assert cast.alice.name == "Alice Example"


def test_the_page_asks_no_more_for_more(cast: Cast, django_assert_num_queries: Any) -> None:
    many = Many.of(cast)
    many.grow(1)
    asked = len(list(tables_about_people()))
    for more in (0, 5):
        many.grow(more)
        with django_assert_num_queries(asked):
            held_about(cast.alice, most=SHOWN)


def test_it_is_found_from_the_desk(cast: Cast, client: Client) -> None:
    sign_in(client, cast.alice)
    for page in ("desk", "mfa_index"):
        assert f'href="{reverse("my_data")}"' in client.get(reverse(page)).content.decode()


def stores_of(client: Client, person: Person) -> dict[str, str]:
    """Return all that the file says of each table."""
    return {each["store"]: str(each) for each in json.loads(taken(client, person))["held"]}


def test_it_holds_what_leads_to_any_address_they_showed_to_be_theirs(
    cast: Cast, client: Client
) -> None:
    second = EmailAddress.objects.create(user=cast.charlie, email="else@example.org")
    asked = Appointment(role=Role.READER)
    invite(cast.provider, email="Else@example.org", appointment=asked, by=cast.alice)
    add_contact(
        cast.provider, name="Call me Charlie", email="ELSE@example.org", job="Porter",
        shown_to=ShownTo.EVERYONE, by=cast.alice,
    )  # fmt: skip
    assert not {"people.contact", "people.addressee"} & set(stores_of(client, cast.charlie))
    second.verified = True
    second.save()
    held = stores_of(client, cast.charlie)
    for words in ("Call me Charlie", "Porter", "ELSE@example.org", "Moor View Care"):
        assert words in held["people.contact"]
    assert "Else@example.org" in held["people.addressee"]


def test_it_holds_what_they_agreed_to(cast: Cast, client: Client) -> None:
    held = json.loads(taken(client, cast.alice))
    agreed = {each["what"]: each for each in held["agreed_to"]}
    assert agreed["You belong to Moor View Care"]["words"].startswith("As an owner.")
    assert agreed["You belong to Moor View Care"]["since"]
    page = html.unescape(taken(client, cast.alice, kind="html"))
    assert "You belong to Moor View Care. As an owner." in page


def test_whoever_answers_finds_it_beside_whoever_asked(cast: Cast, client: Client) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    shown = Shown(position="Manager", words="Ring us")
    claim = claim_organisation(cast.provider, shown=shown, by=cast.charlie)
    decline_claim(claim, reason="It is not theirs.", by=cast.frank)
    for person in (cast.charlie, cast.frank):
        said = stores_of(client, person)["people.claim"]
        for words in ("Charlie", "Frank", "It is not theirs."):
            assert words in said
