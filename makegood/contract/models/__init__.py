"""What contracts are kept as: decisions, contracts with what became of each promise, and what is withheld."""

from makegood.contract.models.bringing_in import ProviderWord
from makegood.contract.models.contracts import (
    DETAILS,
    Commitment,
    Contract,
    Decision,
    Disposition,
    Standstill,
)
from makegood.contract.models.panels import (
    Criterion,
    Interest,
    InterestWords,
    Moderation,
    PanelMember,
    Score,
)
from makegood.contract.models.schedules import Schedule
from makegood.contract.models.signatures import PaperSigner, Signature
from makegood.contract.models.standstills import Challenge, Feedback, IntendedDecision
from makegood.contract.models.withholdings import Withholding

__all__ = [
    "DETAILS",
    "Challenge",
    "Commitment",
    "Contract",
    "Criterion",
    "Decision",
    "Disposition",
    "Feedback",
    "IntendedDecision",
    "Interest",
    "InterestWords",
    "Moderation",
    "PanelMember",
    "PaperSigner",
    "ProviderWord",
    "Schedule",
    "Score",
    "Signature",
    "Standstill",
    "Withholding",
]
