"""What is asked of those who ask for a clarification, and of those who answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from makegood.articulate.forms.long_answers import words
from makegood.articulate.states import CASE, ProposalPart
from makegood.kernel.answers import DayField
from makegood.kernel.filters import one_of

CLARIFIED = (ProposalPart.SUMMARY, *CASE)
"""What may be clarified: the words of the case. Promises stay as they were sent."""


class ClarifyForm(forms.Form):
    """What a commissioner wants to have clarified."""

    part = forms.ChoiceField(
        label="Which part is it about?",
        widget=forms.RadioSelect,
        choices=[(part.value, part.words.capitalize()) for part in CLARIFIED],
    )
    question = words(
        "What do you want to have clarified?",
        hint="The provider reads it. If the proposal is approved, everyone reads it with the answer.",
        max_length=2000,
    )
    answer_by_on = DayField(
        label="By when?", required=False, help_text="Leave it empty for no such day."
    )


class ClarificationAnswerForm(forms.Form):
    """The answer to a clarification."""

    answer = words("Your answer", required=False, max_length=3000)


class VersionsForm(forms.Form):
    """Which two versions are set side by side."""

    older = one_of("Older version")
    newer = one_of("Newer version")
    only = forms.BooleanField(label="Show only what changed", required=False)

    def __init__(self, data: Any = None, *, numbers: Sequence[int]) -> None:
        super().__init__(data)
        choices = [(str(number), f"Version {number}") for number in numbers]
        for name in ("older", "newer"):
            self.fields[name] = one_of(str(self.fields[name].label), choices)
