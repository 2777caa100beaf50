"""A rival and a stranger read all that is public, by keyboard, and nothing of what another still writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.articulate.actions import PromiseTerms, add_promise, start_proposal
from makegood.articulate.models import Proposal
from makegood.articulate.states import HowKnown
from makegood.contract.models import Contract
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.deciding import Contest, a_contest
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
SECRET = "quince"
"""A word that stands in everything the draft says, and nowhere else."""
OF_DRAFT = ("", "versions/", "print/", "promises/1/read/")
TO_WRITE = ("change/", "submit/", "files/", "writers/")
TO_DECIDE = (
    ("decide/", "Only an owner or editor of Valley Council may write and decide."),
    ("panel/", "Only the commissioner, the panel and auditors see this."),
    ("scores/", "Only an owner or editor of Valley Council may write and decide."),
)


@pytest.mark.parametrize(
    ("who", "scripts", "width"),
    [
        ("charlie", True, 320),
        ("charlie", False, 1280),
        ("nobody", True, 1280),
        ("nobody", False, 320),
    ],
)
def test_a_draft_of_anothers_stays_unseen(
    visitor: Arrive, cast: Cast, who: str, scripts: bool, width: int
) -> None:
    contract = loop.a_signed_contract(cast)
    contest = a_contest(cast, is_closed=False, proposals=1)
    draft = a_draft(cast, contest)
    somebody = visitor(scripts=scripts, width=width)
    if who != "nobody":
        somebody.become(getattr(cast, who))
    read_the_need(somebody, contest)
    read_what_was_promised(somebody, contract)
    read_what_was_signed(somebody, contract)
    is_told_of_nothing(somebody, draft, is_known=who != "nobody")
    cannot_decide(somebody, contest, is_known=who != "nobody")
    look_on(cast, visitor(scripts=scripts, width=width), draft)


def a_draft(cast: Cast, contest: Contest) -> Proposal:
    """Return what Alice writes beside the proposal that she sent, every word of it a secret."""
    draft = start_proposal(
        need=contest.need,
        provider=cast.provider,
        title=f"Nights by {SECRET}",
        summary=f"A team of {SECRET}",
        by=cast.alice,
    )
    terms = PromiseTerms(
        for_whom=f"people of {SECRET}",
        what_changes=f"{SECRET} comes at night",
        starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON,
        why_believed=f"{SECRET} did it elsewhere",
        how_known=HowKnown.STORIES,
    )
    add_promise(draft, terms=terms, by=cast.alice)
    return draft


def unseen(somebody: Visitor, *words: str) -> None:
    """Fail if a page says, anywhere in it, what is not to be read."""
    said = somebody.page.content()
    told = [word for word in (SECRET, *words) if word in said]
    assert not told, f"{somebody.page.url} tells of {told}"


def go(somebody: Visitor, name: str) -> None:
    somebody.follow(name)
    unseen(somebody)


def read_the_need(somebody: Visitor, contest: Contest) -> None:
    """Go from the front page to a need, and to a comparison in which nothing is to be compared yet."""
    somebody.open("/")
    unseen(somebody)
    go(somebody, "Needs")
    go(somebody, contest.need.title)
    assert somebody.heading() == contest.need.title
    unseen(somebody, contest.best.title)
    somebody.open(f"/needs/{contest.need.reference}/compare/")
    unseen(somebody, contest.best.title, contest.best.code)
    go(somebody, "Back to the need")


def read_what_was_promised(somebody: Visitor, contract: Contract) -> None:
    """Go from every promise to one and all that became of it, and to the gap."""
    go(somebody, "Promises")
    promise = contract.proposal.promises.get()
    go(somebody, f"{promise.reference}: {promise.what_changes}")
    assert somebody.heading() == "Fewer days lost to sickness"
    go(somebody, "Read the contract")
    go(somebody, "The gap")
    assert somebody.heading() == "The gap"


def read_what_was_signed(somebody: Visitor, contract: Contract) -> None:
    """Go from the register to a contract in force, and back to the thread of its promise."""
    go(somebody, "Contracts")
    go(somebody, contract.proposal.title)
    go(somebody, "Every promise beside its commitment, as a table")
    somebody.open(f"/contracts/{contract.reference}/")
    go(somebody, contract.proposal.promises.get().reference)
    go(somebody, "Read the whole proposal")
    assert somebody.heading() == contract.proposal.title


def is_told_of_nothing(somebody: Visitor, draft: Proposal, *, is_known: bool) -> None:
    """Meet, at every address of the draft, what one would meet if there were none."""
    at = f"/proposals/{draft.code}/"
    for rest in (*OF_DRAFT, *TO_WRITE):
        if rest in TO_WRITE and not is_known:
            somebody.open(f"{at}{rest}")
            assert somebody.heading() == "Sign in"
        else:
            somebody.open(f"{at}{rest}", status=404)
            somebody.see("We cannot find that page")
        unseen(somebody)
    somebody.open(at, status=404)
    go(somebody, "Go to the home page")


def cannot_decide(somebody: Visitor, contest: Contest, *, is_known: bool) -> None:
    """Meet, where others decide, the reason in plain words, or be asked who one is."""
    for rest, why in TO_DECIDE:
        somebody.open(f"/needs/{contest.need.reference}/{rest}", status=403 if is_known else 200)
        if is_known:
            somebody.see("You cannot do this")
            somebody.see(why)
        else:
            assert somebody.heading() == "Sign in"
        unseen(somebody, contest.best.title)


def look_on(cast: Cast, alice: Visitor, draft: Proposal) -> None:
    """See, as who writes it, what the others did not: else the words looked for prove nothing."""
    alice.become(cast.alice)
    alice.open(f"/proposals/{draft.code}/")
    alice.see(f"Nights by {SECRET}")
