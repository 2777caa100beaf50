"""What can be done to hand a contract in force to another provider: write it, propose it, answer it."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.varying import hold_in_force, lapse_drafts
from makegood.contract.models import Contract, Handover
from makegood.contract.permissions import (
    can_answer_handover,
    can_begin_handover,
    can_write_for,
    can_write_handover,
)
from makegood.contract.queries import is_change_open, next_round
from makegood.contract.states import (
    HANDOVERS,
    HandoverGround,
    HandoverSide,
    HandoverState,
    Side,
)
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind, Right


@dataclass(frozen=True, kw_only=True)
class HandoverTerms:
    """Who takes over a contract, on what ground, why, and from which day."""

    successor: Organisation
    ground: HandoverGround
    reason: str
    from_on: date


@transaction.atomic
def begin_handover(
    contract: Contract,
    *,
    side: Side,
    terms: HandoverTerms,
    by: Person,
    now: datetime | None = None,
) -> Handover:
    """Begin to write that another organisation takes over a contract in force (CON-90 to CON-93)."""
    now = now or timezone.now()
    can_begin_handover(by, contract=contract).require()
    can_write_for(by, contract=contract, side=side).require()
    contract = hold_in_force(contract)
    lapse_drafts(contract, side=side, by=by, now=now)
    rules.check_one_variation_at_a_time(is_open=is_change_open(contract))
    handover = Handover(
        contract=contract,
        number=contract.handovers.count() + 1,
        signing_round=next_round(contract),
        side=side,
        outgoing=contract.provider,
        begun_by=by,
        begun_at=now,
    )
    _put_terms(handover, terms=terms)
    record(handover, act="begin_handover", stream=contract.stream, by=by, now=now)
    return handover


@transaction.atomic
def revise_handover(
    handover: Handover, *, terms: HandoverTerms, by: Person, now: datetime | None = None
) -> Handover:
    """Say a handover differently, while it is written."""
    now = now or timezone.now()
    can_write_handover(by, handover=handover).require()
    held = hold_handover(handover)
    rules.check_handover_is_being_written(is_drafting=held.state == HandoverState.DRAFTING)
    move(held, table=HANDOVERS, act="revise_handover")
    _put_terms(held, terms=terms)
    record(held, act="revise_handover", stream=held.contract.stream, by=by, now=now)
    return held


@transaction.atomic
def propose_handover(handover: Handover, *, by: Person, now: datetime | None = None) -> Handover:
    """Propose a handover to the other side and to who takes over; it stays as they read it (CON-94)."""
    now = now or timezone.now()
    can_write_handover(by, handover=handover).require()
    held = hold_handover(handover)
    move(held, table=HANDOVERS, act="propose_handover")
    _check_successor(held)
    held.save(update_fields=["state"])
    record(held, act="propose_handover", stream=held.contract.stream, by=by, now=now)
    name = held.contract.name
    for side in _others(held):
        words = f"{held.proposer} proposes that {held.successor} takes over “{name}”: {held.reason}"
        if side == HandoverSide.SUCCESSOR:
            words = f"{held.proposer} proposes that you take over “{name}” from {held.outgoing}: "
            words += f"{held.reason}. You can read the whole contract now."
        _tell(held, side=side, words=words, by=by, now=now)
    return held


@transaction.atomic
def decline_handover(
    handover: Handover,
    *,
    side: HandoverSide,
    words: str,
    by: Person,
    now: datetime | None = None,
) -> Handover:
    """Decline a handover, for the other side or for who was to take over; nothing changes (CON-75)."""
    now = now or timezone.now()
    can_answer_handover(by, handover=handover, side=side).require()
    rules.check_answer_has_words(words=words)
    held = hold_handover(handover)
    move(held, table=HANDOVERS, act="decline_handover")
    held.answer, held.answered_for = words.strip(), side
    held.save(update_fields=["state", "answer", "answered_for"])
    record(held, act="decline_handover", stream=held.contract.stream, by=by, now=now)
    told = f"{held.answerer} declined the handover of “{held.contract.name}”: {held.answer}"
    for other in HandoverSide:
        if other != side:
            _tell(held, side=other, words=told, by=by, now=now)
    return held


@transaction.atomic
def withdraw_handover(handover: Handover, *, by: Person, now: datetime | None = None) -> Handover:
    """Withdraw what one’s own side proposed, before all have signed."""
    now = now or timezone.now()
    can_write_handover(by, handover=handover).require()
    held = hold_handover(handover)
    was_sent = held.state != HandoverState.DRAFTING
    move(held, table=HANDOVERS, act="withdraw_handover")
    held.save(update_fields=["state"])
    record(held, act="withdraw_handover", stream=held.contract.stream, by=by, now=now)
    words = f"{held.proposer} withdrew the handover of “{held.contract.name}”. Nothing changes."
    for side in _others(held) if was_sent else ():
        _tell(held, side=side, words=words, by=by, now=now)
    return held


def hold_handover(handover: Handover) -> Handover:
    """Return the handover and its contract as they stand, once nobody else can change them."""
    contract = hold_in_force(handover.contract)
    held = Handover.objects.select_for_update().get(pk=handover.pk)
    held.contract = contract
    return held


def _put_terms(handover: Handover, *, terms: HandoverTerms) -> None:
    contract = handover.contract
    rules.check_handover_has_its_reason(reason=terms.reason)
    rules.check_handover_counts_in_its_contract(
        terms.from_on, starts_on=contract.starts_on, ends_on=contract.ends_on
    )
    for each in fields(terms):
        setattr(handover, each.name, getattr(terms, each.name))
    _check_successor(handover)
    handover.save()


def _check_successor(handover: Handover) -> None:
    contract, successor = handover.contract, handover.successor
    rules.check_successor_can_take_over(
        is_provider=successor.kind == Kind.PROVIDER,
        is_party=successor.pk in {handover.outgoing_id, contract.commissioner.pk},
        is_judge=successor.pk == contract.assessor_id,
    )
    rules.check_successor_is_there(closed=str(successor) if successor.closed_on else "")


def _others(handover: Handover) -> list[HandoverSide]:
    return [side for side in HandoverSide if side != handover.side]


def _tell(handover: Handover, *, side: HandoverSide, words: str, by: Person, now: datetime) -> None:
    tell_members(
        handover.party(side),
        right=Right.WRITE,
        words=words,
        path=handover.get_absolute_url(),
        by=by,
        now=now,
    )
