"""What is asked of those who decide, draft, sign and look for contracts."""

from makegood.contract.forms.binding import (
    ContractForm,
    DecisionForm,
    DispositionForm,
    ReopenForm,
    SignForm,
    WithholdForm,
)
from makegood.contract.forms.details import DetailsForm
from makegood.contract.forms.paper import PaperForm
from makegood.contract.forms.register import RegisterFilter

__all__ = [
    "ContractForm",
    "DecisionForm",
    "DetailsForm",
    "DispositionForm",
    "PaperForm",
    "RegisterFilter",
    "ReopenForm",
    "SignForm",
    "WithholdForm",
]
