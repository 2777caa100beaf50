"""What is asked of those who define measures, look for them, or compare with them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from makegood.kernel.answers import NumberField, offer
from makegood.kernel.filters import ListFilter, one_of
from makegood.kernel.period import Frequency
from makegood.measures.actions import Arithmetic, MeasureWords
from makegood.measures.models import Measure, Series
from makegood.measures.models.definitions import ARITHMETIC, WORDS
from makegood.measures.queries import Order, Sought
from makegood.measures.states import Better, MeasureKind, Topic
from makegood.people.models import Organisation

LARGEST_FILE = 2 * 2**20
"""How many bytes a file of measures has at most; two thousand definitions are less."""


def _choice(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return one_of(label, [("", "Any"), *choices])


class WordsForm(forms.Form):
    """What a definition says."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="For example, Staff sickness absence."
    )
    topic = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose one"), *((t.value, t.words.capitalize()) for t in Topic)],
    )
    definition = forms.CharField(
        label="What exactly is counted?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    numerator = forms.CharField(label="What is counted (numerator)", max_length=160, required=False)
    denominator = forms.CharField(label="Out of what (denominator)", max_length=160, required=False)
    exclusions = forms.CharField(label="What is left out?", max_length=300, required=False)
    source = forms.CharField(
        label="Where is it defined?", max_length=200, help_text="A publication, or “ours”."
    )
    source_url = forms.CharField(
        label="Web address of the publication",
        max_length=300,
        required=False,
        widget=forms.TextInput({"inputmode": "url"}),
    )
    published = forms.CharField(
        label="When was it published?",
        max_length=10,
        required=False,
        help_text="A year, a month or a day. For example, 2024, 2024-03 or 2024-03-01.",
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
    lowest = NumberField(label="Lowest possible value", required=False)
    highest = NumberField(label="Highest possible value", required=False)

    def words(self) -> MeasureWords:
        """Return what was answered as the words of a measure."""
        return MeasureWords(**{name: self.cleaned_data[name] for name in WORDS})

    def arithmetic(self) -> Arithmetic:
        """Return what was answered of how figures are made."""
        answers = self.cleaned_data
        return Arithmetic(
            unit=answers["unit"],
            kind=MeasureKind(answers["kind"]),
            better=Better(answers["better"]),
            frequency=Frequency(answers["frequency"]),
        )


class MeasureForm(WordsForm):
    """A definition that many promises can share."""

    keeper = forms.ModelChoiceField(
        label="Who keeps this definition?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )

    field_order = ("name", "keeper")

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


class ReviseForm(WordsForm):
    """A definition said differently, and why."""

    reason = forms.CharField(
        label="Why do the words change?",
        max_length=1000,
        help_text="Everyone can read this. What the words were stays to be read.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, data: Any = None, *, measure: Measure) -> None:
        initial = {name: getattr(measure, name) for name in (*WORDS, *ARITHMETIC)}
        super().__init__(data, initial={**initial, "read": measure.version or 1})
        for name in ARITHMETIC:
            self.fields[name].help_text = "This stays. Another one would make a new measure."


class RetireForm(forms.Form):
    """Why nobody should use a measure any more."""

    reason = forms.CharField(
        label="Why should no new promise use it?",
        max_length=1000,
        help_text="Everyone can read this. Say what to use instead.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StarterForm(forms.Form):
    """Who keeps the measures that come with Makegood."""

    keeper = forms.ModelChoiceField(
        label="Who keeps them?",
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label="Whoever runs this Makegood",
    )

    def __init__(self, data: Any = None, *, keepers: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, keeper=keepers)


class MeasureFileForm(forms.Form):
    """A file of measures."""

    keeper = forms.ModelChoiceField(
        label="Who keeps these definitions?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    file = forms.FileField(
        label="CSV file",
        help_text="Plain text (UTF-8). The first line names the columns; each other line is a measure.",
        error_messages={"required": "Choose a file."},
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, keepers: QuerySet[Organisation]
    ) -> None:
        super().__init__(data, files)
        offer(self, keeper=keepers)

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large to check while you wait."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"{file.name} is larger than {LARGEST_FILE // 2**20} MB. Split it and send the parts."
            )
        return file


class MeasureFilter(ListFilter):
    """Narrows the library."""

    topic = _choice("Topic", ((t.value, t.words.capitalize()) for t in Topic))
    kind = _choice("Sort of number", ((k.value, k.value.capitalize()) for k in MeasureKind))
    better = _choice("Which way is better", ((b.value, b.words.capitalize()) for b in Better))
    frequency = _choice("How often", ((f.value, f"Every {f}") for f in Frequency))
    made = _choice("Defined by", (("published", "A publication"), ("ours", "Ours")))
    is_retired = forms.BooleanField(label="Only those that are retired", required=False)
    order = one_of(
        "Order",
        [(Order.NAME, "By name"), (Order.TOPIC, "By topic"), (Order.NEWEST, "Newest first")],
    )

    def sought(self) -> Sought:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.answers
        names = ("topic", "kind", "better", "frequency", "made")
        return Sought(
            text=answers.get("q", ""),
            is_retired=answers.get("is_retired", False),
            order=Order(answers.get("order") or Order.NAME),
            **{name: answers.get(name, "") for name in names},
        )


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
