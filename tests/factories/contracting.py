"""What stands in a contract that is being drafted: commitments of promises, and additional ones."""

from __future__ import annotations

from collections.abc import Callable

from makegood.articulate.states import HowKnown
from makegood.contract.actions import AdditionalTerms, add_commitment
from makegood.contract.models import Commitment, Contract
from tests.factories import loop
from tests.factories.cast import Cast


def additional_terms(**changes: object) -> AdditionalTerms:
    """Return what nobody promised, known by stories."""
    said: dict[str, object] = {
        "for_whom": "neighbours",
        "what_changes": "they know whom to ring",
        "how_known": HowKnown.STORIES,
        "starts_on": loop.STARTS_ON,
        "due_on": loop.DUE_ON,
    }
    return AdditionalTerms(**said | changes)  # type: ignore[arg-type]


def an_additional(cast: Cast, *, contract: Contract | None = None) -> Commitment:
    """Return an additional commitment of a contract in which every promise is settled."""
    contract = contract or loop.a_settled_contract(cast)
    return add_commitment(contract, terms=additional_terms(), by=cast.erin)


def a_drafted_commitment(cast: Cast) -> Commitment:
    """Return the commitment of a promise in a contract that nobody has signed."""
    return loop.a_settled_contract(cast).commitments.get()


def _named(commitment: Commitment) -> dict[str, object]:
    return {"reference": commitment.contract.reference, "commitment": commitment.reference}


CONTRACTING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "committed": lambda cast: _named(a_drafted_commitment(cast)),
    "additional": lambda cast: _named(an_additional(cast)),
}
"""Examples of addresses in a contract that is being drafted."""
