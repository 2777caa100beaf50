"""What is kept of programmes, needs, proposals and promises, and of who acts in which programme."""

from makegood.articulate.models.needs import Need
from makegood.articulate.models.programmes import Programme
from makegood.articulate.models.proposals import Promise, Proposal
from makegood.articulate.models.roles import ProgrammeRole
from makegood.articulate.models.withholdings import ProposalWithholding, Withheld

__all__ = [
    "Need",
    "Programme",
    "ProgrammeRole",
    "Promise",
    "Proposal",
    "ProposalWithholding",
    "Withheld",
]
