"""An organisation is registered, somebody is invited and joins, and all is handed over to them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail

from makegood.people.states import Role
from tests.factories.cast import PASSWORD, Cast
from tests.factories.joining import join
from tests.factories.sign_in import code_sent
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_alice_registers_invites_and_hands_over(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    nia = visitor(scripts=scripts, colours=colours)
    make_an_account(nia, "nia@example.org", "Nia")
    register(nia)
    invite(nia, "omar@example.org")
    omar = visitor(scripts=scripts, colours=colours)
    accept(omar)
    hand_over(nia)
    omar.open("/desk/")
    omar.follow("Members of Fell Care")
    omar.see("Omar")
    assert nia.heading() == "Your desk"
    nia.see("You belong to no organisation yet.")


@pytest.mark.parametrize("scripts", [True, False])
def test_alice_wears_one_hat_at_a_time(visitor: Arrive, cast: Cast, scripts: bool) -> None:
    join(cast.stranger, person=cast.alice, role=Role.EDITOR, by=cast.charlie)
    alice = visitor(scripts=scripts)
    alice.become(cast.alice)
    alice.open("/desk/")
    alice.follow("Choose whom you are here for")
    alice.choose("Somebody Else")
    alice.press("Go on")
    alice.see("Alice, for Somebody Else")
    alice.open("/organisations/moor-view-care/members/invite/", status=403)
    alice.see("You are here for Somebody Else. Change to Moor View Care first.")
    alice.press("Change to Moor View Care")
    assert alice.heading() == "Invite someone"
    alice.see("Alice, for Moor View Care")


def test_an_invitation_is_taken_back(visitor: Arrive, cast: Cast) -> None:
    alice = visitor()
    alice.become(cast.alice)
    alice.open("/organisations/moor-view-care/members/")
    alice.press("Invite someone")
    alice.press("Send the invitation")
    alice.see("There is a problem")
    alice.write("Their e-mail address", "omar@example.org")
    alice.choose("Read (reader)")
    alice.press("Send the invitation")
    alice.press("Send again to omar@example.org")
    alice.see("on its way to omar@example.org again")
    alice.follow("Take back the invitation to omar@example.org")
    alice.press("Take it back")
    alice.see("Nobody is waiting to answer.")
    omar = visitor()
    omar.open(link_sent(), status=404)
    omar.see("It was answered or taken back")


def make_an_account(somebody: Visitor, email: str, name: str) -> None:
    if "/accounts/signup/" not in somebody.page.url:
        somebody.open("/accounts/signup/")
    somebody.write("Your e-mail address", email)
    somebody.write("Choose a password", PASSWORD)
    somebody.write("The same password again", PASSWORD)
    somebody.write("Your name", name)
    somebody.press("Make my account")
    somebody.write("The code", code_sent())
    somebody.press("Go on")


def register(nia: Visitor) -> None:
    nia.open("/organisations/new/")
    nia.write("Name of the organisation", "Fell Care")
    nia.choose("Provide a service")
    nia.press("Register")
    nia.see("Fell Care is registered. You are its owner.")


def invite(nia: Visitor, email: str) -> None:
    nia.open("/desk/")
    nia.follow("Members of Fell Care")
    nia.press("Invite someone")
    nia.write("Their e-mail address", email)
    nia.choose("Sign contracts (signatory)")
    nia.write("The most they may sign for", "50,000")
    nia.press("Send the invitation")
    nia.see(f"An invitation is on its way to {email}.")


def accept(omar: Visitor) -> None:
    omar.open(link_sent())
    assert omar.heading() == "Fell Care invites you"
    omar.see("could sign contracts up to £50,000")
    omar.press("Make an account")
    make_an_account(omar, "omar@example.org", "Omar")
    assert omar.heading() == "Fell Care invites you"
    omar.press("Accept")
    omar.see("You are now signatory of Fell Care.")


def hand_over(nia: Visitor) -> None:
    nia.open("/desk/")
    nia.follow("Members of Fell Care")
    nia.follow("Hand over what Nia does")
    nia.choose("Omar")
    nia.press("Hand over")


def link_sent() -> str:
    """Return the path of the link in the last invitation."""
    letter = next(one for one in reversed(mail.outbox) if "invites you" in one.subject)
    found = re.search(r"/invitations/[0-9a-f-]{36}/", str(letter.body))
    assert found is not None
    return found[0]
