"""From proposals to a decision that stands still: who buys, who weighs, a rival, and a stranger; by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.articulate.models import Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.actions import end_due_standstills
from makegood.contract.models import Standstill
from makegood.kernel.ledger.verify import verify
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.deciding import Contest, a_contest
from tests.factories.joining import join
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
BETTER = "Say how people decide with you"


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_three_sides_of_a_decision(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    contest = a_contest(cast, is_closed=False)
    at = f"/needs/{contest.need.reference}/"
    join(cast.support_unit, person=cast.frank, role=Role.REVIEWER, by=cast.frank)
    erin = visitor(scripts=scripts, colours=colours)
    erin.become(cast.erin)
    prepare(erin, at)
    frank = visitor(scripts=scripts, colours=colours)
    frank.become(cast.frank)
    step_back(frank, at)
    score(erin, contest, at)
    decide(erin, contest, at)
    stranger = visitor(scripts=scripts, colours=colours)
    stranger.open(at)
    stranger.see("Stands still")
    stranger.open(f"/proposals/{contest.best.code}/", status=404)
    charlie = visitor(scripts=scripts, colours=colours)
    charlie.become(cast.charlie)
    challenge(charlie, contest)
    answer(erin, at)
    end_due_standstills(now=Standstill.objects.get().ends_at)
    stranger.open(f"/proposals/{contest.best.code}/")
    stranger.see("Approved")
    assert Proposal.objects.get(pk=contest.other.pk).state == ProposalState.DECLINED
    assert verify().problems == []


def prepare(erin: Visitor, at: str) -> None:
    """Say by what one weighs, close the need, and name a panel."""
    erin.open(at)
    erin.follow("Say by what you weigh proposals")
    erin.write("Criterion 1", "What changes for people")
    erin.write("Weight of criterion 1", "60")
    erin.write("Criterion 2", "Who decides")
    erin.write("Weight of criterion 2", "30")
    erin.press("Keep these criteria")
    erin.see("The weights make 90 together. They must make 100.")
    erin.write("Weight of criterion 2", "40")
    erin.press("Keep these criteria")
    erin.see("60 of 100")
    erin.press("Take no more proposals")
    erin.follow("The panel that weighs them")
    for name in ("Erin", "Frank"):
        erin.select("Whom do you name?", name)
        erin.press("Name them")
        erin.see(f"{name} is on the panel.")


def step_back(frank: Visitor, at: str) -> None:
    """Declare an interest, and see no scores."""
    frank.open("/desk/")
    frank.open(f"{at}panel/")
    frank.press("Declare your interests", role="button")
    frank.choose("Yes. I will see no scores and give none")
    frank.press("Declare this")
    frank.see("Say in which proposal you have an interest, and why.")
    frank.select("If you have: in which?", "Care by Somebody Else")
    frank.write("If you have: which?", "My brother works there")
    frank.press("Declare this")
    frank.see("You declared an interest.")
    frank.open(f"{at}scores/", status=403)
    frank.see("You see no scores for this need")


def score(erin: Visitor, contest: Contest, at: str) -> None:
    """Score both proposals, half of one at first, and send the scores."""
    erin.open(f"{at}panel/")
    erin.press("Declare your interests", role="button")
    erin.choose("No")
    erin.press("Declare this")
    for proposal in contest.proposals:
        erin.follow(f"Score “{proposal.title}”")
        for name in ("What changes for people", "Who decides"):
            box = erin.page.get_by_role("group", name=name)
            erin.keyboard.choose(box.get_by_label("4: meets all of it"), what=name)
            erin.write(f"Why, for “{name}”", "It says how")
        erin.press("Keep these points")
    erin.press("Send my scores")
    erin.see("What the panel gave")


def decide(erin: Visitor, contest: Contest, at: str) -> None:
    """Write both decisions, read them through, and tell everyone."""
    erin.open(at)
    erin.press("Decide on the proposals", role="button")
    erin.see("You can tell everyone once each proposal above has its decision.")
    erin.follow(f"Write what you decide on {contest.best.title}")
    erin.choose("Choose it")
    erin.write("Reasons", "It promises the most")
    erin.press("Keep this")
    erin.follow(f"Write what you decide on {contest.other.title}")
    erin.choose("Do not choose it")
    erin.write("Reasons", "The other promises more")
    erin.press("Keep this")
    erin.see("Not finished")
    erin.follow(f"Change what you decide on {contest.other.title}")
    erin.write("If you do not choose it: how it did on “What changes for people”", "Well")
    erin.write("If you do not choose it: how it did on “Who decides”", BETTER)
    erin.press("Keep this")
    erin.choose("I have read every decision, and I may decide for my organisation")
    erin.press("Tell everyone now")
    erin.see("Decided. 2 providers are told.")


def challenge(charlie: Visitor, contest: Contest) -> None:
    """Read what is for oneself alone, and challenge the decision."""
    charlie.open(f"/proposals/{contest.best.code}/", status=404)
    charlie.open(f"/proposals/{contest.other.code}/")
    charlie.see(BETTER)
    charlie.follow("Challenge this decision")
    charlie.write("What was wrong with the decision?", "The need says nothing of that")
    charlie.press("Send the challenge")
    charlie.see("Waits for an answer")


def answer(erin: Visitor, at: str) -> None:
    """Go from the desk to the challenge, and answer it."""
    erin.open("/desk/")
    title = erin.page.get_by_role("link", name="Answer the challenge").first.inner_text()
    erin.follow(title)
    erin.choose("The decision stands")
    erin.write("Your answer, and how you came to it", "It is the second criterion of the need")
    erin.press("Send the answer")
    erin.open(at)
    erin.see("and its answer")
