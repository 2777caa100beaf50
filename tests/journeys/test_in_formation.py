"""A group wants to start an organisation: it plans, is advised, and is registered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "light"), (False, "dark")])
def test_nia_starts_one_and_frank_advises(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    nia = visitor(scripts=scripts, colours=colours)
    nia.become(newcomer("nia"))
    start(nia)
    say_why(nia)
    plan(nia)
    found(nia)
    ask(nia)
    frank = visitor(scripts=scripts, colours=colours)
    frank.become(cast.frank)
    advise(frank)
    be_registered(nia)


def start(nia: Visitor) -> None:
    nia.open("/organisations/new/")
    nia.follow("the legal forms are explained here")
    nia.follow("Co-operative society")
    nia.see("Register with the Financial Conduct Authority")
    nia.follow("Register your group")
    nia.write("Name of the organisation", "Fell Nurses")
    nia.choose("Provide a service one day: we want to start one, and are not registered yet")
    nia.press("Register")
    nia.see("Not chosen yet.")


def say_why(nia: Visitor) -> None:
    nia.follow("Why you want an organisation of your own")
    nia.choose("Faster decisions")
    nia.choose("It was the least worst option")
    nia.select("Which matters most?", "Faster decisions")
    nia.write("In your own words", "The kettle took a year.")
    nia.press("Keep this")
    nia.see("The kettle took a year.")
    nia.follow("how many organisations name each reason")
    nia.see("Too few have said why yet")
    nia.open("/organisations/fell-nurses/formation/")


def plan(nia: Visitor) -> None:
    nia.follow("Change what you come out of or aim at")
    nia.write("Which body do you come out of, if any?", "Valley Council")
    nia.select("Which legal form do you aim at?", "Co-operative society")
    nia.press("Keep this")
    nia.see("0 of 12 done.")
    nia.follow("Find at least three founding members")
    nia.write_day("On which day was it done? (optional)", date(2026, 3, 2))
    nia.write("What do you want to remember?", "Eleven signed.")
    nia.press("Keep this")
    nia.see("1 of 12 done.")


def found(nia: Visitor) -> None:
    nia.follow("Add a founder")
    nia.write("What can they do?", "Rotas")
    nia.press("Keep this")
    nia.see("There is a problem")
    nia.write("Name or role", "A night nurse")
    nia.press("Keep this")
    nia.see("Can do: Rotas")


def ask(nia: Visitor) -> None:
    nia.follow("Ask for an adviser")
    nia.choose("The Support Unit")
    nia.write("What do you want help with?", "Which rules?")
    nia.press("Ask")
    nia.see("You are told when somebody advises you.")


def advise(frank: Visitor) -> None:
    frank.open("/desk/")
    frank.follow("Fell Nurses asks for an adviser")
    frank.see("Which rules?")
    frank.choose("Frank")
    frank.press("Advise them")
    frank.follow("Suggest something to “Choose model rules, or write your own”")
    frank.write("What do you suggest?", "Take them unchanged.")
    frank.press("Suggest it")
    frank.see("Take them unchanged.")


def be_registered(nia: Visitor) -> None:
    nia.open("/desk/")
    nia.follow("Go on with the steps of Fell Nurses")
    nia.see("Take them unchanged.")
    nia.press("We are registered now")
    nia.write_day("Since which day?", date(2026, 3, 9))
    nia.press("We are registered")
    nia.see("Give the number from the register, or say why there is none.")
    nia.write("If there is no number, why?", "It comes by post.")
    nia.press("We are registered")
    nia.see("Fell Nurses is an organisation now. It can sign contracts.")
    nia.see("9 March 2026")
