"""Contracts that go to another provider: handovers at each stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from makegood.contract import actions
from makegood.contract.actions import HandoverTerms
from makegood.contract.models import Contract, Handover
from makegood.contract.states import HandoverGround, HandoverSide, Side
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast

FROM_ON = date(2025, 1, 1)
WHY = "The nurses founded an organisation of their own, and take the service with them"


def handover_terms(cast: Cast, **changes: object) -> HandoverTerms:
    """Return that Charlie's organisation takes over."""
    terms = HandoverTerms(
        successor=cast.stranger, ground=HandoverGround.MOVES, reason=WHY, from_on=FROM_ON
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def a_draft_handover(
    cast: Cast, *, contract: Contract | None = None, **changes: object
) -> Handover:
    """Return a handover from Alice's provider to Charlie's that Erin writes."""
    contract = contract or loop.a_signed_contract(cast)
    terms = handover_terms(cast, **changes)
    return actions.begin_handover(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)


def a_proposed_handover(
    cast: Cast, *, contract: Contract | None = None, **changes: object
) -> Handover:
    """Return a handover that Erin proposed to Alice and Charlie."""
    handover = a_draft_handover(cast, contract=contract, **changes)
    return actions.propose_handover(handover, by=cast.erin)


def signers(cast: Cast) -> tuple[tuple[HandoverSide, Person], ...]:
    """Return who signs a handover for whom."""
    return (
        (HandoverSide.COMMISSIONER, cast.erin),
        (HandoverSide.PROVIDER, cast.alice),
        (HandoverSide.SUCCESSOR, cast.charlie),
    )


def sign_all(handover: Handover, *, cast: Cast) -> Handover:
    """Sign a proposed handover for all three."""
    for side, by in signers(cast):
        actions.sign_handover(handover, side=side, by=by)
    return Handover.objects.get(pk=handover.pk)


def a_handover(cast: Cast, *, contract: Contract | None = None, **changes: object) -> Handover:
    """Return a handover in force."""
    return sign_all(a_proposed_handover(cast, contract=contract, **changes), cast=cast)


def a_handed_over_contract(cast: Cast, *, contract: Contract | None = None) -> Contract:
    """Return a contract that Alice's provider promised, and Charlie's delivers."""
    return Contract.objects.get(pk=a_handover(cast, contract=contract).contract_id)


def hand_back(cast: Cast, *, contract: Contract, terms: HandoverTerms) -> Contract:
    """Hand a contract that Charlie’s organisation delivers over to Alice’s again."""
    begun = actions.begin_handover(contract, side=Side.PROVIDER, terms=terms, by=cast.charlie)
    actions.propose_handover(begun, by=cast.charlie)
    for side, by in (
        (HandoverSide.PROVIDER, cast.charlie),
        (HandoverSide.SUCCESSOR, cast.alice),
        (HandoverSide.COMMISSIONER, cast.erin),
    ):
        actions.sign_handover(begun, side=side, by=by)
    return Contract.objects.get(pk=contract.pk)


def a_handover_on_paper(cast: Cast) -> Handover:
    """Return a handover in force that the provider signed on paper."""
    handover = a_proposed_handover(cast)
    paper = loop.a_paper()
    actions.record_paper_handover(handover, side=HandoverSide.PROVIDER, paper=paper, by=cast.erin)
    for side, by in signers(cast):
        if side != HandoverSide.PROVIDER:
            actions.sign_handover(handover, side=side, by=by)
    return Handover.objects.get(pk=handover.pk)


def _named(handover: Handover) -> dict[str, object]:
    return {"reference": handover.contract.reference, "number": handover.number}


HANDING_OVER: dict[str, Callable[[Cast], dict[str, object]]] = {
    "draft-handover": lambda cast: _named(a_draft_handover(cast)),
    "asked-handover": lambda cast: _named(a_proposed_handover(cast)),
    "asked-of-successor": lambda cast: _named(a_proposed_handover(cast)) | {"side": "successor"},
    "paper-handover": lambda cast: _named(a_handover_on_paper(cast)) | {"side": "provider"},
    "handover": lambda cast: _named(a_handover(cast)),
}
"""Examples of addresses of handovers."""
