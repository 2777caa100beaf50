"""What is kept of programmes, needs, proposals and promises, and of who acts in which programme."""

from makegood.articulate.models.building import AdviceSetAside, PromisePower
from makegood.articulate.models.needs import (
    MeasuredAlternative,
    Need,
    NeedAddressee,
    NeedInvitation,
    NeedSaid,
    NeedVersion,
)
from makegood.articulate.models.parts import (
    Attachment,
    Clarification,
    ProposalVersion,
    WrittenPart,
)
from makegood.articulate.models.programmes import Aim, Programme
from makegood.articulate.models.proposals import Promise, Proposal
from makegood.articulate.models.questions import Asking, Question
from makegood.articulate.models.roles import ProgrammeRole
from makegood.articulate.models.tags import PromiseTag
from makegood.articulate.models.withholdings import ProposalWithholding, Withheld
from makegood.articulate.models.writers import (
    ProposalWriter,
    WriterAddressee,
)

__all__ = [
    "AdviceSetAside",
    "Aim",
    "Asking",
    "Attachment",
    "Clarification",
    "MeasuredAlternative",
    "Need",
    "NeedAddressee",
    "NeedInvitation",
    "NeedSaid",
    "NeedVersion",
    "Programme",
    "ProgrammeRole",
    "Promise",
    "PromisePower",
    "PromiseTag",
    "Proposal",
    "ProposalVersion",
    "ProposalWithholding",
    "ProposalWriter",
    "Question",
    "Withheld",
    "WriterAddressee",
    "WrittenPart",
]
