"""What is asked of those who record figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from makegood.capture.forms.doubts import FIGURES, AskedAbout
from makegood.capture.giving import Given, WhyNone
from makegood.contract.models import Commitment
from makegood.kernel.answers import SentFileField, offer_choices
from makegood.kernel.period import name_month


class FigureForm(AskedAbout):
    """The figure of one period, or why there is none."""

    field_order = ("period", *FIGURES, "why_none", "sure", "asked")
    period = forms.TypedChoiceField(
        label="For which period?",
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "That period has a figure already, or none is owed."},
    )
    why_none = forms.CharField(
        label="If there is no figure, say why",
        required=False,
        max_length=300,
        help_text="No figure is not the same as zero.",
    )

    def __init__(
        self, data: Any = None, *, commitment: Commitment, periods: Sequence[date]
    ) -> None:
        super().__init__(data)
        choices = [(period.isoformat(), name_month(period)) for period in reversed(periods)]
        offer_choices(self, "period", choices)
        unit = commitment.measure.unit if commitment.measure else ""
        self.fields["value"].label = f"Figure, in {unit}"
        self.ask_for_parts(commitment)

    def clean(self) -> dict[str, Any]:
        """Ask for a figure or a reason, and not both."""
        answers = super().clean() or {}
        has_reason = bool(answers.get("why_none"))
        if not set(FIGURES) & set(self.errors) and self.has_figure == has_reason:
            both = "Give a figure or a reason, not both."
            self.add_error(
                "value", both if has_reason else "Enter a figure, or say why there is none."
            )
        return answers

    def given(self) -> Given:
        """Return what was given."""
        answers = self.cleaned_data
        words = answers["why_none"]
        return Given(
            **{name: answers.get(name) for name in FIGURES},
            why_none=WhyNone.OTHER if words else None,
            words=words,
            is_sure=self.is_sure,
        )


class CorrectionForm(AskedAbout):
    """A figure to stand in place of another."""

    field_order = (*FIGURES, "reason", "sure", "asked")
    reason = forms.CharField(
        label="Why does it change?",
        max_length=300,
        help_text="Both figures stay on the record, with this reason.",
    )

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        super().__init__(data)
        self.fields["value"].label = "The right figure"
        self.ask_for_parts(commitment)

    def clean(self) -> dict[str, Any]:
        """Ask for a figure, or the two numbers it is made of."""
        answers = super().clean() or {}
        if not set(FIGURES) & set(self.errors) and not self.has_figure:
            self.add_error("value", "Enter a number.")
        return answers

    def figures(self) -> dict[str, float | None]:
        """Return the figure and its parts."""
        return {name: self.cleaned_data.get(name) for name in FIGURES}


class UploadForm(forms.Form):
    """A file of figures."""

    file = SentFileField(
        label="File",
        instead="Split it and send the parts.",
        help_text="CSV, XLSX, ODS or Parquet. One column is the period, like April 2024, and one the figure.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose one with a heading row and at least one figure.",
        },
    )


class StandByForm(forms.Form):
    """Why a figure that was found wrong is right all the same."""

    reason = forms.CharField(
        label="Why is it right?",
        max_length=300,
        help_text="Everyone reads this beside the figure. Name no person.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
