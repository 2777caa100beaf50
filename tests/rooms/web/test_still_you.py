"""Before a weighty act a person shows again who they are, and what they wrote is kept."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from makegood.contract.actions import sign_contract
from makegood.contract.models import Contract, Signature
from makegood.contract.states import Side
from makegood.people.models import Person
from makegood.web.still_you import WEIGHTY
from tests.factories import loop
from tests.factories.cast import PASSWORD, Cast
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import code_sent, sign_in


def signing(cast: Cast, client: Client, *, minutes_ago: float) -> tuple[Contract, HttpResponse]:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    sign_in(client, cast.alice, minutes_ago=minutes_ago)
    address = reverse("sign_contract", args=[contract.reference])
    read = client.get(address).context["form"].initial["terms_read"]
    return contract, client.post(address, {"agrees": "on", "terms_read": read})


def signed_by(person: Person) -> bool:
    return Signature.objects.filter(signed_by=person).exists()


def without_password(person: Person) -> None:
    person.set_unusable_password()
    person.save()


def test_every_weighty_address_is_one_of_ours() -> None:
    assert {str(name) for name in get_resolver().reverse_dict} >= WEIGHTY


BINDS = {
    "answer_challenge": ("erin", "challenge"),
    "decide_need": ("erin", "contest"),
    "decide_proposal": ("erin", "submitted"),
    "sign_contract": ("erin", "settled"),
    "sign_variation": ("erin", "proposed-variation"),
    "sign_handover": ("erin", "asked-handover"),
    "end_contract": ("erin", "running-contract"),
    "publish_finding": ("dana", "sent-finding"),
    "publish_need": ("erin", "draft-need"),
    "take_my_data": ("alice", "-"),
    "erase_me": ("alice", "-"),
    "account_email": ("alice", "-"),
    "account_set_password": ("alice", "-"),
    "mfa_activate_totp": ("alice", "-"),
    "mfa_add_webauthn": ("alice", "-"),
    "socialaccount_connections": ("alice", "-"),
    "openid_connect_login": ("alice", "elsewhere"),
}
"""What binds, publishes, hands out or opens a way in: who does it, and what it needs to be there."""
GIVEN = {
    "mfa_deactivate_totp": (Authenticator.Type.TOTP, False),
    "mfa_generate_recovery_codes": (Authenticator.Type.TOTP, False),
    "mfa_view_recovery_codes": (Authenticator.Type.RECOVERY_CODES, False),
    "mfa_download_recovery_codes": (Authenticator.Type.RECOVERY_CODES, False),
    "mfa_remove_webauthn": (Authenticator.Type.WEBAUTHN, True),
    "mfa_edit_webauthn": (Authenticator.Type.WEBAUTHN, True),
}
"""allauth's own: which way in it shows or takes away, and whether its address names it."""


def test_nothing_weighty_is_left_out() -> None:
    assert set(BINDS) == WEIGHTY


@pytest.mark.parametrize("way", ["account_reauthenticate", "still_you"])
@pytest.mark.parametrize("name", sorted(BINDS))
def test_what_is_weighty_is_asked_of_whoever_signed_in_long_ago(
    cast: Cast, client: Client, name: str, way: str
) -> None:
    """Of whoever has no password too: of them allauth by itself would ask nothing."""
    who, example = BINDS[name]
    parts = EXAMPLES[example](cast) if example in EXAMPLES else {}
    parts |= {"provider_id": "elsewhere"} if example == "elsewhere" else {}
    if way == "still_you":
        without_password(getattr(cast, who))
    sign_in(client, getattr(cast, who), minutes_ago=16)
    asked = client.post(reverse(name, kwargs=parts))
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse(way))


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_way_in_is_neither_shown_nor_taken_away_without_asking(
    cast: Cast, client: Client, name: str
) -> None:
    kind, is_named = GIVEN[name]
    TOTP.activate(cast.alice, generate_totp_secret())
    RecoveryCodes.activate(cast.alice)
    Authenticator.objects.create(
        user=cast.alice, type=Authenticator.Type.WEBAUTHN, data={"name": "Mine"}
    )
    way = Authenticator.objects.get(user=cast.alice, type=kind)
    sign_in(client, cast.alice, minutes_ago=16)
    path = reverse(name, kwargs={"pk": way.pk} if is_named else None)
    for asked in (client.get(path), client.post(path, {"name": "Theirs"})):
        assert asked.status_code in {302, 405}
        assert "/reauthenticate/" in asked.headers.get("Location", "/reauthenticate/")
    assert Authenticator.objects.get(pk=way.pk).data == way.data


def test_whoever_has_just_signed_in_is_not_asked(cast: Cast, client: Client) -> None:
    signing(cast, client, minutes_ago=14)
    assert signed_by(cast.alice)


def test_whoever_signed_in_long_ago_is_asked_and_their_answer_kept(
    cast: Cast, client: Client
) -> None:
    _, asked = signing(cast, client, minutes_ago=16)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not signed_by(cast.alice)
    wrong = client.post(asked["Location"], {"password": "not it"})
    assert "That is not your password." in wrong.content.decode()
    assert not signed_by(cast.alice)
    client.post(asked["Location"], {"password": PASSWORD})
    assert signed_by(cast.alice)


def test_whoever_has_no_password_is_sent_a_code(cast: Cast, client: Client) -> None:
    without_password(cast.alice)
    _, asked = signing(cast, client, minutes_ago=16)
    assert asked["Location"].startswith(reverse("still_you"))
    client.get(asked["Location"])
    assert mail.outbox[-1].to == [cast.alice.email]
    assert "That is not the code." in tried(client, asked, "BBBB-BBBB")
    tried(client, asked, code_sent())
    assert signed_by(cast.alice)


def test_a_code_is_guessed_five_times_at_most(cast: Cast, client: Client) -> None:
    without_password(cast.alice)
    _, asked = signing(cast, client, minutes_ago=16)
    client.get(asked["Location"])
    said = [tried(client, asked, "BBBB-BBBB") for _ in range(5)]
    assert all("That is not the code." in page for page in said)
    assert "tried too often" in tried(client, asked, code_sent())
    assert not signed_by(cast.alice)
    client.post(asked["Location"], {"again": ""})
    tried(client, asked, code_sent())
    assert signed_by(cast.alice)


def test_a_code_grows_old(cast: Cast, client: Client, settings: Any) -> None:
    without_password(cast.alice)
    _, asked = signing(cast, client, minutes_ago=16)
    client.get(asked["Location"])
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    assert "too old" in tried(client, asked, code_sent())


@pytest.mark.django_db
def test_the_page_leads_nowhere_else(cast: Cast, client: Client) -> None:
    without_password(cast.alice)
    sign_in(client, cast.alice)
    page = f"{reverse('still_you')}?next=https://elsewhere.example/"
    client.get(page)
    answer = client.post(page, {"code": code_sent()})
    assert answer["Location"] == reverse("desk")


def tried(client: Client, asked: HttpResponse, code: str) -> str:
    return client.post(asked["Location"], {"code": code}).content.decode()


def test_every_way_to_show_it_is_in_our_words(cast: Cast, client: Client) -> None:
    TOTP.activate(cast.alice, generate_totp_secret())
    _, asked = signing(cast, client, minutes_ago=16)
    page = client.get(asked["Location"]).content.decode()
    assert "Give a code from your app, or a recovery code" in page
    assert "Use authenticator" not in page


def test_a_passkey_that_is_given_no_name_is_told_from_others(cast: Cast) -> None:
    adapter = get_adapter()
    kind = Authenticator.Type.WEBAUTHN
    assert adapter.generate_authenticator_name(cast.alice, kind) == "Passkey 1"
    Authenticator.objects.create(user=cast.alice, type=kind, data={})
    assert adapter.generate_authenticator_name(cast.alice, kind) == "Passkey 2"
