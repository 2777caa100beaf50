"""What is asked of those who record figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from makegood.kernel.answers import NumberField, SentFileField, offer_choices
from makegood.kernel.period import name_month


class FigureForm(forms.Form):
    """The figure of one period, or why there is none."""

    period = forms.TypedChoiceField(
        label="For which period?",
        coerce=date.fromisoformat,
        error_messages={"invalid_choice": "That period has a figure already, or none is owed."},
    )
    value = NumberField(label="Figure", required=False)
    why_none = forms.CharField(
        label="If there is no figure, say why",
        required=False,
        max_length=300,
        help_text="No figure is not the same as zero.",
    )

    def __init__(self, data: Any = None, *, periods: Sequence[date], unit: str) -> None:
        super().__init__(data)
        choices = [(period.isoformat(), name_month(period)) for period in reversed(periods)]
        offer_choices(self, "period", choices)
        self.fields["value"].label = f"Figure, in {unit}"

    def clean(self) -> dict[str, Any]:
        """Ask for a figure or a reason, and not both."""
        answers = super().clean() or {}
        has_value, has_reason = answers.get("value") is not None, bool(answers.get("why_none"))
        if "value" not in self.errors and has_value == has_reason:
            both = "Give a figure or a reason, not both."
            self.add_error(
                "value", both if has_value else "Enter a figure, or say why there is none."
            )
        return answers


class CorrectionForm(forms.Form):
    """A figure to stand in place of another."""

    value = NumberField(label="The right figure")
    reason = forms.CharField(
        label="Why does it change?",
        max_length=300,
        help_text="Both figures stay on the record, with this reason.",
    )


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
