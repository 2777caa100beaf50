"""Who judges: the house that assesses a contract, and nobody who belongs to its provider. Who checks."""

from collections.abc import Iterable

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import Reach, reach_of
from makegood.contract.models import Contract
from makegood.kernel.refusal import Answer, no
from makegood.people.models import Organisation, Person
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


def sits_over(reach: Reach, *, contract: Contract) -> bool:
    """Return whether whoever has ``reach`` judges the evidence of ``contract``: what ``judges`` answers."""
    programme = contract.proposal.need.programme_id
    is_inside = reach.is_of(each.pk for each in contract.providers)
    return not is_inside and reach.may(
        Right.ASSESS, organisation=contract.assessor_id, programme=programme
    )


def rights_to_check(contract: Contract) -> dict[Organisation, Right]:
    """Return in which right each party says how far the evidence of ``contract`` is checked."""
    return {
        contract.provider: Right.ANSWER,
        contract.commissioner: Right.WRITE,
        contract.assessor: Right.ASSESS,
    }


def checks(reach: Reach, *, contract: Contract) -> bool:
    """Return whether whoever has ``reach`` checks the evidence of ``contract`` for any party."""
    return _holds(reach, contract=contract, houses=rights_to_check(contract))


def disputes(reach: Reach, *, contract: Contract) -> bool:
    """Return whether whoever has ``reach`` disputes the evidence of ``contract``: who buys, or judges."""
    houses = (contract.assessor, contract.commissioner)
    return _holds(reach, contract=contract, houses=houses)


def _holds(reach: Reach, *, contract: Contract, houses: Iterable[Organisation]) -> bool:
    rights, programme = rights_to_check(contract), contract.proposal.need.programme_id
    return any(
        reach.may(rights[each], organisation=each.pk, programme=programme) for each in houses
    )
