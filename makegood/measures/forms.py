"""What is asked of those who define a measure."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.kernel.answers import NumberField, offer
from makegood.kernel.period import Frequency
from makegood.measures.models import Series
from makegood.measures.states import Better, MeasureKind
from makegood.people.models import Organisation


class MeasureForm(forms.Form):
    """A definition that many promises can share."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="For example, Staff sickness absence."
    )
    keeper = forms.ModelChoiceField(
        label="Who keeps this definition?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    definition = forms.CharField(
        label="What exactly is counted?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(
        label="Where is it defined?", max_length=200, help_text="A published source, or “ours”."
    )
    unit = forms.CharField(label="Unit", max_length=40, help_text="For example, %, days or people.")
    kind = forms.ChoiceField(
        label="What sort of number?",
        widget=forms.RadioSelect,
        choices=[
            (MeasureKind.PERCENTAGE, "A percentage"),
            (MeasureKind.RATE, "A rate"),
            (MeasureKind.COUNT, "A count"),
            (MeasureKind.AVERAGE, "An average"),
        ],
    )
    better = forms.ChoiceField(
        label="Which way is better?",
        widget=forms.RadioSelect,
        choices=[(Better.UP, "Higher"), (Better.DOWN, "Lower"), (Better.NEUTRAL, "Neither")],
    )
    frequency = forms.ChoiceField(
        label="How often is it taken?",
        widget=forms.RadioSelect,
        choices=[(f, f"Every {f}") for f in Frequency],
    )
    numerator = forms.CharField(label="What is counted (numerator)", max_length=160, required=False)
    denominator = forms.CharField(label="Out of what (denominator)", max_length=160, required=False)
    lowest = NumberField(label="Lowest possible value", required=False)
    highest = NumberField(label="Highest possible value", required=False)

    def __init__(self, data: Any = None, *, keepers: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, keeper=keepers)

    def clean(self) -> dict[str, Any]:
        """Give a percentage its natural range, where none is given."""
        answers = super().clean() or {}
        if answers.get("kind") == MeasureKind.PERCENTAGE:
            for name, natural in (("lowest", 0.0), ("highest", 100.0)):
                answers[name] = natural if answers.get(name) is None else answers[name]
        return answers


class SeriesField(forms.ModelMultipleChoiceField):
    """Series, each with who keeps it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Series) -> str:
        return f"{obj.about}, kept by {obj.keeper}"


class PoolForm(forms.Form):
    """Comparators for one measure, and how they were chosen."""

    keeper = forms.ModelChoiceField(
        label="Who keeps this pool?", queryset=None, to_field_name="slug", empty_label="Choose one"
    )
    name = forms.CharField(
        label="Name of the pool", max_length=160, help_text="For example, Like services nearby."
    )
    rule = forms.CharField(
        label="How were they chosen?",
        max_length=2000,
        help_text="Say it so that others would choose the same ones.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    series = SeriesField(label="Which ones?", queryset=None, to_field_name="reference")

    def __init__(
        self, data: Any = None, *, keepers: QuerySet[Organisation], series: QuerySet[Series]
    ) -> None:
        super().__init__(data)
        offer(self, keeper=keepers, series=series)
