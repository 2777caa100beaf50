"""What is asked of those who say how the alternative does."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from makegood.articulate.actions import AlternativeFigures
from makegood.articulate.forms.long_answers import words
from makegood.articulate.models import MeasuredAlternative
from makegood.kernel.answers import DayField, NumberField, SentFileField, offer
from makegood.kernel.period import first_day
from makegood.measures.models import Measure
from makegood.measures.queries import measures_in_use


class AlternativeFiguresForm(forms.Form):
    """How the alternative does by a measure that is chosen already."""

    baseline = NumberField(label="Where does it stand now?")
    reaches = NumberField(
        label="Where would it be without a new provider?",
        help_text="The same figure, if you expect no change.",
    )
    by_on = DayField(label="By when?")
    source = forms.CharField(
        label="Where do these figures come from?",
        max_length=240,
        help_text="For example, our payroll, or a published return.",
    )
    reason = words("Why does it change?", hint="Everyone can read this.", rows=3, max_length=1000)

    def __init__(self, data: Any = None, *, is_published: bool, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.is_published = is_published
        if not is_published:
            del self.fields["reason"]

    def clean_by_on(self) -> date:
        """Refuse a day that has passed while the need is written; what was published may be of one."""
        day: date = self.cleaned_data["by_on"]
        if day < timezone.localdate() and not self.is_published:
            raise forms.ValidationError("Choose a day that has not passed.")
        return day

    def figures(self, *, measure: Measure) -> AlternativeFigures:
        """Return what was answered."""
        answers = {name: self.cleaned_data[name] for name in FIGURES}
        return AlternativeFigures(measure=measure, **answers)

    @property
    def why(self) -> str:
        """Return why it changes, where that is asked."""
        return str(self.cleaned_data.get("reason", ""))

    @classmethod
    def answers_of(cls, measured: MeasuredAlternative) -> dict[str, object]:
        """Return what was answered before."""
        return {name: getattr(measured, name) for name in FIGURES}


FIGURES = ("baseline", "reaches", "by_on", "source")


class AlternativeForm(AlternativeFiguresForm):
    """How the alternative does by a measure."""

    measure = forms.ModelChoiceField(
        label="Measure", queryset=None, to_field_name="slug", empty_label="Choose one"
    )

    field_order = ("measure", *FIGURES, "reason")

    def __init__(self, data: Any = None, *, is_published: bool, initial: Any = None) -> None:
        super().__init__(data, is_published=is_published, initial=initial)
        offer(self, measure=measures_in_use())


class StrikeOutForm(forms.Form):
    """Why a figure of the alternative is left out."""

    reason = words("Why is it left out?", hint="Everyone can read this.", rows=3, max_length=1000)


class HistoryFigureForm(forms.Form):
    """One figure of the past; of a month that has one already, with a reason."""

    period_on = DayField(
        label="For which month?", help_text="Any day in that month. For example, 1 4 2025."
    )
    value = NumberField(label="Figure")
    reason = forms.CharField(
        label="If it corrects a figure, why?",
        max_length=300,
        required=False,
        help_text="Both figures stay on the record, with this reason.",
    )

    def __init__(self, data: Any = None, *, unit: str) -> None:
        super().__init__(data)
        self.fields["value"].label = f"Figure, in {unit}"

    def clean_period_on(self) -> date:
        """Return the first day of the month."""
        day: date = self.cleaned_data["period_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Choose a month that has begun.")
        return first_day(day)


class HistoryFileForm(forms.Form):
    """A file of figures of the past."""

    file = SentFileField(
        label="File",
        instead="Split it and send the parts.",
        help_text="CSV, XLSX, ODS or Parquet. One column is the period, like April 2024, and one the figure.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose one with a heading row and at least one figure.",
        },
    )
