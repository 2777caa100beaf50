"""What is asked of those who write a promise, part by part, as its sentence is built."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from makegood.articulate.actions import HistoryChosen, PromiseTerms
from makegood.articulate.advice import Other, Said
from makegood.articulate.forms.long_answers import words
from makegood.articulate.frameworks import FRAMEWORKS, NAMES
from makegood.articulate.models import Aim, MeasuredAlternative, Promise
from makegood.articulate.queries import measure_said, tags_of
from makegood.articulate.states import EvidenceLevel, HistoryFrom, HowKnown
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer, offer_choices
from makegood.measures.models import Measure, Series
from makegood.measures.queries import measures_in_use
from makegood.measures.states import Better

IN_NUMBERS = (
    "measure",
    "takes_newest",
    "baseline",
    "baseline_on",
    "baseline_source",
    "alternative",
    "target",
)
IN_WORDS = ("how_gathered", "told_by", "told_least", "gathered_by", "not_gathered_by")
TEXTS = (
    "for_whom", "what_changes", "baseline_source", "how_gathered", "told_by", "gathered_by",
    "why_believed",
)  # fmt: skip
VALUES = (
    "baseline", "baseline_on", "alternative", "target", "starts_on", "due_on", "told_least",
    "evidence_level",
)  # fmt: skip
MOST_ASKED = 32_000
LARGEST_HISTORY = 200_000
"""How many bytes a history that is typed or sent has at most; sixty years of months are less."""


class PromiseForm(forms.Form):
    """One promise, part by part; ``known`` leaves out what is not asked of one so known."""

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
    baseline_on = DayField(
        label="When was that measured?", required=False, help_text="For example, 31 3 2026."
    )
    baseline_source = forms.CharField(
        label="Where does that figure come from?",
        max_length=240,
        required=False,
        help_text="For example, our payroll, or a published return.",
    )
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
    told_by = forms.CharField(
        label="Who would tell it?",
        max_length=240,
        required=False,
        help_text="For example, people we visit, and those who care for them.",
    )
    told_least = forms.IntegerField(
        label="How many of them, at least?", min_value=1, max_value=MOST_ASKED, required=False
    )
    gathered_by = forms.CharField(
        label="Who gathers it?",
        max_length=160,
        required=False,
        help_text="Best is somebody who does not gain from what is said.",
    )
    not_gathered_by = forms.CharField(
        label="Who must not gather it?",
        max_length=160,
        required=False,
        help_text="For example, whoever visits them.",
    )
    why_believed = words("Why do you believe it?", rows=3)
    evidence_level = forms.TypedChoiceField(
        label="How well is it known to work?",
        required=False,
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Not said yet"),
            *((level.value, f"Level {level.value}. {level.title}") for level in EvidenceLevel),
        ],
    )
    evidence = words("What is the evidence?", rows=3, required=False)
    evidence_url = forms.CharField(
        label="Where can it be read?",
        max_length=300,
        required=False,
        help_text="A web address that begins with https://.",
        widget=forms.TextInput({"inputmode": "url"}),
    )
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
        known: HowKnown | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.promise, self.known = promise, known
        held = promise.measure if promise else None
        offer(self, measure=measures_in_use(besides=held), aims=aims)
        self.fields["evidence"].help_text = "Needed if you choose a level."
        self._leave_out(known, has_newer_words=promise is not None and promise.has_newer_words)
        self.has_aims = bool(aims)
        for key, framework in FRAMEWORKS.items():
            self.fields[key] = forms.MultipleChoiceField(
                label=framework.name,
                choices=framework.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[code for code in self.initial.get("codes", ()) if code in NAMES],
            )

    def _leave_out(self, known: HowKnown | None, *, has_newer_words: bool) -> None:
        unasked = {HowKnown.NUMBERS: IN_WORDS, HowKnown.STORIES: IN_NUMBERS}
        for name in unasked.get(known, ()) if known else ():
            del self.fields[name]
        if not has_newer_words:
            self.fields.pop("takes_newest", None)
        if known is not None:
            self.initial["how_known"] = known
            self.fields["how_known"].widget = forms.HiddenInput()

    @property
    def frameworks(self) -> list[BoundField]:
        """Return the questions about codes, one for each framework."""
        return [self[key] for key in FRAMEWORKS]

    @property
    def levels(self) -> list[EvidenceLevel]:
        """Return the levels of evidence, the lowest first."""
        return list(EvidenceLevel)

    def look(self) -> None:
        """Read what was answered so far; what is not answered yet is no fault."""
        for name, faults in list(self.errors.as_data().items()):
            if all(fault.code == "required" for fault in faults):
                del self.errors[name]

    def said(
        self,
        *,
        today: date,
        provider: str,
        others: tuple[Other, ...],
        until: Mapping[int | None, date],
    ) -> Said:
        """Return what was answered so far, in plain values; ``until`` is by the key of each measure."""
        held = self.cleaned_data
        known = held.get("how_known") or HowKnown.NUMBERS
        measure: Measure | None = held.get("measure")
        relied_on = self.promise is not None and self.promise.measure == measure
        newer = bool(relied_on and self.promise and self.promise.has_newer_words)
        said: dict[str, Any] = {name: held.get(name) or "" for name in TEXTS}
        said |= {name: held.get(name) for name in VALUES}
        mine = self.promise.reference if self.promise else ""
        return Said(
            today=today,
            in_numbers=known != HowKnown.STORIES,
            in_words=known != HowKnown.NUMBERS,
            measure=measure_said(measure, has_newer_words=newer and not held.get("takes_newest")),
            added=_added(held, measure=measure),
            provider=provider,
            compared_until=until.get(measure.pk) if measure else None,
            others=tuple(other for other in others if other.reference != mine),
            **said,
        )

    def terms(self) -> PromiseTerms:
        """Return what was answered as the terms of a promise."""
        answers = dict(self.cleaned_data)
        answers.pop("takes_newest", None)
        answers["codes"] = tuple(code for key in FRAMEWORKS for code in answers.pop(key))
        answers["aims"] = tuple(answers["aims"])
        answers["how_known"] = HowKnown(answers["how_known"])
        return PromiseTerms(**answers)

    @classmethod
    def offered(
        cls, measured: MeasuredAlternative | None, *, measure: Measure | None = None
    ) -> dict[str, object]:
        """Return answers to begin from: how the need’s alternative does, or a measure that was chosen."""
        if measured is None:
            return {"how_known": HowKnown.NUMBERS, "measure": measure} if measure else {}
        return {
            "how_known": HowKnown.NUMBERS,
            "measure": measured.measure,
            "baseline": measured.baseline,
            "baseline_source": measured.source,
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

    @classmethod
    def copied(cls, promise: Promise) -> dict[str, object]:
        """Return answers to begin from, of a promise made elsewhere; its times and aims are its own."""
        apart = {"aims", "takes_newest", "starts_on", "due_on", "alternative"}
        said = {name: getattr(promise, name) for name in cls.base_fields if name not in apart}
        if promise.measure and promise.measure.retired_at:
            said["measure"] = None
        return said | {"codes": [tag.code for tag in tags_of(promise) if tag.code]}


def _added(held: dict[str, Any], *, measure: Measure | None) -> float | None:
    over = held.get("alternative")
    over = held.get("baseline") if over is None else over
    target = held.get("target")
    if measure is None or over is None or target is None:
        return None
    return Better(measure.better).gain(over=over, to=target)


class SetAsideForm(forms.Form):
    """Why a piece of advice is not followed."""

    reason = words(
        "Why do you not follow it?",
        hint="Whoever decides on the proposal reads this.",
        rows=3,
        max_length=1000,
    )


class PowerForm(forms.Form):
    """From which figures it is worked out what could be told from chance."""

    history = forms.ChoiceField(label="Which figures?", widget=forms.RadioSelect)
    figures = words(
        "Figures, one a line",
        hint="The month, then the figure. For example, 2025-04 5.2. At least 13 lines.",
        rows=8,
        max_length=20_000,
        required=False,
    )
    file = forms.FileField(label="Or a CSV file with the columns period and value", required=False)
    source = forms.CharField(
        label="Where do these figures come from?", max_length=240, required=False
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, own: list[Series], alternative: Series | None
    ) -> None:
        super().__init__(data, files)
        self.series = {each.reference: (each, HistoryFrom.OWN) for each in own}
        if alternative:
            self.series[alternative.reference] = (alternative, HistoryFrom.ALTERNATIVE)
        choices = [(key, self._named(key)) for key in self.series]
        offer_choices(self, "history", [*choices, ("typed", "Figures I give here")])
        if not choices:
            self.initial["history"] = "typed"

    def _named(self, key: str) -> str:
        series, origin = self.series[key]
        if origin == HistoryFrom.ALTERNATIVE:
            return "How the need’s alternative did"
        return f"Ours: {series.about}"

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is larger than any history."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and file.size and file.size > LARGEST_HISTORY:
            raise forms.ValidationError("The file is too large. Send one history, of one measure.")
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for figures and their source where none of a series are chosen."""
        held: dict[str, Any] = super().clean() or {}
        if held.get("history") == "typed":
            if not held.get("figures") and not held.get("file") and "file" not in self.errors:
                self.add_error("figures", "Give the figures, one a line, or choose a file.")
            if not held.get("source", "").strip():
                self.add_error("source", "Say where the figures come from.")
        return held

    def chosen(self) -> HistoryChosen:
        """Return what was chosen."""
        held = self.cleaned_data
        if held["history"] != "typed":
            series, origin = self.series[held["history"]]
            return HistoryChosen(origin=origin, series=series, source=series.source or series.about)
        data = held["file"].read() if held.get("file") else as_table(held["figures"])
        return HistoryChosen(origin=HistoryFrom.TYPED, source=held["source"].strip(), data=data)


def as_table(typed: str) -> bytes:
    """Return lines of a month and a figure as a table, however they are parted."""
    rows = [
        line.replace(";", " ").replace(",", " ").replace("\t", " ").split()
        for line in typed.splitlines()
    ]
    lines = [",".join(cells) for cells in rows if cells and cells[0].casefold() != "period"]
    return "\n".join(["period,value", *lines]).encode()
