"""Who may propose, answer and sign that a contract goes to another provider."""

from collections.abc import Iterable

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import reach_of
from makegood.contract.models import Contract, Handover
from makegood.contract.permissions.contracts import can_decide, can_write_for, side_of_writer
from makegood.contract.rules import check_signature_is_within_limit, check_who_closed_does_not_sign
from makegood.contract.states import HandoverSide, Side
from makegood.kernel.refusal import PLAIN, Answer, no, yes
from makegood.people.models import Person
from makegood.people.states import Right


def can_begin_handover(person: Person | None, *, contract: Contract) -> Answer:
    """Answer whether ``person`` may propose to hand ``contract`` over: the writers of both sides may."""
    if side_of_writer(person, contract=contract):
        return yes("Either side may propose a handover.")
    parties = f"{contract.commissioner} or {contract.provider}"
    return no(f"Only somebody who writes for {parties} may propose to hand this contract over.")


def can_write_handover(person: Person | None, *, handover: Handover) -> Answer:
    """Answer whether ``person`` may write, propose or withdraw ``handover``: its own side may."""
    return can_write_for(person, contract=handover.contract, side=Side(handover.side))


def can_answer_handover(person: Person | None, *, handover: Handover, side: HandoverSide) -> Answer:
    """Answer whether ``person`` may decline ``handover`` for ``side``: not for the one that proposes."""
    if side == handover.side:
        return no("Your side proposes this. It can withdraw it.")
    return _acts(person, handover=handover, side=side, right=Right.WRITE)


def side_answering(person: Person | None, *, handover: Handover) -> HandoverSide | None:
    """Return the side for which ``person`` may decline ``handover``, or None."""
    may = (s for s in HandoverSide if can_answer_handover(person, handover=handover, side=s))
    return next(may, None)


def can_decline_handover(person: Person | None, *, handover: Handover) -> Answer:
    """Answer whether ``person`` may decline ``handover`` for any side but the one that proposes it."""
    if side_answering(person, handover=handover):
        return yes("Whoever is asked may decline.")
    return no("Only somebody who writes for those who are asked may decline this.")


def can_sign_handover(person: Person | None, *, handover: Handover, side: HandoverSide) -> Answer:
    """Answer whether ``person`` may sign ``handover`` for ``side``: within their limit by its value."""
    contract, party = handover.contract, handover.party(side)
    programme = contract.proposal.need.programme_id
    closed = str(party) if side == HandoverSide.PROVIDER and party.closed_on else ""

    def check_the_limit() -> None:
        limit = reach_of(person).signing_limit(organisation=party.pk, programme=programme)
        check_signature_is_within_limit(limit=limit, value=contract.value)

    may = _acts(person, handover=handover, side=side, right=Right.SIGN)
    return may.under(lambda: check_who_closed_does_not_sign(closed=closed)).under(check_the_limit)


def side_signing_handover(
    person: Person | None, *, handover: Handover, missing: Iterable[HandoverSide]
) -> HandoverSide | None:
    """Return which of the sides that have not signed yet ``person`` may sign ``handover`` for, or None."""
    may = (s for s in missing if can_sign_handover(person, handover=handover, side=s))
    return next(may, None)


def can_sign_handover_for_some(person: Person | None, *, handover: Handover) -> Answer:
    """Answer whether ``person`` may sign ``handover`` for any of those who have to."""
    answers = [can_sign_handover(person, handover=handover, side=side) for side in HandoverSide]
    for answer in answers:
        if answer or answer.number != PLAIN:
            return answer
    names = ", ".join(str(handover.party(side)) for side in HandoverSide)
    return no(f"Only an owner or signatory of {names} may sign this handover. Ask one of them.")


def can_record_paper_handover(
    person: Person | None, *, handover: Handover, side: HandoverSide
) -> Answer:
    """Answer whether ``person`` may record that ``side`` signed ``handover`` on paper.

    The commissioner's writers may for everyone, for it keeps the file; others for their own.
    """
    by_commissioner = can_decide(person, proposal=handover.contract.proposal)
    if by_commissioner or side == HandoverSide.COMMISSIONER:
        return by_commissioner
    return _acts(person, handover=handover, side=side, right=Right.WRITE)


def _acts(person: Person | None, *, handover: Handover, side: HandoverSide, right: Right) -> Answer:
    programme = handover.contract.proposal.need.programme_id
    party = handover.party(side)
    return can_act_in(person, programme=programme, organisation=party, right=right)
