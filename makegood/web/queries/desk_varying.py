"""What waits for somebody in variations and handovers of the contracts of their organisations."""

from collections.abc import Iterator, Sequence

from makegood.articulate.queries import Reach
from makegood.contract.models import Contract, Handover, Variation
from makegood.contract.queries import Progress, handovers_waiting, variations_waiting
from makegood.contract.states import HandoverState, Side, VariationState
from makegood.people.states import Right
from makegood.web.queries.deciding_tasks import Task

Waiting = tuple[str, str, str]
"""What to do, where, and whose it is."""


def changes_to_do(contracts: Sequence[Progress], *, reach: Reach) -> Iterator[Task]:
    """Yield what ``reach`` lets its person do about open variations and handovers."""
    varied = [each.contract for each in contracts if each.is_varied]
    handed = [each.contract for each in contracts if each.is_handed_over]
    for title, href, hint in (
        *_variations(varied, reach=reach),
        *_handovers(handed, reach=reach),
    ):
        yield Task(title=title, href=href, hint=hint)


def _variations(contracts: Sequence[Contract], *, reach: Reach) -> Iterator[Waiting]:
    """Yield what ``reach`` lets its person do about open variations: sign, answer, or write on."""
    held = {contract.pk: contract for contract in contracts}
    for variation, signed in variations_waiting(held) if held else ():
        contract = held[variation.contract_id]
        variation.contract = contract
        if told := _to_do(variation, signed=signed, contract=contract, reach=reach):
            yield (
                told,
                variation.get_absolute_url(),
                f"Proposed by {contract.party(variation.side)}",
            )


def _handovers(contracts: Sequence[Contract], *, reach: Reach) -> Iterator[Waiting]:
    """Yield what ``reach`` lets its person do about open handovers: propose, sign, or answer."""
    held = {contract.pk: contract for contract in contracts}
    for handover, signed in handovers_waiting(held) if held else ():
        handover.contract = held[handover.contract_id]
        if told := _to_hand_over(handover, signed=signed, reach=reach):
            whose = f"From {handover.outgoing} to {handover.successor}"
            yield told, handover.get_absolute_url(), whose


def _to_hand_over(handover: Handover, *, signed: set[str], reach: Reach) -> str | None:
    programme, name = handover.contract.proposal.need.programme_id, handover.contract.name

    def may(right: Right, *, side: str) -> bool:
        return reach.may(right, organisation=handover.party(side).pk, programme=programme)

    if handover.state == HandoverState.DRAFTING:
        return f"Propose the handover of “{name}”" if may(Right.WRITE, side=handover.side) else None
    waiting = [side for side in handover.signers if side not in signed]
    if any(may(Right.SIGN, side=side) for side in waiting):
        return f"Sign or decline the handover of “{name}”"
    answers = any(may(Right.WRITE, side=side) for side in waiting if side != handover.side)
    return f"Answer the handover of “{name}”" if answers else None


def _to_do(
    variation: Variation, *, signed: set[Side], contract: Contract, reach: Reach
) -> str | None:
    programme = contract.proposal.need.programme_id

    def may(right: Right, *, side: str) -> bool:
        party = contract.party(side).pk
        return reach.may(right, organisation=party, programme=programme)

    if variation.state == VariationState.DRAFTING:
        writes = may(Right.WRITE, side=variation.side)
        verb = "Write again" if variation.answer else "Propose"
        return f"{verb} what changes in “{contract.name}”" if writes else None
    if any(may(Right.SIGN, side=side) for side in Side if side not in signed):
        return f"Sign or decline the variation of “{contract.name}”"
    answers = variation.other_side not in signed and may(Right.WRITE, side=variation.other_side)
    return f"Answer the variation of “{contract.name}”" if answers else None
