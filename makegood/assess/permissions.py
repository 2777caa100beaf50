"""Who may find, reply and publish."""

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import Reach, reach_of
from makegood.assess.rules import check_assessor_is_independent
from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer, RuleBroken, no, yes
from makegood.people.models import Person
from makegood.people.states import Right


def can_find(
    person: Person | None, *, commitment: Commitment, reach: Reach | None = None
) -> Answer:
    """Answer whether ``person`` may assess ``commitment``: an assessor of its contract may (ASS-01).

    ``reach`` is as in ``can_act_in``.
    """
    contract, held = commitment.contract, reach or reach_of(person)
    try:
        check_assessor_is_independent(
            belongs_to_provider=held.is_of(each.pk for each in contract.providers)
        )
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number)
    programme = contract.proposal.need.programme_id
    house, right = contract.assessor, Right.ASSESS
    if reach and reach.may(right, organisation=house.pk, programme=programme):
        return yes(f"You assess for {house}.")
    return can_act_in(person, programme=programme, organisation=house, right=right, reach=reach)


def can_reply(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may reply to the finding: the provider's writers may, its end or not."""
    contract = commitment.contract
    programme = contract.proposal.need.programme_id
    house, right = contract.provider, Right.ANSWER
    return can_act_in(person, programme=programme, organisation=house, right=right)
