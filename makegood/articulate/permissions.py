"""Who may write needs and proposals."""

from makegood.articulate.models import Need, Proposal
from makegood.kernel.refusal import Answer, no
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.states import Kind, Right


def can_run_programme(person: Person | None, *, unit: Organisation) -> Answer:
    """Answer whether ``person`` may start programmes for ``unit``."""
    if unit.kind != Kind.SUPPORT_UNIT:
        return no(f"{unit} does not run programmes. Only a support unit does.")
    return can_act_for(person, organisation=unit, right=Right.WRITE)


def can_write_need(person: Person | None, *, commissioner: Organisation) -> Answer:
    """Answer whether ``person`` may write needs for ``commissioner``."""
    if commissioner.kind != Kind.COMMISSIONER:
        return no(f"{commissioner} does not buy services. Only a commissioner writes needs.")
    return can_act_for(person, organisation=commissioner, right=Right.WRITE)


def can_change_need(person: Person | None, *, need: Need) -> Answer:
    """Answer whether ``person`` may change ``need``."""
    return can_write_need(person, commissioner=need.commissioner)


def can_write_proposal(person: Person | None, *, provider: Organisation) -> Answer:
    """Answer whether ``person`` may write proposals for ``provider``."""
    if provider.kind != Kind.PROVIDER:
        return no(f"{provider} does not provide services. Only a provider makes a proposal.")
    return can_act_for(person, organisation=provider, right=Right.WRITE)


def can_change_proposal(person: Person | None, *, proposal: Proposal) -> Answer:
    """Answer whether ``person`` may change ``proposal``: its provider's writers may."""
    return can_write_proposal(person, provider=proposal.provider)
