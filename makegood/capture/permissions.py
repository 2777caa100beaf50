"""Who may record evidence for which commitment."""

from makegood.articulate.permissions import can_act_in
from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer
from makegood.people.models import Person
from makegood.people.states import Right


def can_capture(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may record evidence: the provider's recorders may."""
    contract = commitment.contract
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.provider,
        right=Right.RECORD,
    )
