from django.contrib import admin

from makegood.contract.models import (
    Commitment,
    Contract,
    Decision,
    Disposition,
    PaperSigner,
    ProviderWord,
    Signature,
    Withholding,
)
from makegood.kernel.admin import LookOnly

admin.site.register(
    [
        Decision,
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
