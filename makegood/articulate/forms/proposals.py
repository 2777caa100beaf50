"""What is asked of those who write proposals and promises."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from makegood.articulate.actions import PromiseTerms
from makegood.articulate.forms.long_answers import words
from makegood.articulate.frameworks import FRAMEWORKS, NAMES
from makegood.articulate.models import Aim, MeasuredAlternative, Promise
from makegood.articulate.queries import tags_of
from makegood.articulate.states import HowKnown, ProposalPart
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer
from makegood.measures.queries import measures_in_use
from makegood.people.models import Organisation


class ProposalWordsForm(forms.Form):
    """What a proposal says, its promises aside."""

    title = forms.CharField(label="Title", max_length=160)
    summary = words(
        "What would you do, and how?",
        hint="A few sentences that anybody understands. You can leave this empty for now.",
        rows=6,
        required=False,
    )


class ProposalForm(ProposalWordsForm):
    """The beginning of a proposal: who makes it, and what it says."""

    provider = forms.ModelChoiceField(
        label="Who makes the proposal?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )

    field_order = ("provider", "title", "summary")

    def __init__(self, data: Any = None, *, providers: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, provider=providers)


class PromiseForm(forms.Form):
    """One promise, part by part, as its sentence is built."""

    for_whom = forms.CharField(
        label="For whom?", max_length=160, help_text="For example, staff of the community teams."
    )
    what_changes = forms.CharField(
        label="What changes for them?",
        max_length=240,
        help_text="One change only. For example, fewer days lost to illness.",
    )
    how_known = forms.ChoiceField(
        label="How will we know?",
        widget=forms.RadioSelect,
        choices=[
            (HowKnown.NUMBERS, "By numbers"),
            (HowKnown.STORIES, "By what people tell"),
            (HowKnown.BOTH, "By both"),
        ],
    )
    measure = forms.ModelChoiceField(
        label="Measure",
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label="Choose one",
    )
    baseline = NumberField(label="Where does it stand now?", required=False)
    alternative = NumberField(
        label="Where would it be without you?",
        required=False,
        help_text="What the alternative would reach by then. Added value is what you promise over this.",
    )
    target = NumberField(label="What will you reach?", required=False)
    starts_on = DayField(label="From when?")
    due_on = DayField(label="By when?")
    how_gathered = words(
        "What would people say, and how will you gather it?", rows=3, required=False
    )
    why_believed = words("Why do you believe it?", rows=3)
    worth_low = PoundsField(
        label="Worth a year, at least", required=False, help_text="Leave empty if it is not valued."
    )
    worth_high = PoundsField(label="Worth a year, at most", required=False)
    worth_source = forms.CharField(
        label="Where does that range come from?", max_length=240, required=False
    )
    takes_newest = forms.BooleanField(
        label="Rely on the newest words of the measure",
        required=False,
        help_text="They were revised since this promise was written. Read both first.",
    )
    aims = forms.ModelMultipleChoiceField(
        label="Which aims of the programme does it serve?",
        queryset=None,
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        promise: Promise | None = None,
        initial: Any = None,
        aims: QuerySet[Aim],
    ) -> None:
        super().__init__(data, initial=initial)
        held = promise.measure if promise else None
        offer(self, measure=measures_in_use(besides=held), aims=aims)
        if promise is None or not promise.has_newer_words:
            del self.fields["takes_newest"]
        self.has_aims = bool(aims)
        for key, framework in FRAMEWORKS.items():
            self.fields[key] = forms.MultipleChoiceField(
                label=framework.name,
                choices=framework.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[code for code in self.initial.get("codes", ()) if code in NAMES],
            )

    @property
    def frameworks(self) -> list[BoundField]:
        """Return the questions about codes, one for each framework."""
        return [self[key] for key in FRAMEWORKS]

    def terms(self) -> PromiseTerms:
        """Return what was answered as the terms of a promise."""
        answers = dict(self.cleaned_data)
        answers.pop("takes_newest", None)
        answers["codes"] = tuple(code for key in FRAMEWORKS for code in answers.pop(key))
        answers["aims"] = tuple(answers["aims"])
        answers["how_known"] = HowKnown(answers["how_known"])
        return PromiseTerms(**answers)

    @classmethod
    def offered(cls, measured: MeasuredAlternative | None) -> dict[str, object]:
        """Return answers to begin from, where the need says how its alternative does."""
        if measured is None:
            return {}
        return {
            "how_known": HowKnown.NUMBERS,
            "measure": measured.measure,
            "baseline": measured.baseline,
            "alternative": measured.reaches,
            "due_on": measured.by_on,
        }

    @classmethod
    def answers_of(cls, promise: Promise) -> dict[str, object]:
        """Return what was answered when ``promise`` was written."""
        tags = list(tags_of(promise))
        apart = {"aims", "takes_newest"}
        said = {name: getattr(promise, name) for name in cls.base_fields if name not in apart}
        named = [tag.aim.reference for tag in tags if tag.aim]
        return said | {"aims": named, "codes": [tag.code for tag in tags if tag.code]}


class SubmitForm(forms.Form):
    """The declaration of whoever sends a proposal."""

    agrees = forms.BooleanField(
        label="This is true as far as we know, and I may send it for my organisation",
        error_messages={"required": "Read it through, then tick the box."},
    )
    read_as = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class WithholdForm(forms.Form):
    """Asked of whoever withholds a part of a proposal."""

    part = forms.ChoiceField(
        label="What is withheld?",
        widget=forms.RadioSelect,
        choices=[(part.value, part.words.capitalize()) for part in ProposalPart],
    )
    reason = words(
        "Why?",
        hint="Everyone can read this. Name the exemption if there is one.",
        max_length=1000,
        rows=3,
    )
    until_on = DayField(
        label="Until when?", help_text="On this day it is shown again. For example, 1 4 2027."
    )
