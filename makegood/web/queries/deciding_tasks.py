"""Lines of the desk, and those of them about weighing and deciding on proposals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Challenge, Decision, PanelMember, Standstill
from makegood.contract.states import Outcome


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
        if seat.sent_at:
            continue
        does_weigh = seat.weighs and not seat.need.takes_proposals(now=now)
        if seat.declared is None or does_weigh:
            act = "Score the proposals" if does_weigh else "Declare your interests"
            yield Task(
                title=f"{act} for “{seat.need.title}”",
                href=reverse("panel", args=[seat.need.reference]),
                hint=f"{seat.need.commissioner} asks",
            )


def scores_sent(seats: Iterable[PanelMember]) -> Iterator[Task]:
    """Yield the panels on which somebody scored, and which wait for others or for the decision."""
    for seat in seats:
        if seat.sent_at:
            left = getattr(seat, "others_scoring", 0)
            waits = f"{left} of the panel still {'scores' if left == 1 else 'score'}"
            yield Task(
                title=f"The panel for “{seat.need.title}”",
                href=reverse("panel", args=[seat.need.reference]),
                hint=f"You sent your scores on {localtime(seat.sent_at):%-d %B %Y}. "
                f"{waits if left else f'All did: {seat.need.commissioner} decides'}",
                word="Scores sent",
                kind="ok",
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
        hint=f"Raised on {localtime(challenge.raised_at):%-d %B %Y}. Nothing goes on until you answer",
        word=_until(challenge.standstill),
    )


def challenges_open(proposals: Iterable[Proposal], *, now: datetime) -> Iterator[Task]:
    """Yield each decision that whoever was not chosen can still challenge, with its last day."""
    for proposal in proposals:
        decision: Decision | None = getattr(proposal, "decision", None)
        standstill = decision.standstill if decision else None
        if not decision or not standstill or standstill.ended_at or now >= standstill.ends_at:
            continue
        if decision.outcome == Outcome.DECLINED and not hasattr(decision, "challenge"):
            yield Task(
                title=f"Read why “{proposal.title}” was not chosen",
                href=reverse("proposal", args=[proposal.code]) + "#decision",
                hint=f"You can challenge the decision until {standstill.last_on:%-d %B %Y}",
                word=_until(standstill),
                kind="wait",
            )


def _until(standstill: Standstill) -> str:
    return f"Stands still until {standstill.last_on:%-d %B %Y}"
