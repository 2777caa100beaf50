"""Who may find, reply and publish."""

from makegood.assess.rules import check_assessor_is_independent
from makegood.contract.models import Commitment
from makegood.kernel.refusal import Answer, RuleBroken, no
from makegood.people.models import Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import belongs_to
from makegood.people.states import Right


def can_find(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may assess ``commitment``: an assessor of its contract may (ASS-01)."""
    contract = commitment.contract
    try:
        check_assessor_is_independent(
            belongs_to_provider=belongs_to(person, organisation=contract.provider)
        )
    except RuleBroken as broken:
        return no(broken.sentence, number=broken.number)
    return can_act_for(person, organisation=contract.assessor, right=Right.ASSESS)


def can_reply(person: Person | None, *, commitment: Commitment) -> Answer:
    """Answer whether ``person`` may reply to the finding: the provider's writers may."""
    return can_act_for(person, organisation=commitment.contract.provider, right=Right.WRITE)
