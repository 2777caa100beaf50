"""Who may record evidence for which commitment."""

from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer
from makegood.people.models import Person
from makegood.people.permissions import can_act_for
from makegood.people.states import Right


def can_capture(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may record evidence: the provider's recorders may."""
    return can_act_for(person, organisation=commitment.contract.provider, right=Right.RECORD)
