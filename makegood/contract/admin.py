from django.contrib import admin

from makegood.contract.models import (
    Challenge,
    Commitment,
    Contract,
    Criterion,
    Decision,
    Disposition,
    Feedback,
    IntendedDecision,
    Interest,
    InterestWords,
    Moderation,
    PanelMember,
    PaperSigner,
    ProviderWord,
    Score,
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
        Criterion,
        PanelMember,
        Interest,
        InterestWords,
        Score,
        Moderation,
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
