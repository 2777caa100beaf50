"""Holding a draft while it is changed, so that nobody else changes it at the same time."""

from makegood.articulate import rules
from makegood.articulate.models import Promise, Proposal
from makegood.articulate.permissions import can_change_proposal
from makegood.articulate.states import ProposalState
from makegood.people.models import Person


def held_draft(proposal: Proposal, *, by: Person) -> Proposal:
    """Return the proposal as it stands, once nobody else can change it; one sent is not a draft."""
    can_change_proposal(by, proposal=proposal).require()
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_proposal_is_a_draft(is_draft=held.state == ProposalState.DRAFT)
    return held


def held_promise(promise: Promise, *, by: Person) -> Promise:
    """Return the promise as it stands, once nobody else can change it; one left out stays out."""
    held_draft(promise.proposal, by=by)
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    rules.check_promise_stands(is_struck_out=held.is_struck_out)
    return held
