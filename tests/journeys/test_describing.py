"""An organisation says who it is, and somebody who needs what it offers finds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.people.actions import load_areas
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
LED_BY = (
    ("the board", "members of the board", "4", "3"),
    ("the staff", "members of staff", "2", "1"),
    ("volunteers", "volunteers", "0", "0"),
)


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_alice_describes_and_charlie_finds(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    load_areas()
    alice = visitor(scripts=scripts, colours=colours)
    alice.become(cast.alice)
    alice.open("/organisations/moor-view-care/")
    alice.follow("Describe your organisation")
    say_who_we_are(alice)
    say_what_we_offer(alice)
    say_who_leads(alice)
    find(visitor(scripts=scripts, colours=colours))


def say_who_we_are(alice: Visitor) -> None:
    alice.follow("Change who you are")
    alice.write("What does it do?", "Nurses who visit.")
    alice.write("Website", "www.example.org")
    alice.press("Keep this")
    alice.follow("Add a number")
    alice.select("Register", "Companies House, like 09506232")
    alice.write("Number", "123456789")
    alice.press("Add")
    alice.see("is not a number of Companies House")
    alice.write("Number", "9506232")
    alice.press("Add")
    alice.follow("Change where you work")
    alice.write("Find a council, county, region or care board", "gateshead")
    alice.press("Search")
    alice.press("Add Gateshead")
    alice.follow("Describe your organisation")


def say_what_we_offer(alice: Visitor) -> None:
    alice.follow("Add an offer or a need")
    alice.choose("We offer it")
    alice.choose("A place, like a room with level access")
    alice.write("Say it in your own words", "A hall by the river")
    alice.press("Add")
    alice.follow("Add a contact")
    alice.write("Name", "Front desk")
    alice.write("E-mail address", "desk@example.org")
    alice.choose("Everyone")
    alice.press("Add")


def say_who_leads(alice: Visitor) -> None:
    alice.follow("Answer whether you are")
    for group, members, people, disabled in LED_BY:
        alice.write(f"How many {members} are there?", people)
        alice.write(f"How many of {group} are disabled people?", disabled)
    for box in alice.page.get_by_label("How do you know?").all():
        alice.keyboard.write(box, "We asked.", what="How do you know?")
    alice.choose("Show the result on our page")
    alice.press("See the result")
    alice.see("You are a disabled people’s user-led organisation (DPULO).")


def find(charlie: Visitor) -> None:
    charlie.open("/organisations/")
    charlie.write("Words or a number", "river")
    charlie.keyboard.tab_to(charlie.page.get_by_text("More filters"), what="More filters")
    charlie.keyboard.press("Enter")
    charlie.select("Works in", "North East")
    charlie.press("Show these")
    charlie.see("1 organisation")
    charlie.follow("Moor View Care")
    charlie.see("A hall by the river")
    charlie.see("desk@example.org")
    charlie.see("This is a disabled people’s user-led organisation (DPULO).")
