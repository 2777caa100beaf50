"""A proposal from its first part to a clarification: by keyboard, looked over, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.articulate.models import Proposal
from makegood.articulate.parts import PARTS
from makegood.articulate.states import ProposalPart, ProposalState
from makegood.kernel.ledger.verify import verify
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
DECLARED = "This is true as far as we know, and I may send it for my organisation"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_proposal_is_written_part_by_part_sent_and_clarified(
    visitor: Arrive, cast: Cast, *, scripts: bool
) -> None:
    draft = loop.a_draft_promise(cast).proposal
    alice, erin = visitor(scripts=scripts), visitor(scripts=scripts)
    alice.become(cast.alice)
    alice.open(f"/proposals/{draft.code}/")
    weigh(alice)
    cost(alice)
    risk(alice)
    involve(alice)
    alice.press("Check and submit")
    alice.choose(DECLARED)
    alice.press("Submit this proposal")
    alice.see("The proposal is submitted.")
    erin.become(cast.erin)
    clarify(erin, alice, draft)
    assert Proposal.objects.get().state == ProposalState.PROPOSED
    assert verify().problems == []


def weigh(alice: Visitor) -> None:
    """Name one criterion, and weigh the three options by it."""
    alice.follow(PARTS[ProposalPart.OPTIONS].title)
    alice.follow("Change the criteria")
    for number, name in ((1, "Good for the people who use it"), (2, ""), (3, ""), (4, "")):
        alice.write(f"Criterion {number}", name)
    alice.press("Keep the criteria")
    for name in ("Do nothing", "The alternative", "This proposal"):
        alice.follow(name)
        alice.write("What does it cost a year?", "12,000")
        alice.write("What good does it do?", "Some")
        alice.write("What could go wrong?", "Little")
        alice.select("Good for the people who use it: score", "3")
        alice.write("Good for the people who use it: why this score?", "They told us")
        alice.press("Keep this option")
    alice.see("3 of 5")
    alice.choose("This part is done")
    alice.press("Go back to all parts")


def cost(alice: Visitor) -> None:
    """Write one line of costs; what is missing is named, and no word is lost."""
    alice.follow(PARTS[ProposalPart.COSTS].title)
    line = alice.page.get_by_role("group", name="Line 1", exact=True)
    alice.keyboard.write(line.get_by_label("What for?"), "Staff", what="the line")
    alice.keyboard.write(line.get_by_label("Year 1"), "80,000", what="its amount")
    alice.choose("This part is done")
    alice.press("Keep this part")
    alice.see("This part is not done yet.")
    alice.write("When does year 1 begin?", "April 2027")
    alice.write("Price to the commissioner, year 1", "80000")
    alice.press("Keep this part")
    alice.see("“Costs by year, and the price” is kept.")


def risk(alice: Visitor) -> None:
    """Write a risk half, and finish it later."""
    alice.follow(PARTS[ProposalPart.RISKS].title)
    first = alice.page.get_by_role("group", name="Risk 1", exact=True)
    alice.keyboard.write(first.get_by_label("What could go wrong?"), "Snow", what="the risk")
    alice.press("Keep this part")
    alice.see("Begun")
    alice.press("Check and submit")
    alice.choose(DECLARED)
    alice.press("Submit this proposal")
    alice.see("You began these parts, and did not finish them: What could go wrong.")
    alice.follow("Go back and change it")
    alice.follow(PARTS[ProposalPart.RISKS].title)
    first = alice.page.get_by_role("group", name="Risk 1", exact=True)
    alice.keyboard.select(first.get_by_label("How likely is it?"), "Low", what="how likely")
    alice.keyboard.select(first.get_by_label("How bad would it be?"), "High", what="how bad")
    alice.keyboard.write(first.get_by_label("What do you do about it?"), "Chains", what="the act")
    alice.choose("This part is done")
    alice.press("Keep this part")


def involve(alice: Visitor) -> None:
    """Say how staff are involved, and see who writes this together."""
    alice.follow(PARTS[ProposalPart.STAFF].title)
    alice.write("What has been done so far to involve staff?", "We met")
    alice.write("Who was involved?", "Carers")
    alice.write("How many people?", "11")
    alice.write("What changed because of it?", "The rota")
    alice.select("Who began it?", "Staff")
    alice.write("How will they be involved from now on?", "They elect the board")
    alice.choose("This part is done")
    alice.press("Keep this part")
    alice.follow("Who writes this with you")
    alice.write("Invite by e-mail", "friend@example.org")
    alice.press("Invite")
    alice.see("An invitation is on its way to friend@example.org.")
    alice.follow("All parts of the proposal")
    alice.follow("Files beside it")
    alice.see("No files yet")
    alice.follow("All parts of the proposal")


def clarify(erin: Visitor, alice: Visitor, draft: Proposal) -> None:
    """Ask, answer with a change, and see what changed."""
    erin.open(f"/proposals/{draft.code}/")
    erin.follow("Ask for a clarification")
    erin.choose("What could go wrong")
    erin.write("What do you want to have clarified?", "Who drives in snow?")
    erin.press("Ask")
    alice.open("/desk/")
    alice.follow(f"Clarify “{draft.title}”")
    alice.follow("Answer about what could go wrong")
    alice.write("Your answer", "Two of us have the right tyres.")
    alice.keyboard.write(
        alice.page.get_by_label("What do you do about it?").first, "Chains and tyres", what="it"
    )
    alice.press("Send the answer")
    alice.see("Two of us have the right tyres.")
    erin.open(f"/proposals/{draft.code}/")
    erin.follow("Read every version, and what changed")
    erin.see("and tyres")
    erin.open(f"/proposals/{draft.code}/print/")
    erin.see("Chains and tyres")
