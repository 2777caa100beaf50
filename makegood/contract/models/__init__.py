"""What contracts are kept as: decisions, contracts with what became of each promise, and what is withheld."""

from makegood.contract.models.bringing_in import ProviderWord
from makegood.contract.models.contracts import (
    Commitment,
    Contract,
    Decision,
    Disposition,
    Standstill,
)
from makegood.contract.models.handovers import Handover
from makegood.contract.models.locks import DETAILS, VARIED
from makegood.contract.models.notices import IndicatorRating, Notice
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
from makegood.contract.models.variations import CommitmentVersion, Ending, Variation
from makegood.contract.models.withholdings import Withholding

__all__ = [
    "DETAILS",
    "VARIED",
    "Challenge",
    "Commitment",
    "CommitmentVersion",
    "Contract",
    "Criterion",
    "Decision",
    "Disposition",
    "Ending",
    "Feedback",
    "Handover",
    "IndicatorRating",
    "IntendedDecision",
    "Interest",
    "InterestWords",
    "Moderation",
    "Notice",
    "PanelMember",
    "PaperSigner",
    "ProviderWord",
    "Schedule",
    "Score",
    "Signature",
    "Standstill",
    "Variation",
    "Withholding",
]
