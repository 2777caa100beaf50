"""Anybody may look at the parts, and is told plainly when they cannot sign in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_components_are_sound(visitor: Arrive, colours: str) -> None:
    anyone = visitor(colours=colours)
    anyone.open("/components/")
    anyone.screenshot(f"components-{colours}")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_password_is_told_plainly(visitor: Arrive, scripts: bool) -> None:
    ann = visitor(scripts=scripts)
    ann.open("/accounts/login/")
    ann.write("Your e-mail address", "ann@example.org")
    ann.write("Your password", "not my password")
    ann.press("Sign in")
    assert ann.field("Your e-mail address").input_value() == "ann@example.org"
    ann.see("do not belong together")


@pytest.mark.parametrize("width", [1280, 320])
def test_alice_finds_her_desk(visitor: Arrive, cast: Cast, width: int) -> None:
    alice = visitor(width=width)
    alice.become(cast.alice)
    alice.open("/desk/")
    assert alice.heading() == "Your desk"
    alice.see("Moor View Care")
    alice.screenshot(f"desk-{width}")


def test_a_stranger_to_the_desk_is_asked_to_sign_in(visitor: Arrive) -> None:
    anyone = visitor()
    anyone.open("/desk/")
    assert anyone.heading() == "Sign in"
