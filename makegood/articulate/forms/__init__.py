"""What shape answers have on the way in."""

from makegood.articulate.forms.needs import NeedForm, NeedWordsForm
from makegood.articulate.forms.programmes import ProgrammeForm, WhereForm
from makegood.articulate.forms.proposals import (
    PromiseForm,
    ProposalForm,
    ProposalWordsForm,
    WithholdForm,
)

__all__ = [
    "NeedForm",
    "NeedWordsForm",
    "ProgrammeForm",
    "PromiseForm",
    "ProposalForm",
    "ProposalWordsForm",
    "WhereForm",
    "WithholdForm",
]
