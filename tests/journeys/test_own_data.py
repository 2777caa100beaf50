"""What is held about a person: seen, put right, taken away and erased, by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from makegood.people.models import Person
from makegood.people.states import HowOften
from tests.factories.cast import Cast
from tests.factories.sign_in import code_sent
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_bob_sees_his_data_puts_it_right_and_takes_it_away(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    bob = visitor(scripts=scripts, colours=colours)
    bob.become(cast.bob)
    bob.open("/desk/")
    bob.follow("Your data: see it, take it away, erase it")
    bob.see("You belong to Moor View Care.")
    bob.follow("Change your name")
    bob.write("Your name", "Bob Example")
    bob.press("Change it")
    bob.see("Your name is changed.")
    with bob.page.expect_download() as given:
        bob.press("Take it for a computer (JSON)")
    held = json.loads(Path(given.value.path()).read_text())
    assert held["about"] == "Bob Example"
    assert cast.bob.email in str(held["held"])
    bob.follow("Change how often we write to you")
    bob.choose("Once a week, on Monday morning")
    bob.press("Keep this")
    bob.see("We write to you as you chose.")
    assert Person.objects.get(pk=cast.bob.pk).notices_come == HowOften.WEEKLY
    bob.open("/privacy/")
    bob.see("What you can do")


def test_bob_who_has_no_password_is_sent_a_code_and_then_erased(
    visitor: Arrive, cast: Cast
) -> None:
    cast.bob.set_unusable_password()
    cast.bob.save()
    bob = visitor()
    bob.become(cast.bob, minutes_ago=16)
    bob.open("/my/data/")
    bob.follow("Erase my account")
    bob.choose("I have read what goes and what stays. Nobody can bring it back")
    bob.press("Erase my account")
    assert bob.heading() == "Is it still you?"
    bob.write("The code we sent you", "BBBB-BBBB")
    bob.press("Go on")
    bob.see("That is not the code.")
    bob.write("The code we sent you", code_sent())
    bob.press("Go on")
    assert bob.heading() == "Your account is erased"
    bob.open("/my/data/")
    assert bob.heading() == "Sign in"
