"""Signing in with an account elsewhere, by OpenID Connect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import requests
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from makegood.people.queries import person_with_email
from tests.factories.cast import PASSWORD, Cast
from tests.factories.identity_provider import Provider, running
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db
ENTRY = {"provider_id": "elsewhere"}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.as_configured()
        yield provider


def says(provider: Provider, email: str, *, verified: bool = True) -> None:
    provider.says = {"sub": email, "email": email, "email_verified": verified, "name": "Nia"}


def come_in(client: Client, *, process: str = "login") -> HttpResponse:
    """Press the button, be led there, and come back."""
    door = reverse("openid_connect_login", kwargs=ENTRY)
    page = client.post(f"{door}?process={process}").content.decode()
    assert "<h1>Going to Valley Council</h1>" in page
    there, link = (unescape(found) for found in re.findall(r'(?:url=|<a href=")(http[^"]+)"', page))
    assert there == link
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("desk")).status_code == 200


def test_without_a_provider_there_is_no_button_and_no_door(client: Client) -> None:
    assert "Sign in with Valley" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("openid_connect_login", kwargs=ENTRY)).status_code == 404


def test_only_where_there_is_a_provider_are_accounts_elsewhere_spoken_of(
    client: Client, cast: Cast, provider: Provider, settings: Any
) -> None:
    sign_in(client, cast.alice)
    link = f'href="{reverse("socialaccount_connections")}"'
    assert link in client.get(reverse("mfa_index")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert link not in client.get(reverse("mfa_index")).content.decode()


def test_a_newcomer_says_their_name_and_has_an_account(client: Client, provider: Provider) -> None:
    says(provider, "nia@valley.example")
    assert "Sign in with Valley Council" in client.get(reverse("account_login")).content.decode()
    asked = come_in(client)
    assert asked["Location"] == reverse("socialaccount_signup")
    client.post(asked["Location"], {"email": "nia@valley.example", "name": "Nia"})
    assert is_signed_in(client)
    again = Client()
    come_in(again)
    assert is_signed_in(again)
    made = person_with_email("nia@valley.example")
    assert made is not None
    assert made.name == "Nia"


def test_an_account_here_is_not_opened_by_who_claims_its_address(
    client: Client, cast: Cast, provider: Provider
) -> None:
    says(provider, cast.alice.email)
    come_in(client)
    assert not is_signed_in(client)


def test_a_trusted_provider_opens_it_but_not_for_an_unproven_address(
    client: Client, cast: Cast, provider: Provider, settings: Any
) -> None:
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    says(provider, cast.alice.email, verified=False)
    come_in(client)
    assert not is_signed_in(client)
    says(provider, cast.alice.email)
    come_in(client)
    assert is_signed_in(client)


def test_somebody_signed_in_adds_their_account_elsewhere(
    client: Client, cast: Cast, provider: Provider
) -> None:
    sign_in(client, cast.alice)
    says(provider, "a.different@address.example")
    come_in(client, process="connect")
    again = Client()
    come_in(again)
    assert is_signed_in(again)


def test_an_answer_nobody_asked_for_is_refused(client: Client, provider: Provider) -> None:
    says(provider, "nia@valley.example")
    forged = reverse("openid_connect_callback", kwargs=ENTRY) + "?code=x&state=forged"
    answer = client.get(forged)
    assert "You could not be signed in from there" in answer.content.decode()
    assert not is_signed_in(client)


def test_whoever_left_a_browser_open_adds_none_until_they_show_who_they_are(
    client: Client, cast: Cast, provider: Provider
) -> None:
    sign_in(client, cast.alice, minutes_ago=16)
    door = f"{reverse('openid_connect_login', kwargs=ENTRY)}?process=connect"
    asked = client.post(door)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    led = client.post(asked["Location"], {"password": PASSWORD})
    assert led["Location"] == door
    assert "Add your account with Valley Council?" in client.get(door).content.decode()
    says(provider, "a.different@address.example")
    come_in(client, process="connect")
    assert cast.alice.socialaccount_set.count() == 1
