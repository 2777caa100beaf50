"""One organisation follows another, or did not after all, and closes; one that is here twice becomes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from makegood.people.actions import entrust, register_organisation
from makegood.people.states import Kind
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
WAYS = [(True, "light", 1280), (False, "dark", 320)]


@pytest.mark.parametrize(("scripts", "colours", "width"), WAYS)
def test_alice_says_who_follows_and_charlie_confirms_it(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str, width: int
) -> None:
    alice = visitor(scripts=scripts, colours=colours, width=width)
    alice.become(cast.alice)
    alice.open("/organisations/moor-view-care/describe/")
    alice.follow("Say who follows it")
    alice.write("Who follows it?", "somebody")
    alice.choose("All of it, as when one merges into another")
    alice.write_day("Since which day?", date(2026, 4, 1))
    alice.write("How did it come about?", "Our nurses went there.")
    alice.press("Ask them")
    alice.see("Found like it: Somebody Else.")
    alice.screenshot(f"succession-named-{width}")
    alice.write("Who follows it?", "somebody else")
    alice.press("Ask them")
    alice.see("Somebody Else has not answered yet.")
    alice.screenshot(f"succession-waits-{width}")
    charlie = visitor(scripts=scripts, colours=colours, width=width)
    charlie.become(cast.charlie)
    charlie.open("/desk/")
    charlie.follow("Answer whether Somebody Else follows Moor View Care")
    charlie.choose("Yes. Both pages will say so")
    charlie.screenshot(f"succession-asked-{width}")
    charlie.press("Answer")
    charlie.see("Follows")
    anybody = visitor(scripts=scripts, colours=colours, width=width)
    anybody.open("/organisations/moor-view-care/")
    anybody.see("Followed by")
    anybody.see("Our nurses went there.")
    anybody.screenshot(f"succession-stands-{width}")
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    frank = visitor(scripts=scripts, colours=colours, width=width)
    frank.become(cast.frank)
    frank.open("/organisations/moor-view-care/")
    frank.follow("Undo that Somebody Else follows Moor View Care")
    frank.press("Undo it")
    frank.see("Fill in “Why is it not so?”")
    frank.write("Why is it not so?", "They meant another one.")
    frank.screenshot(f"succession-undone-{width}")
    frank.press("Undo it")
    frank.see("It is undone.")


@pytest.mark.parametrize(("scripts", "colours", "width"), WAYS)
def test_bob_says_that_it_is_here_twice_and_frank_makes_one_of_it(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str, width: int
) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    register_organisation(name="Moor View", kind=Kind.PROVIDER, by=cast.dana)
    bob = visitor(scripts=scripts, colours=colours, width=width)
    bob.become(cast.bob)
    bob.open("/organisations/moor-view/")
    bob.follow("This organisation is here twice")
    bob.write("Which is the other one?", "Moor View Care")
    bob.write("How do you know?", "I work there.")
    bob.screenshot(f"twice-{width}")
    bob.press("Send")
    bob.see("Whoever decides has it on their desk, and you get an e-mail then.")
    bob.see("that Moor View and Moor View Care are one.")
    bob.screenshot(f"twice-said-{width}")
    frank = visitor(scripts=scripts, colours=colours, width=width)
    frank.become(cast.frank)
    frank.open("/my/notices/")
    frank.see("Somebody says that Moor View and Moor View Care are one.")
    frank.open("/desk/")
    frank.screenshot(f"twice-desk-{width}")
    frank.follow("Decide whether Moor View and Moor View Care are one")
    frank.see("How they know: I work there.")
    frank.follow("No, they are two")
    frank.screenshot(f"two-{width}")
    frank.follow("Not now")
    frank.choose("They leave. Owners of the one that stays may invite them")
    frank.write("How do you know that they are one?", "Both have one telephone.")
    frank.screenshot(f"merging-{width}")
    frank.press("Merge them for good")
    assert frank.heading() == "Are these two one?"
    frank.choose("I know that this cannot be undone")
    frank.press("Merge them for good")
    frank.see("They are one. Moor View leads here now.")
    frank.see("Also known as")
    frank.screenshot(f"merged-{width}")
    bob.open("/organisations/moor-view-care/")
    bob.see("they are one now.")
    bob.screenshot(f"twice-decided-{width}")
