"""What can be done once a handover is proposed: sign it, by account or on paper; on its day it counts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.handing_over import hold_handover
from makegood.contract.actions.schedules import keep_schedule
from makegood.contract.actions.signatures import (
    Paper,
    by_account,
    check_signature,
    keep_signature,
    on_paper,
    tell_of_paper,
)
from makegood.contract.models import Contract, Handover, Signature
from makegood.contract.permissions import can_record_paper_handover, can_sign_handover
from makegood.contract.queries import (
    handover_digest,
    handover_signatures,
    handovers_due,
    sides_missing,
    with_lines,
)
from makegood.contract.signals import contract_varied
from makegood.contract.states import HANDOVERS, HandoverSide, HandoverState
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.measures.actions import continue_series
from makegood.people.actions import share_organisations, tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


@transaction.atomic
def sign_handover(
    handover: Handover,
    *,
    side: HandoverSide,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Sign a handover for one of the three; the last one completes it (CON-91, CON-96, CON-19).

    All that holds for the signature of a contract holds for it (CON-04, CON-15, CON-16, CON-20 to CON-22).
    """
    now = now or timezone.now()
    handover = _hold_to_sign(handover)
    can_sign_handover(by, handover=handover, side=side).require()
    signature = by_account(side=side, held=handover_signatures(handover), by=by, now=now)
    return _put(handover, signature=signature, terms_read=terms_read, by=by, now=now)


@transaction.atomic
def record_paper_handover(
    handover: Handover,
    *,
    side: HandoverSide,
    paper: Paper,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Record that one of the three signed a handover on paper; who signed needs no account."""
    now = now or timezone.now()
    handover = _hold_to_sign(handover)
    can_record_paper_handover(by, handover=handover, side=side).require()
    closed = side == HandoverSide.PROVIDER and handover.outgoing.closed_on is not None
    rules.check_who_closed_does_not_sign(closed=str(handover.outgoing) if closed else "")
    signature = on_paper(paper, side=side, held=handover_signatures(handover), by=by, now=now)
    return _put(handover, signature=signature, terms_read=terms_read, by=by, now=now)


@transaction.atomic
def begin_delivering(handover: Handover, *, by: Person | None, now: datetime) -> Handover:
    """Let the successor deliver from now on: the contract has another provider, and all else stands."""
    handover = hold_handover(handover)
    rules.check_all_have_signed(
        missing=[str(handover.party(side)) for side in sides_missing(handover)]
    )
    if handover.state == HandoverState.PART_SIGNED:
        _complete(handover, by=by, now=now)
    if handover.state == HandoverState.SIGNED and handover.from_on > timezone.localdate(now):
        return handover
    return _apply(handover, by=by, now=now)


def begin_due_handovers(*, now: datetime | None = None) -> int:
    """Let every handover count whose day has come; return how many came into force."""
    now = now or timezone.now()
    done = 0
    for each in handovers_due(today=timezone.localdate(now)):
        if not sides_missing(each):
            done += begin_delivering(each, by=None, now=now).state == HandoverState.IN_FORCE
    return done


def _hold_to_sign(handover: Handover) -> Handover:
    share_organisations(each.pk for each in _concerned(handover))
    return hold_handover(Handover.objects.select_related("contract").get(pk=handover.pk))


def _concerned(handover: Handover) -> list[Organisation]:
    contract = handover.contract
    return [handover.outgoing, handover.successor, contract.commissioner, contract.assessor]


def _put(
    handover: Handover,
    *,
    signature: Signature,
    terms_read: str | None,
    by: Person,
    now: datetime,
) -> Signature:
    _check_everyone_is_there(handover)
    held = list(handover_signatures(handover))
    terms = handover_digest(handover)
    check_signature(signature, held=held, terms=terms, terms_read=terms_read)
    move(handover, table=HANDOVERS, act="sign_handover")
    contract = handover.contract
    number, act = handover.signing_round, "sign_handover"
    if signature.is_on_paper:
        act = "record_paper_handover"
    keep_signature(
        signature, contract=contract, signing_round=number, terms=terms, act=act, by=by, now=now
    )
    handover.save(update_fields=["state"])
    record(handover, act="sign_handover", stream=contract.stream, by=by, now=now)
    if sides_missing(handover):
        _ask_the_others(handover, signature=signature, by=by, now=now)
    else:
        _complete(handover, by=by, now=now)
        if handover.from_on <= timezone.localdate(now):
            _apply(handover, by=by, now=now)
    tell_of_paper(
        signature,
        party=handover.party(signature.side),
        signed=f"the handover of “{contract.name}”",
        path=handover.get_absolute_url(),
        by=by,
        now=now,
    )
    return signature


def _check_everyone_is_there(handover: Handover) -> None:
    """Refuse where somebody who signs is in formation, or somebody it binds closed (but for who goes)."""
    signing = [handover.party(side) for side in handover.signers]
    rules.check_parties_exist_in_law(
        in_formation=[str(each) for each in signing if each.is_in_formation]
    )
    successor = handover.successor
    rules.check_successor_is_there(closed=str(successor) if successor.closed_on else "")
    bound = (handover.contract.commissioner, handover.contract.assessor)
    rules.check_nobody_it_binds_closed(closed=[str(each) for each in bound if each.closed_on])


def _complete(handover: Handover, *, by: Person | None, now: datetime) -> None:
    move(handover, table=HANDOVERS, act="complete_handover")
    handover.save(update_fields=["state"])
    contract = handover.contract
    record(handover, act="complete_handover", stream=contract.stream, by=by, now=now)
    if handover.from_on > timezone.localdate(now):
        words = f"All have signed the handover of “{contract.name}”. {handover.successor} delivers "
        _tell_all(handover, words=f"{words}from {handover.from_on:%-d %B %Y}.", by=by, now=now)


def _apply(handover: Handover, *, by: Person | None, now: datetime) -> Handover:
    """Let the contract have its new provider, and keep its schedule anew; no commitment is touched."""
    rules.check_handover_waits_for_its_day(handover.from_on, today=timezone.localdate(now))
    contract = handover.contract
    contract.taken_over_by = handover.successor
    contract.save(update_fields=["taken_over_by"])
    record(contract, act="hand_over", stream=contract.stream, by=by, now=now)
    _go_on_with_series(handover, by=by, now=now)
    move(handover, table=HANDOVERS, act="begin_delivering")
    handover.in_force_at = now
    handover.save(update_fields=["state", "in_force_at"])
    record(handover, act="begin_delivering", stream=contract.stream, by=by, now=now)
    contract = Contract.objects.get(pk=contract.pk)
    keep_schedule(contract, number=contract.schedules.count() + 1, by=by, now=now)
    transaction.on_commit(lambda: contract_varied.send(Contract, contract=contract), robust=True)
    words = f"{handover.successor} delivers “{contract.name}” now, and owes all that {handover.outgoing} "
    _tell_all(handover, words=f"{words}owed in it.", by=by, now=now)
    return handover


def _go_on_with_series(handover: Handover, *, by: Person | None, now: datetime) -> None:
    """Open a series of its own for each that the contract asks for; the successor records in it."""
    contract = handover.contract
    held = contract.commitments.filter(is_dropped=False, series__isnull=False)
    owed = list(held.select_related("series__measure", "contract").order_by("reference"))
    with_lines(owed)
    lines = {one.series_id: (one.line, one.for_whom) for one in owed if one.line}
    for line, group in lines.values():
        continue_series(
            line.first,
            after=line.parts,
            keeper=handover.successor,
            stands_for=contract.reference,
            group=group,
            from_on=handover.from_on,
            stream=contract.stream,
            by=by,
            now=now,
        )


def _ask_the_others(handover: Handover, *, signature: Signature, by: Person, now: datetime) -> None:
    party, name = handover.party(signature.side), handover.contract.name
    words = f"{party} signed the handover of “{name}”. It waits for your signature."
    for side in sides_missing(handover):
        _tell(handover.party(side), right=Right.SIGN, words=words, of=handover, by=by, now=now)


def _tell_all(handover: Handover, *, words: str, by: Person | None, now: datetime) -> None:
    told = [(handover.outgoing, Right.RECORD), (handover.successor, Right.RECORD)]
    told.append((handover.contract.commissioner, Right.WRITE))
    told.append((handover.contract.assessor, Right.ASSESS))
    for organisation, right in told:
        _tell(organisation, right=right, words=words, of=handover, by=by, now=now)


def _tell(
    organisation: Organisation,
    *,
    right: Right,
    words: str,
    of: Handover,
    by: Person | None,
    now: datetime,
) -> None:
    tell_members(organisation, right=right, words=words, path=of.get_absolute_url(), by=by, now=now)
