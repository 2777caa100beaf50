"""Who judges: the house that assesses a contract, and nobody who belongs to its provider."""

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import Reach, reach_of
from makegood.contract.models import Contract
from makegood.kernel.refusal import Answer, no
from makegood.people.models import Person
from makegood.people.states import Right


def judges(person: Person | None, *, contract: Contract, reach: Reach | None = None) -> Answer:
    """Answer whether ``person`` judges the evidence of ``contract``; ``reach`` as in ``can_act_in``."""
    held = reach or reach_of(person)
    if held.is_of(each.pk for each in contract.providers):
        return no("You belong to the provider. Somebody else judges this.")
    return can_act_in(
        person,
        programme=contract.proposal.need.programme_id,
        organisation=contract.assessor,
        right=Right.ASSESS,
        reach=reach,
    )
