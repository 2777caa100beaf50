"""What is kept of programmes, needs, proposals and promises, and of who acts in which programme."""

from makegood.articulate.models.proposals import Need, Programme, Promise, Proposal
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
