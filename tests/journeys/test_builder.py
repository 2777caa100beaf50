"""Alice writes promises by keyboard: the sentence grows, advice never blocks, and power is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories import building, loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_alice_builds_promises(visitor: Arrive, cast: Cast, scripts: bool, colours: str) -> None:
    draft = loop.a_draft_promise(cast).proposal
    alice = visitor(scripts=scripts, colours=colours)
    alice.become(cast.alice)
    alice.open(f"/proposals/{draft.code}/")
    write_in_words(alice)
    set_aside(alice)
    alice.open(f"/proposals/{draft.code}/promises/1/read/")
    work_out(alice)
    erin_reads(visitor(scripts=scripts, colours=colours), cast, code=draft.code)


def write_in_words(alice: Visitor) -> None:
    """Write a promise that people tell of; see it grow; keep it although advice is left."""
    alice.open(alice.page.url.replace(alice.address, "") + "promises/new/")
    alice.follow("Ask me for no numbers")
    assert alice.page.get_by_label("What will you reach?").count() == 0
    alice.write("For whom?", "carers of the people we visit")
    alice.press("See the sentence")
    alice.see("For carers of the people we visit")
    alice.see("what changes?")
    alice.see("It is not said by when.")
    alice.write("What changes for them?", "they sleep through the night")
    alice.write_day("From when?", date(2024, 4, 1))
    alice.write_day("By when?", date(2025, 3, 31))
    alice.write("What would people say, and how will you gather it?", "We ask each of them once")
    alice.write("Who would tell it?", "carers")
    alice.write("How many of them, at least?", "20")
    alice.write("Who gathers it?", "Valley Voices")
    alice.write("Why do you believe it?", "They told us so")
    alice.press("See the sentence")
    alice.see("asked by Valley Voices")
    alice.press("Keep this promise")
    alice.see("We will know from at least 20 carers, asked by Valley Voices.")


def set_aside(alice: Visitor) -> None:
    seen = "It is not said how well this is known to work."
    alice.follow(f"Set it aside : {seen}")
    alice.press("Set it aside")
    alice.see("There is a problem")
    alice.write("Why do you not follow it?", "Nobody has tried it before")
    alice.press("Set it aside")
    alice.see("Nobody has tried it before")


def work_out(alice: Visitor) -> None:
    """Give a history that is too short, then one that will do."""
    alice.press("Work it out")
    alice.write("Figures, one a line", building.as_typed(building.figures(5)))
    alice.write("Where do these figures come from?", "Our payroll")
    alice.press("Work it out")
    alice.see("There is too little history")
    alice.write("Figures, one a line", building.as_typed(building.figures()))
    alice.press("Work it out")
    alice.see("It is worked out, and kept with the promise.")
    alice.see("times in 100")


def erin_reads(erin: Visitor, cast: Cast, *, code: str) -> None:
    """The commissioner reads the reasons and the power once the proposal is sent."""
    loop.submit_proposal(loop.Proposal.objects.get(code=code), by=cast.alice)
    erin.become(cast.erin)
    erin.open(f"/proposals/{code}/promises/1/read/")
    erin.see("times in 100")
    erin.open(f"/proposals/{code}/promises/2/read/")
    erin.see("Nobody has tried it before")
