"""Who judges: the house that assesses a contract, and nobody who belongs to its provider."""

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import Reach
from makegood.contract.models import Contract
from makegood.kernel.refusal import Answer, no
from makegood.people.models import Person
from makegood.people.queries import belongs_to
from makegood.people.states import Right


def judges(person: Person | None, *, contract: Contract, reach: Reach | None = None) -> Answer:
    """Answer whether ``person`` judges the evidence of ``contract``; ``reach`` as in ``can_act_in``."""
    if any(belongs_to(person, organisation=each) for each in contract.providers):
        return no("You belong to the provider. Somebody else judges this.")
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.assessor,
        right=Right.ASSESS,
        reach=reach,
    )
