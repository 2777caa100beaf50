"""What is asked of those who write needs, proposals and promises."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.actions import PromiseTerms
from makegood.articulate.models import Programme, Promise
from makegood.articulate.states import HowKnown, ProposalPart
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer
from makegood.measures.queries import measures
from makegood.people.models import Organisation


def _text(label: str, *, hint: str = "", rows: int = 4, **options: Any) -> forms.CharField:
    options.setdefault("max_length", 4000)
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class ProgrammeForm(forms.Form):
    """A programme, and who runs it."""

    run_by = forms.ModelChoiceField(
        label="Who runs the programme?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
    )
    name = forms.CharField(
        label="Name of the programme", max_length=160, help_text="For example, Right to Provide."
    )
    summary = _text(
        "What is it for?",
        hint="One or two sentences. Everyone can read this.",
        required=False,
        max_length=2000,
        rows=3,
    )

    def __init__(self, data: Any = None, *, units: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, run_by=units)


class NeedWordsForm(forms.Form):
    """What a need says."""

    title = forms.CharField(
        label="What is needed?", max_length=160, help_text="For example, Home care in the valley."
    )
    description = _text("Say more", hint="Who is it for, where, and what matters most?", rows=5)
    alternative = _text(
        "What happens otherwise?",
        hint="Say what you would do without a new provider, and how well it works now.",
    )


class NeedForm(NeedWordsForm):
    """A need, whose it is, and what it says."""

    programme = forms.ModelChoiceField(
        label="Programme", queryset=None, to_field_name="slug", empty_label="Choose one"
    )
    commissioner = forms.ModelChoiceField(
        label="Who buys the service?", queryset=None, to_field_name="slug", empty_label="Choose one"
    )

    field_order = ("programme", "commissioner", "title", "description", "alternative")

    def __init__(
        self,
        data: Any = None,
        *,
        programmes: QuerySet[Programme],
        commissioners: QuerySet[Organisation],
    ) -> None:
        super().__init__(data)
        offer(self, programme=programmes, commissioner=commissioners)


class ProposalWordsForm(forms.Form):
    """What a proposal says, its promises aside."""

    title = forms.CharField(label="Title", max_length=160)
    summary = _text("What would you do, and how?", rows=6)


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
        queryset=measures(),
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
    how_gathered = _text(
        "What would people say, and how will you gather it?", rows=3, required=False
    )
    why_believed = _text("Why do you believe it?", rows=3)
    worth_low = PoundsField(
        label="Worth a year, at least", required=False, help_text="Leave empty if it is not valued."
    )
    worth_high = PoundsField(label="Worth a year, at most", required=False)
    worth_source = forms.CharField(
        label="Where does that range come from?", max_length=240, required=False
    )

    def terms(self) -> PromiseTerms:
        """Return what was answered as the terms of a promise."""
        answers = dict(self.cleaned_data)
        answers["how_known"] = HowKnown(answers["how_known"])
        return PromiseTerms(**answers)

    @classmethod
    def answers_of(cls, promise: Promise) -> dict[str, object]:
        """Return what was answered when ``promise`` was written."""
        return {name: getattr(promise, name) for name in cls.base_fields}


class WhereForm(forms.Form):
    """In which programmes a role holds."""

    EVERYWHERE, SOME = "everywhere", "some"
    where = forms.ChoiceField(
        label="Where does it hold?",
        widget=forms.RadioSelect,
        choices=[(EVERYWHERE, "In every programme"), (SOME, "Only in those ticked below")],
    )
    programmes = forms.ModelMultipleChoiceField(
        label="Programmes",
        queryset=None,
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, programmes: QuerySet[Programme], given: QuerySet[Programme]
    ) -> None:
        slugs = [programme.slug for programme in given]
        where = self.SOME if slugs else self.EVERYWHERE
        super().__init__(data, initial={"where": where, "programmes": slugs})
        offer(self, programmes=programmes)

    def clean(self) -> dict[str, Any]:
        """Ask for a programme where only some are meant; where all are, drop what is ticked."""
        answers = super().clean() or self.cleaned_data
        if answers.get("where") == self.EVERYWHERE:
            answers["programmes"] = []
        elif "programmes" in answers and not answers["programmes"]:
            self.add_error("programmes", "Tick at least one, or choose “In every programme”.")
        return answers


class WithholdForm(forms.Form):
    """Asked of whoever withholds a part of a proposal."""

    part = forms.ChoiceField(
        label="What is withheld?",
        widget=forms.RadioSelect,
        choices=[(part.value, part.words.capitalize()) for part in ProposalPart],
    )
    reason = _text(
        "Why?",
        hint="Everyone can read this. Name the exemption if there is one.",
        max_length=1000,
        rows=3,
    )
    until_on = DayField(
        label="Until when?", help_text="On this day it is shown again. For example, 1 4 2027."
    )
