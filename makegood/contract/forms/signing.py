"""What is asked of whoever signs, or records a signature that stands on paper."""

from typing import Any

from django import forms

from makegood.contract.actions import Paper
from makegood.kernel.answers import DayField, SentFileField


class SignForm(forms.Form):
    """Asked of whoever signs; ``read`` is what they have read by then, as the box says it."""

    agrees = forms.BooleanField(error_messages={"required": "Tick the box to sign."})
    terms_read = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, read: str, terms: str) -> None:
        super().__init__(data, initial={"terms_read": terms})
        self.fields["agrees"].label = f"I have read {read}, and I may sign for my organisation"


class PaperForm(forms.Form):
    """Asked of whoever records a signature that stands on paper."""

    name = forms.CharField(label="Who signed?", max_length=120, help_text="The name on the paper.")
    role = forms.CharField(
        label="As what?", max_length=120, help_text="For example, Director of adult services."
    )
    signed_on = DayField(label="On which day?")
    scan = SentFileField(
        label="Scan of the signature",
        accept=".pdf,.png,.jpg,.jpeg",
        instead="Scan the page with the signature alone.",
        error_messages={"required": "Choose the scan."},
        help_text="PDF, PNG or JPEG, at most 10 MB. The page with the signature is enough. Only the "
        "parties, the assessor and auditors can open it.",
    )
    agrees = forms.BooleanField(
        label="The paper says what stands above, promise by promise",
        error_messages={"required": "Compare the paper with this page, then tick the box."},
    )
    terms_read = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, files: Any = None, *, terms: str) -> None:
        super().__init__(data, files, initial={"terms_read": terms})

    def paper(self) -> Paper:
        """Return what was answered as a signature on paper."""
        answers = self.cleaned_data
        return Paper(
            name=answers["name"],
            role=answers["role"],
            signed_on=answers["signed_on"],
            scan=answers["scan"].read(),
        )
