"""Who writes a proposal without belonging to its provider, and who was invited to."""

from django.db.models import Q, QuerySet

from makegood.articulate.models import Proposal, ProposalWriter
from makegood.articulate.states import ProposalState
from makegood.people.models import Person

WRITTEN_WITH = (ProposalState.DRAFT, ProposalState.PROPOSED)
"""While a proposal is in one of these, those who were invited to write it read it."""


def writers_of(proposal: Proposal) -> QuerySet[ProposalWriter]:
    """Return who writes ``proposal``, and who was invited and did not answer yet."""
    held = proposal.writers.filter(ended_at=None)
    return held.select_related("person", "addressee", "invited_by")


def open_invitations_to_write() -> QuerySet[ProposalWriter]:
    """Return what nobody accepted or took back yet."""
    held = ProposalWriter.objects.filter(ended_at=None, person=None)
    return held.select_related("proposal__provider", "proposal__need", "invited_by", "addressee")


def written_by(person: Person | None) -> Q:
    """Keep the proposals that ``person`` was invited to write, until they are decided."""
    if person is None:
        return Q(pk__in=())
    standing = ProposalWriter.objects.filter(person=person, ended_at=None)
    return Q(pk__in=standing.values("proposal"), state__in=WRITTEN_WITH)
