"""Lines of the desk, and those of them about weighing and deciding on proposals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Challenge, PanelMember


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of the desk: one act away."""

    title: str
    href: str
    hint: str = ""
    word: str = "To do"
    kind: str = "now"


def scores_to_give(seats: Iterable[PanelMember], *, now: datetime) -> Iterator[Task]:
    """Yield where somebody declares their interests, or scores proposals."""
    for seat in seats:
        does_weigh = seat.weighs and not seat.need.takes_proposals(now=now)
        if seat.declared is None or does_weigh:
            act = "Score the proposals" if does_weigh else "Declare your interests"
            yield Task(
                title=f"{act} for “{seat.need.title}”",
                href=reverse("panel", args=[seat.need.reference]),
                hint=f"{seat.need.commissioner} asks",
            )


def decisions_to_take(proposals: Iterable[Proposal], *, now: datetime) -> Iterator[Task]:
    """Yield each proposal that waits for a decision; those that competed as one."""
    waiting: dict[Need, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.state == ProposalState.PROPOSED:
            waiting.setdefault(proposal.need, []).append(proposal)
    for need, found in waiting.items():
        if len(found) > 1 and not need.takes_proposals(now=now):
            yield Task(
                title=f"Decide between the proposals for “{need.title}”",
                href=reverse("decide_need", args=[need.reference]),
                hint=f"{len(found)} wait",
            )
            continue
        for proposal in found:
            yield Task(
                title=f"Decide on “{proposal.title}”",
                href=reverse("decide_proposal", args=[proposal.code]),
                hint=f"From {proposal.provider}",
            )


def answer_to_give(challenge: Challenge, *, need: Need) -> Task:
    """Return the line of a challenge to the decision on ``need`` that waits for its answer."""
    return Task(
        title=f"Answer the challenge to your decision on “{need.title}”",
        href=reverse("answer_challenge", args=[need.reference, challenge.public_id]),
        hint="Nothing goes on until you do",
    )
