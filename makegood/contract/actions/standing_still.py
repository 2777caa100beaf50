"""What can be done while a decision stands still: challenge it, answer, and end the wait by the clock."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import end_standstill_of, set_aside_proposal
from makegood.articulate.models import Proposal
from makegood.articulate.states import ProposalState
from makegood.contract import rules
from makegood.contract.models import Challenge, Decision, Standstill
from makegood.contract.permissions import can_answer_challenge, can_challenge
from makegood.contract.queries import standstills_due
from makegood.contract.states import Outcome
from makegood.kernel.ledger.append import record
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

FELL_AWAY = "Another challenge was upheld, and the decision is set aside. This challenge falls away with it."
"""The answer to a challenge that was still open when another was upheld."""


@transaction.atomic
def challenge_decision(
    proposal: Proposal, *, words: str, by: Person, now: datetime | None = None
) -> Challenge:
    """Say, for a provider that was not chosen, what was wrong with the decision (CON-43).

    The standstill does not end before it is answered.
    """
    now = now or timezone.now()
    can_challenge(by, proposal=proposal).require()
    decision = Decision.objects.select_related("standstill").filter(proposal=proposal).first()
    standstill = _held(decision.standstill) if decision and decision.standstill else None
    rules.check_decision_can_be_challenged(
        is_decided=decision is not None,
        stands_still=standstill is not None
        and standstill.ended_at is None
        and now < standstill.ends_at,
        was_chosen=decision is not None and decision.outcome == Outcome.APPROVED,
        is_challenged=Challenge.objects.filter(decision=decision).exists(),
    )
    assert decision is not None  # CON-43 says so
    assert standstill is not None
    challenge = Challenge.objects.create(
        standstill=standstill, decision=decision, words=words, raised_by=by, raised_at=now
    )
    record(challenge, act="challenge_decision", stream=proposal.stream, by=by, now=now)
    tell_members(
        proposal.need.commissioner,
        right=Right.WRITE,
        words=f"{proposal.provider} challenges your decision on “{proposal.need.title}”. "
        "It stands still until you answer.",
        path=reverse("answer_challenge", args=[proposal.need.reference, challenge.public_id]),
        by=by,
        now=now,
    )
    return challenge


@transaction.atomic
def answer_challenge(
    challenge: Challenge,
    *,
    answer: str,
    is_upheld: bool,
    by: Person,
    now: datetime | None = None,
) -> Challenge:
    """Answer a challenge; where it is upheld, the decision is set aside at once (CON-44).

    What others said against it falls away with the decision, and that is their answer.
    """
    now = now or timezone.now()
    can_answer_challenge(by, challenge=challenge).require()
    standstill = _held(challenge.standstill)
    held = Challenge.objects.select_for_update().get(pk=challenge.pk)
    rules.check_challenge_is_answered_once(answer=answer, is_answered=held.answered_at is not None)
    said = (
        "is upheld: the decision is set aside" if is_upheld else "is answered: the decision stands"
    )
    held.is_upheld = is_upheld
    _answer(held, answer=answer, said=said, by=by, now=now)
    if is_upheld:
        for other in standstill.challenges.select_for_update().filter(answered_at=None):
            said = "falls away: another was upheld, and the decision is set aside"
            _answer(other, answer=FELL_AWAY, said=said, by=by, now=now)
        _set_aside(standstill, by=by, now=now)
    return held


def end_due_standstills(*, now: datetime | None = None) -> int:
    """Let, on the clock, what stood still its time be public; return how many standstills ended."""
    now = now or timezone.now()
    ended = 0
    for standstill in standstills_due(now=now):
        with transaction.atomic():
            held = _held(standstill)
            if held.ended_at is None:
                end_standstill(held, now=now)
                ended += 1
    return ended


@transaction.atomic
def end_standstill(standstill: Standstill, *, now: datetime) -> Standstill:
    """End a standstill whose time is over (CON-42): what was chosen is approved, public and contractable."""
    held = _held(standstill)
    unanswered = held.challenges.filter(answered_at=None).count()
    rules.check_standstill_is_over(
        ends_at=timezone.localtime(held.ends_at), unanswered=unanswered, now=now
    )
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(held, act="end_standstill", stream=held.need.programme.stream, by=None, now=now)
    for proposal in _standing_still(held):
        end_standstill_of(proposal, now=now)
    _tell_all(held, words="is final. The standstill is over.", by=None, now=now)
    return held


def _answer(challenge: Challenge, *, answer: str, said: str, by: Person, now: datetime) -> None:
    """Keep the answer, and tell whoever challenged what came of it."""
    proposal = challenge.decision.proposal
    challenge.answer, challenge.answered_by, challenge.answered_at = answer, by, now
    challenge.save(update_fields=["answer", "is_upheld", "answered_by", "answered_at"])
    record(challenge, act="answer_challenge", stream=proposal.stream, by=by, now=now)
    tell_members(
        proposal.provider,
        right=Right.WRITE,
        words=f"Your challenge about “{proposal.title}” {said}.",
        path=f"{reverse('proposal', args=[proposal.code])}#decision",
        by=by,
        now=now,
    )


def _set_aside(standstill: Standstill, *, by: Person, now: datetime) -> None:
    standstill.ended_at, standstill.is_set_aside = now, True
    standstill.save(update_fields=["ended_at", "is_set_aside"])
    stream = standstill.need.programme.stream
    record(standstill, act="set_aside_decision", stream=stream, by=by, now=now)
    for proposal in _standing_still(standstill):
        set_aside_proposal(proposal, by=by, now=now)
    _tell_all(standstill, words="is set aside. Nothing is contracted from it.", by=by, now=now)


def _held(standstill: Standstill) -> Standstill:
    return Standstill.objects.select_for_update().get(pk=standstill.pk)


def _standing_still(standstill: Standstill) -> list[Proposal]:
    found = Proposal.objects.filter(decision__standstill=standstill, state=ProposalState.STANDSTILL)
    return list(found.order_by("pk"))


def _tell_all(standstill: Standstill, *, words: str, by: Person | None, now: datetime) -> None:
    """Tell the commissioner and every provider on whose proposal it decided, in the same words."""
    need = standstill.need
    said = f"The decision on “{need.title}” {words}"
    path = reverse("need", args=[need.reference])
    tell_members(need.commissioner, right=Right.WRITE, words=said, path=path, by=by, now=now)
    for decision in standstill.decisions.select_related("proposal__provider").order_by("pk"):
        tell_members(
            decision.proposal.provider,
            right=Right.WRITE,
            words=said,
            path=reverse("proposal", args=[decision.proposal.code]),
            by=by,
            now=now,
        )
