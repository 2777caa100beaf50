from django.contrib import admin

from makegood.contract.models import (
    Challenge,
    Commitment,
    Contract,
    Decision,
    Disposition,
    Feedback,
    IntendedDecision,
    PaperSigner,
    ProviderWord,
    Signature,
    Standstill,
    Withholding,
)
from makegood.kernel.admin import LookOnly

admin.site.register(
    [
        Decision,
        IntendedDecision,
        Feedback,
        Standstill,
        Challenge,
        Contract,
        Disposition,
        Commitment,
        Signature,
        PaperSigner,
        ProviderWord,
        Withholding,
    ],
    LookOnly,
)
