"""Who may find, reply and publish."""

from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer, no
from makegood.people.models import Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import belongs_to
from makegood.people.states import Right


def can_find(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may assess ``commitment``: an assessor of its contract may (ASS-01)."""
    contract = commitment.contract
    if belongs_to(person, organisation=contract.provider):
        return no("You belong to the provider, so someone else must assess this.", number="ASS-01")
    return can_act_for(person, organisation=contract.assessor, right=Right.ASSESS)


def can_reply(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may reply to the finding: the provider's writers may."""
    return can_act_for(person, organisation=commitment.contract.provider, right=Right.WRITE)
