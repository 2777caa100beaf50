"""Whoever belongs to several organisations acts for the one they chose, and sees which it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from makegood.people.actions import register_organisation
from makegood.people.permissions import can_act_for
from makegood.people.queries import hat_worn, organisations_where
from makegood.people.states import Kind, Right, Role
from tests.factories.cast import PASSWORD, Cast
from tests.factories.joining import join
from tests.factories.sign_in import sign_in


@pytest.fixture
def two_hats(cast: Cast) -> Cast:
    """Alice owns the provider, and edits for the other one too."""
    join(cast.stranger, person=cast.alice, role=Role.EDITOR, by=cast.charlie)
    return cast


def client_of(cast: Cast, *, wearing: str = "") -> Client:
    client = Client()
    sign_in(client, cast.alice)
    if wearing:
        client.post(reverse("choose_hat"), {"organisation": wearing})
    return client


def test_one_hat_needs_no_choosing(cast: Cast) -> None:
    assert hat_worn(cast.alice, chosen=None) is None
    page = client_of(cast).get(reverse("desk")).content.decode()
    assert "Choose whom you are here for" not in page


def test_nothing_is_done_before_a_hat_is_chosen(two_hats: Cast) -> None:
    two_hats.alice.hat = hat_worn(two_hats.alice, chosen=None)
    answer = can_act_for(two_hats.alice, organisation=two_hats.provider, right=Right.WRITE)
    assert not answer
    assert answer.number == "PEO-04"
    assert answer.reason.endswith("Change to Moor View Care first.")
    assert not organisations_where(two_hats.alice, right=Right.WRITE, kind=Kind.PROVIDER)


def test_an_act_for_another_is_refused_until_the_hat_is_changed(two_hats: Cast) -> None:
    two_hats.alice.hat = hat_worn(two_hats.alice, chosen=two_hats.stranger.pk)
    assert can_act_for(two_hats.alice, organisation=two_hats.stranger, right=Right.WRITE)
    answer = can_act_for(two_hats.alice, organisation=two_hats.provider, right=Right.WRITE)
    assert answer.reason == "You are here for Somebody Else. Change to Moor View Care first."
    named = organisations_where(two_hats.alice, right=Right.WRITE, kind=Kind.PROVIDER)
    assert list(named) == [two_hats.stranger]


def test_a_hat_gives_no_right_that_was_not_held(two_hats: Cast) -> None:
    two_hats.alice.hat = hat_worn(two_hats.alice, chosen=two_hats.stranger.pk)
    signs = can_act_for(two_hats.alice, organisation=two_hats.stranger, right=Right.SIGN)
    assert not signs
    assert hat_worn(two_hats.alice, chosen=two_hats.commissioner.pk) == hat_worn(
        two_hats.alice, chosen=None
    )


def test_the_hat_is_named_on_every_page(two_hats: Cast) -> None:
    client = client_of(two_hats, wearing=two_hats.provider.slug)
    for name in ("home", "desk", "promises", "sign_ins"):
        assert "Alice, for Moor View Care" in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("address", ["members", "organisation"])
def test_a_page_that_only_shows_offers_to_change(two_hats: Cast, address: str) -> None:
    client = client_of(two_hats, wearing=two_hats.stranger.slug)
    slug = two_hats.provider.slug
    path = reverse(address, args=[slug])
    page = client.get(path).content.decode()
    assert f'name="organisation" value="{slug}"' in page
    assert f'name="next" value="{path}"' in page
    client.post(reverse("choose_hat"), {"organisation": slug, "next": path})
    assert 'name="organisation"' not in client.get(path).content.decode()


def test_the_page_that_refuses_offers_the_one_that_fits(two_hats: Cast) -> None:
    house = register_organisation(name="Moor View", kind=Kind.PROVIDER, by=two_hats.alice)
    client = client_of(two_hats, wearing=two_hats.stranger.slug)
    refused = client.get(reverse("describe_organisation", args=[two_hats.provider.slug]))
    page = refused.content.decode()
    assert refused.status_code == 403
    assert f'value="{two_hats.provider.slug}"' in page
    assert f'value="{house.slug}"' not in page


def test_the_page_that_refuses_offers_to_change(two_hats: Cast) -> None:
    client = client_of(two_hats, wearing=two_hats.stranger.slug)
    client.raise_request_exception = False
    address = reverse("register_organisation")
    assert client.get(address).status_code == 200
    members = reverse("members", args=[two_hats.provider.slug])
    person = two_hats.bob.public_id
    ending = reverse("end_membership", args=[two_hats.provider.slug, person, Role.READER])
    refused = client.get(ending)
    assert refused.status_code == 403
    assert "Change to Moor View Care" in refused.content.decode()
    onward = {"organisation": two_hats.provider.slug, "next": ending}
    assert client.post(reverse("choose_hat"), onward).headers["Location"] == ending
    assert client.get(ending).status_code == 200
    assert client.get(members).status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_choosing_leads_nowhere_else(two_hats: Cast, elsewhere: str) -> None:
    client = client_of(two_hats)
    answers = {"organisation": two_hats.provider.slug, "next": elsewhere}
    assert client.post(reverse("choose_hat"), answers).headers["Location"] == reverse("desk")


def test_nobody_wears_the_hat_of_an_organisation_they_do_not_belong_to(two_hats: Cast) -> None:
    client = client_of(two_hats, wearing=two_hats.commissioner.slug)
    assert "hat" not in client.session


def test_signing_in_asks_which_hat(two_hats: Cast) -> None:
    client = Client()
    answers = {"login": two_hats.alice.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), answers)
    assert answer.headers["Location"] == reverse("choose_hat")
    one = Client().post(reverse("account_login"), answers | {"login": two_hats.erin.email})
    assert one.headers["Location"] == reverse("desk")
