"""What is asked of those who complain, and of those who answer."""

from typing import Any

from django import forms

from makegood.capture.states import ComplaintAbout, ComplaintTo
from makegood.kernel.answers import offer_choices


class ComplaintForm(forms.Form):
    """What went wrong, and who shall answer."""

    about = forms.ChoiceField(
        label="What is it about?",
        widget=forms.RadioSelect,
        choices=[(a, a.words) for a in ComplaintAbout],
    )
    made_to = forms.ChoiceField(label="Who shall answer?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What went wrong?",
        max_length=5000,
        help_text="And what would put it right? Only the person who answers reads this.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self, data: Any = None, *, provider: str, commissioner: str, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        houses = [
            (ComplaintTo.PROVIDER.value, f"{provider}, who deliver the service"),
            (ComplaintTo.COMMISSIONER.value, f"{commissioner}, who buy it and answer for it"),
        ]
        offer_choices(self, "made_to", houses)


class AnswerForm(forms.Form):
    """What is said to whoever complained."""

    words = forms.CharField(
        label="Your answer",
        max_length=5000,
        help_text="What you found, and what changes. Whoever complained reads it on their private page.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
