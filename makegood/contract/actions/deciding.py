"""What can be done to decide between proposals: write what is intended, tell all at once, stand still."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import settle_proposal
from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import PROPOSALS
from makegood.contract import rules
from makegood.contract.models import Decision, Feedback, IntendedDecision, Standstill
from makegood.contract.permissions import can_decide_need
from makegood.contract.queries import (
    Waiting,
    intentions_digest,
    rivals_of,
    standstill_of,
    standstill_to_come,
    what_is_intended,
)
from makegood.contract.states import Outcome
from makegood.kernel.ledger.append import record
from makegood.kernel.working_days import ONE_DAY
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a provider is told: the outcome, why, and, if it is not chosen, what was strong and was not."""

    outcome: Outcome
    reasons: str
    strengths: str = ""
    better: str = ""
    by_criterion: Sequence[tuple[str, str]] = ()
    """Pairs of a criterion's name and the words, where the need has criteria."""


@transaction.atomic
def intend_decision(
    proposal: Proposal, *, told: Told, by: Person, now: datetime | None = None
) -> IntendedDecision:
    """Keep what one means to decide on a proposal; nobody outside is told of it yet (CON-06).

    Of one that is chosen, what was written for not choosing it is kept too, and never told.
    """
    now = now or timezone.now()
    can_decide_need(by, need=proposal.need).require()
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    PROPOSALS.target(held.state, act="approve_proposal")
    rules.check_decision_has_reasons(reasons=told.reasons)
    intended, _ = IntendedDecision.objects.update_or_create(
        proposal=held,
        defaults={
            "outcome": told.outcome,
            "reasons": told.reasons,
            "strengths": told.strengths,
            "better": told.better,
            "by_criterion": _pairs(told),
            "written_by": by,
            "written_at": now,
        },
    )
    record(intended, act="intend_decision", stream=held.stream, by=by, now=now)
    return intended


@transaction.atomic
def decide_need(
    need: Need, *, read_as: str | None = None, by: Person, now: datetime | None = None
) -> list[Decision]:
    """Decide on every proposal that waits, and tell all providers in the same moment (CON-36 to CON-41).

    ``read_as`` is ``intentions_digest`` of what was read before.
    """
    now = now or timezone.now()
    can_decide_need(by, need=need).require()
    need = Need.objects.select_for_update().get(pk=need.pk)
    list(need.proposals.select_for_update().order_by("pk"))
    rules.check_what_competed_is_decided_together(
        takes_proposals=need.takes_proposals(now=now), rivals=0
    )
    waiting = what_is_intended(need)
    rules.check_nobody_is_left_waiting(
        waiting=len(waiting),
        undecided=[str(each.proposal) for each in waiting if each.intended is None],
    )
    rules.check_who_is_not_chosen_is_told_why(
        untold=[str(each.proposal) for each in waiting if each.lacks_feedback]
    )
    is_as_read = read_as is None or read_as == intentions_digest(waiting)
    rules.check_decisions_are_those_read(is_as_read=is_as_read)
    is_any_chosen = any(each.is_chosen for each in waiting)
    standstill = begin_standstill(need, by=by, now=now) if is_any_chosen else None
    return [_decide(each, standstill=standstill, by=by, now=now) for each in waiting]


@transaction.atomic
def decide_proposal(
    proposal: Proposal,
    *,
    outcome: Outcome,
    reasons: str,
    by: Person,
    now: datetime | None = None,
) -> Decision:
    """Approve or decline a proposal that competes with no other, with its reasons (CON-06, CON-36)."""
    now = now or timezone.now()
    can_decide_need(by, need=proposal.need).require()
    rules.check_decision_has_reasons(reasons=reasons)
    need = Need.objects.select_for_update().get(pk=proposal.need_id)
    is_open = need.takes_proposals(now=now)
    rules.check_what_competed_is_decided_together(
        takes_proposals=is_open and need.closes_at is not None,
        rivals=0 if is_open else rivals_of(proposal).count(),
    )
    is_approved = outcome == Outcome.APPROVED
    standstill = begin_standstill(need, by=by, now=now) if is_approved else None
    told = Told(outcome=outcome, reasons=reasons)
    return _tell(proposal, told=told, standstill=standstill, by=by, now=now)


def begin_standstill(need: Need, *, by: Person, now: datetime) -> Standstill | None:
    """Let what is chosen wait as long as ``need`` says; None where it says nothing."""
    rules.check_nothing_stands_still(stands_still=standstill_of(need) is not None)
    last = standstill_to_come(need, now=now)
    if last is None or not need.standstill_days:
        return None
    standstill = Standstill.objects.create(
        need=need,
        days=need.standstill_days,
        began_at=now,
        ends_at=timezone.make_aware(datetime.combine(last + ONE_DAY, time())),
    )
    record(standstill, act="begin_standstill", stream=need.programme.stream, by=by, now=now)
    return standstill


def _decide(
    waiting: Waiting, *, standstill: Standstill | None, by: Person, now: datetime
) -> Decision:
    held, proposal = waiting.intended, waiting.proposal
    assert held is not None
    told = Told(outcome=Outcome(held.outcome), reasons=held.reasons)
    if not waiting.is_chosen:
        told = replace(
            told,
            strengths=held.strengths,
            better=held.better,
            by_criterion=[(name, words) for name, words in held.by_criterion or ()],
        )
    return _tell(proposal, told=told, standstill=standstill, by=by, now=now)


def _tell(
    proposal: Proposal, *, told: Told, standstill: Standstill | None, by: Person, now: datetime
) -> Decision:
    settle_proposal(
        proposal,
        approve=told.outcome == Outcome.APPROVED,
        stands_still=standstill is not None,
        by=by,
        now=now,
    )
    decision = Decision.objects.create(
        proposal=proposal,
        outcome=told.outcome,
        reasons=told.reasons,
        standstill=standstill,
        decided_by=by,
        decided_at=now,
    )
    record(decision, act="decide_proposal", stream=proposal.stream, by=by, now=now)
    if told.by_criterion or (told.strengths and told.better):
        feedback = Feedback.objects.create(
            decision=decision,
            strengths=told.strengths,
            better=told.better,
            by_criterion=_pairs(told),
            given_by=by,
            given_at=now,
        )
        record(feedback, act="give_feedback", stream=proposal.stream, by=by, now=now)
    until = f" It stands still until {standstill.last_on:%-d %B %Y}." if standstill else ""
    tell_members(
        proposal.provider,
        right=Right.WRITE,
        words=f"{proposal.need.commissioner} decided on “{proposal.title}”: {told.outcome}.{until}",
        path=reverse("proposal", args=[proposal.code]),
        by=by,
        now=now,
    )
    return decision


def _pairs(told: Told) -> list[list[str]] | None:
    return [list(each) for each in told.by_criterion] or None
