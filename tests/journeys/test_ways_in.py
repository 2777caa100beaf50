"""Every way to make an account and to sign in, by keyboard alone, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from makegood.people.queries import person_with_email
from tests.factories.cast import PASSWORD, Cast
from tests.factories.identity_provider import running
from tests.factories.sign_in import code_sent
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
CODE_HOLDS, ENOUGH_TO_TYPE = 30, 12
"""Seconds: how long an app shows a code, and what one needs to write it on a busy machine."""


@pytest.mark.parametrize("scripts", [True, False])
def test_nia_makes_an_account_with_a_password(visitor: Arrive, scripts: bool) -> None:
    nia = visitor(scripts=scripts)
    nia.open("/accounts/signup/")
    nia.write("Your e-mail address", "nia@example.org")
    nia.write("Choose a password", PASSWORD)
    nia.write("The same password again", PASSWORD)
    nia.write("Your name", "Nia")
    nia.press("Make my account")
    assert nia.heading() == "Show that the address is yours"
    nia.write("The code", "BBBB-BBBB")
    nia.press("Go on")
    nia.see("That is not the code.")
    nia.write("The code", code_sent())
    nia.press("Go on")
    assert nia.heading() == "Your desk"


@pytest.mark.parametrize("scripts", [True, False])
def test_alice_signs_in_with_a_code(visitor: Arrive, cast: Cast, scripts: bool) -> None:
    alice = visitor(scripts=scripts)
    alice.open("/accounts/login/")
    alice.press("Send me a code by e-mail")
    alice.write("Your e-mail address", cast.alice.email)
    alice.press("Send me a code")
    alice.write("The code", code_sent())
    alice.press("Go on")
    assert alice.heading() == "Your desk"


def test_alice_adds_an_app_then_loses_her_telephone(visitor: Arrive, cast: Cast) -> None:
    alice = visitor()
    alice.become(cast.alice)
    alice.open("/desk/")
    alice.follow("How you sign in")
    alice.press("Set up an app")
    show_again(alice)
    key = alice.page.locator("#key").inner_text().strip()
    assert alice.page.locator("code").first.inner_text().replace(" ", "") == key
    alice.write("The code", shown_by_app(key))
    alice.press("Set it up")
    saved = alice.page.locator("code").first.inner_text().strip()
    sign_out_and_give_password(alice, cast.alice.email)
    assert alice.heading() == "The second step"
    alice.write("The code", saved)
    alice.press("Sign in")
    assert alice.heading() == "Your desk"


@pytest.mark.parametrize("scripts", [True, False])
def test_alice_signs_in_with_her_password_and_her_app(
    visitor: Arrive, cast: Cast, scripts: bool
) -> None:
    key = generate_totp_secret()
    TOTP.activate(cast.alice, key)
    alice = visitor(scripts=scripts)
    sign_out_and_give_password(alice, cast.alice.email)
    assert alice.heading() == "The second step"
    alice.write("The code", shown_by_app(key))
    alice.press("Sign in")
    assert alice.heading() == "Your desk"


def test_alice_signs_in_with_a_passkey_alone(visitor: Arrive, cast: Cast) -> None:
    alice = with_authenticator(visitor())
    alice.become(cast.alice)
    alice.open("/desk/")
    alice.follow("How you sign in")
    alice.press("Add a passkey")
    show_again(alice)
    alice.write("A name for this passkey", "my telephone")
    alice.choose("Let it sign me in alone, without a password")
    alice.press("Add it")
    alice.see("Your passkey is added.")
    alice.page.context.clear_cookies()
    alice.open("/accounts/login/")
    alice.press("Sign in with a passkey")
    assert alice.heading() == "Your desk"


def test_nia_makes_an_account_with_a_passkey(visitor: Arrive) -> None:
    nia = with_authenticator(visitor())
    nia.open("/accounts/signup/")
    nia.follow("make an account with a passkey")
    nia.write("Your e-mail address", "nia@example.org")
    nia.write("Your name", "Nia")
    nia.press("Go on")
    nia.write("The code", code_sent())
    nia.press("Go on")
    nia.write("A name for this passkey", "my telephone")
    nia.press("Make it")
    assert nia.heading() == "Your desk"
    made = person_with_email("nia@example.org")
    assert made is not None
    assert not made.has_usable_password()


def test_a_passkey_that_is_not_taken_is_told(visitor: Arrive) -> None:
    nobody = with_authenticator(visitor())
    nobody.open("/accounts/login/")
    nobody.tab_to("button", "Sign in with a passkey")
    nobody.keyboard.press("Enter")
    nobody.see("Your passkey was not taken.")


def test_without_scripts_no_button_for_a_passkey_does_nothing(visitor: Arrive, cast: Cast) -> None:
    nobody = visitor(scripts=False)
    nobody.open("/accounts/login/")
    told = nobody.page.locator("noscript p")
    assert told.is_visible()
    assert "A passkey needs JavaScript, which is off in this browser." in told.inner_text()
    assert not nobody.page.locator("#passkey_button").is_visible()
    nobody.screenshot("passkey-without-scripts")


@pytest.mark.parametrize("scripts", [True, False])
def test_nia_comes_in_with_an_account_elsewhere(
    visitor: Arrive, settings: Any, scripts: bool
) -> None:
    address = "nia@valley.example"
    with running() as elsewhere:
        settings.SOCIALACCOUNT_PROVIDERS = elsewhere.as_configured()
        elsewhere.says = {"sub": "1", "email": address, "email_verified": True, "name": "Nia"}
        nia = visitor(scripts=scripts)
        nia.open("/accounts/login/")
        nia.press("Sign in with Valley Council")
        nia.write("Your name", "Nia")
        nia.press("Make my account")
        assert nia.heading() == "Your desk"
        nia.press("Sign out")
        nia.open("/accounts/login/")
        nia.press("Sign in with Valley Council")
        assert nia.heading() == "Your desk"


def test_alice_ends_a_session_she_left_open(visitor: Arrive, cast: Cast) -> None:
    left_open = Client()
    left_open.force_login(cast.alice)
    alice = visitor()
    alice.become(cast.alice)
    alice.open("/desk/")
    alice.follow("How you sign in")
    alice.follow("Where you are signed in")
    alice.press("Sign out everywhere else")
    alice.see("You are signed out everywhere else.")
    assert left_open.get("/desk/").status_code == 302


def with_authenticator(somebody: Visitor) -> Visitor:
    """Give somebody's browser a telephone that keeps passkeys and is always opened."""
    session = somebody.page.context.new_cdp_session(somebody.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return somebody


def show_again(somebody: Visitor) -> None:
    assert somebody.heading() == "Is it still you?"
    somebody.write("Your password", PASSWORD)
    somebody.press("Go on")


def sign_out_and_give_password(somebody: Visitor, email: str) -> None:
    somebody.page.context.clear_cookies()
    somebody.open("/accounts/login/")
    somebody.write("Your e-mail address", email)
    somebody.write("Your password", PASSWORD)
    somebody.press("Sign in")


def shown_by_app(key: str) -> str:
    """Return the code an app shows; where it is about to change, the next one, as people do."""
    left = CODE_HOLDS - time.time() % CODE_HOLDS
    if left < ENOUGH_TO_TYPE:
        time.sleep(left)
    return format_hotp_value(hotp_value(key, int(time.time()) // CODE_HOLDS))
