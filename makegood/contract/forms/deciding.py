"""What is asked of those who decide between proposals, challenge a decision, and answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from makegood.contract.actions import Told
from makegood.contract.models import IntendedDecision
from makegood.contract.states import Outcome


def words_field(
    label: str, *, hint: str = "", rows: int = 4, most: int = 4000, required: bool = True
) -> forms.CharField:
    """Return a field for words of several lines, at most so many letters."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class IntendForm(forms.Form):
    """What one means to decide on one of several proposals."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[(Outcome.APPROVED, "Choose it"), (Outcome.DECLINED, "Do not choose it")],
    )
    reasons = words_field(
        "Reasons", hint="The provider reads these. If you choose it, everyone does."
    )
    strengths = words_field(
        "If you do not choose it: what was strong?",
        hint="Only this provider reads it. You can keep this half done, and finish it later.",
        required=False,
    )
    better = words_field(
        "If you do not choose it: what would have been better?",
        hint="Say what you needed and did not find, so that the next proposal can be better.",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, criteria: Sequence[str], held: IntendedDecision | None = None
    ) -> None:
        names = ("outcome", "reasons", "strengths", "better")
        super().__init__(data, initial={name: getattr(held, name, "") for name in names})
        self.criteria = criteria
        said = dict(held.by_criterion or ()) if held else {}
        for at, name in enumerate(criteria, start=1):
            asked = words_field(f"If you do not choose it: how it did on “{name}”", required=False)
            asked.initial = said.get(name, "")
            self.fields[f"criterion_{at}"] = asked
        if criteria:
            del self.fields["strengths"], self.fields["better"]

    def told(self) -> Told:
        """Return what was answered."""
        answers = self.cleaned_data
        pairs = [
            (name, answers[f"criterion_{at}"]) for at, name in enumerate(self.criteria, start=1)
        ]
        return Told(
            outcome=Outcome(answers["outcome"]),
            reasons=answers["reasons"],
            strengths=answers.get("strengths", ""),
            better=answers.get("better", ""),
            by_criterion=pairs,
        )


class ConfirmForm(forms.Form):
    """Asked of whoever tells all providers."""

    agrees = forms.BooleanField(
        label="I have read every decision, and I may decide for my organisation",
        error_messages={"required": "Read it through, then tick the box."},
    )
    read_as = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class ChallengeForm(forms.Form):
    """Asked of a provider that was not chosen."""

    words = words_field(
        "What was wrong with the decision?",
        hint="Say what in it does not hold with the need, or with how it was to be decided.",
        rows=6,
    )


class AnswerChallengeForm(forms.Form):
    """Asked of a commissioner whose decision is challenged."""

    is_upheld = forms.TypedChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[
            ("no", "The decision stands"),
            ("yes", "The challenge is right: set the decision aside"),
        ],
        coerce=lambda answer: answer == "yes",
        help_text="If you set it aside, nothing is contracted from it. You can publish the need again.",
    )
    answer = words_field("Your answer, and how you came to it", rows=6)
