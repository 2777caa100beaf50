"""What is asked of a commitment besides its figures, a short page for each part."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.states import HowKnown
from makegood.contract.actions import (
    AdditionalTerms,
    Consequences,
    Evidence,
    Figures,
    Judging,
)
from makegood.contract.models import Commitment
from makegood.contract.models.arrangements import Step
from makegood.contract.rules import every_so_many_months
from makegood.contract.states import Consequence, Verification
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer
from makegood.kernel.period import Frequency
from makegood.measures.models import Measure, Pool

DAY = re.compile(r"([0-9]{1,2})[ /.-]+([0-9]{1,2})[ /.-]+([0-9]{4})")


def read_day(typed: str) -> date:
    """Return a day written as three numbers, or say what is wrong with it."""
    numbers = DAY.fullmatch(typed.strip())
    try:
        day, month, year = (int(number) for number in numbers.groups()) if numbers else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        said = f"“{typed.strip()}” is no day. Write it like 31 3 2027."
        raise forms.ValidationError(said) from None


def write_day(day: date) -> str:
    """Return a day as ``read_day`` reads it."""
    return f"{day.day} {day.month} {day.year}"


class Lines(forms.CharField):
    """Some lines, each read by itself; clean value is what they hold, in order."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 2000)
        super().__init__(required=False, widget=forms.Textarea({"rows": 4}), **options)

    def clean(self, value: Any) -> Any:
        """Return what each line holds that is not empty."""
        typed = str(super().clean(value))
        return [self.read(line) for line in typed.splitlines() if line.strip()]

    def read(self, line: str) -> Any:
        """Return what one line holds: a day."""
        return read_day(line)


class Steps(Lines):
    """Days, each with a figure."""

    def read(self, line: str) -> Step:
        """Return one step: a day, a colon, and how far by then."""
        day, colon, figure = line.partition(":")
        target = NumberField(required=False).to_python(figure) if colon else None
        if target is None:
            said = f"“{line.strip()}” is no step. Write a day, a colon and a figure: 31 3 2027: 4.6"
            raise forms.ValidationError(said)
        return {"on": read_day(day).isoformat(), "target": target}


class FiguresForm(forms.Form):
    """Where it stands now, how often figures come, and the way to the target."""

    baseline_period = forms.CharField(
        label="Of which period is the figure where it stands now?",
        max_length=60,
        required=False,
        help_text="For example, April 2025 to March 2026.",
    )
    baseline_source = forms.CharField(
        label="Where does that figure come from?",
        max_length=160,
        required=False,
        help_text="So that both sides can look it up. For example, NHS England, table 3.",
    )
    frequency = forms.ChoiceField(
        label="How often does the provider give figures?",
        required=False,
        choices=[("", "Not agreed"), *((f.value, f"Every {f.value}") for f in Frequency)],
    )
    within_days = forms.IntegerField(
        label="How many days after each period?",
        required=False,
        min_value=1,
        max_value=180,
        help_text="By then the figure is here. For example, 20.",
    )
    trajectory = Steps(label="Steps on the way to the target")

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        measured = commitment.measure.frequency if commitment.measure else ""
        held = {name: getattr(commitment, name) for name in self.base_fields}
        promised = commitment.promise.baseline_source if commitment.promise else ""
        held["baseline_source"] = commitment.baseline_source or promised
        held["frequency"] = commitment.frequency or measured
        held["within_days"] = commitment.within_days or 20
        held["trajectory"] = "\n".join(_write_step(*step) for step in commitment.steps)
        super().__init__(data, initial=held)
        self.fields["trajectory"].help_text = _halfway(commitment)

    def agreed(self) -> Figures:
        """Return what was answered."""
        answers = dict(self.cleaned_data)
        return Figures(**answers | {"trajectory": answers["trajectory"] or None})


class EvidenceForm(forms.Form):
    """What shows it besides figures, and how far it is checked."""

    stories_least = forms.IntegerField(
        label="How many stories at least?",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Leave this empty if no stories are owed.",
    )
    stories_from = forms.CharField(
        label="From whom?",
        max_length=240,
        required=False,
        help_text="Those who can tell whether it changed for them.",
    )
    documents = forms.CharField(
        label="Which documents?",
        max_length=300,
        required=False,
        help_text="For example, the yearly report to the board.",
    )
    evidence_required = forms.CharField(
        label="Anything else the provider gives",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    verification = forms.ChoiceField(
        label="How far is it checked?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Not agreed"), *((v.value, v.words) for v in Verification)],
    )
    sample = forms.IntegerField(
        label="How many are drawn to be checked?",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Only where evidence is verified. If none of 20 is wrong, few of all are.",
    )

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        held = {name: getattr(commitment, name) for name in self.base_fields}
        if commitment.how_known != HowKnown.NUMBERS and commitment.stories_least is None:
            held |= {"stories_from": commitment.for_whom}
        super().__init__(data, initial=held)

    def agreed(self) -> Evidence:
        """Return what was answered."""
        return Evidence(**self.cleaned_data)


class PoolField(forms.ModelChoiceField):
    """Pools, each with who keeps it."""

    def label_from_instance(self, obj: Pool) -> str:
        return f"{obj.name}, kept by {obj.keeper}"


class JudgingForm(forms.Form):
    """With whom it is compared, and when it is judged."""

    pool = PoolField(
        label="Who is it compared with?",
        queryset=None,
        to_field_name="reference",
        required=False,
        empty_label="Nobody",
        help_text="The pool of comparators both sides agree on now, before anything happens.",
    )
    is_alone = forms.BooleanField(
        label="No comparator: only reached or not reached can be said",
        required=False,
        help_text="Then nobody can ever say whether this made the difference.",
    )
    no_pool_because = forms.CharField(
        label="Why is there no comparator?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everyone can read this.",
    )
    every = forms.IntegerField(
        label="Judge it every how many months?",
        required=False,
        min_value=1,
        max_value=60,
        help_text="For example, 12. On the day it is due it is judged in any case.",
    )
    looks_on = Lines(
        label="Or on these days",
        help_text="One day a line, like 31 3 2027. Days agreed now keep anybody from choosing a "
        "lucky one later.",
    )

    def __init__(self, data: Any = None, *, commitment: Commitment, pools: QuerySet[Pool]) -> None:
        held = {
            "pool": commitment.pool,
            "no_pool_because": commitment.no_pool_because,
            "is_alone": bool(commitment.no_pool_because),
            "looks_on": "\n".join(map(write_day, commitment.looks)),
        }
        super().__init__(data, initial=held)
        self.commitment = commitment
        offer(self, pool=pools)
        if not commitment.is_in_numbers:
            for name in ("pool", "is_alone", "no_pool_because"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where nobody is compared with, and for one way to choose the days."""
        answers = super().clean() or {}
        because = answers.get("no_pool_because", "").strip()
        if answers.get("is_alone") and not because:
            self.add_error("no_pool_because", "Say why there is no comparator.")
        if because and not answers.get("is_alone"):
            self.add_error("is_alone", "Tick this too, for then added value can never be shown.")
        if answers.get("every") and answers.get("looks_on"):
            self.add_error("every", "Choose every so many months, or days. Not both.")
        return answers

    def agreed(self) -> Judging:
        """Return what was answered; every so many months becomes days."""
        answers, commitment = self.cleaned_data, self.commitment
        days = answers["looks_on"] or every_so_many_months(
            answers["every"] or 0, starts_on=commitment.starts_on, due_on=commitment.due_on
        )
        return Judging(
            pool=answers.get("pool"),
            no_pool_because=answers.get("no_pool_because", "").strip(),
            looks_on=[day.isoformat() for day in days] or None,
        )


class ConsequenceForm(forms.Form):
    """What follows if it is not met."""

    follows = forms.ChoiceField(
        label="What follows if it is not met?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Not agreed"), *((c.value, c.words) for c in Consequence)],
    )
    payment_share = forms.DecimalField(
        label="Which share of the payment?",
        required=False,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "size": "5"}),
        help_text="In per cent. Only where a share is kept back.",
    )
    payment_pounds = PoundsField(
        label="How much?", required=False, help_text="Only where an amount is kept back."
    )
    consequence = forms.CharField(
        label="In words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Who does what by when. For example, a plan within 30 days.",
    )

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        super().__init__(
            data, initial={name: getattr(commitment, name) for name in self.base_fields}
        )

    def agreed(self) -> Consequences:
        """Return what was answered."""
        return Consequences(**self.cleaned_data)


class AdditionalForm(forms.Form):
    """What is contracted though nobody promised it."""

    for_whom = forms.CharField(label="For whom?", max_length=160)
    what_changes = forms.CharField(label="What changes for them?", max_length=240)
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
        help_text="Only where numbers show it.",
    )
    baseline = NumberField(label="Where does it stand now?", required=False)
    alternative = NumberField(label="Where would the alternative be?", required=False)
    target = NumberField(label="Target", required=False)
    starts_on = DayField(label="From")
    due_on = DayField(label="By")

    def __init__(
        self,
        data: Any = None,
        *,
        measures: QuerySet[Measure],
        commitment: Commitment | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        held = initial or {}
        if commitment:
            held = {name: getattr(commitment, name) for name in self.base_fields}
        super().__init__(data, initial=held)
        offer(self, measure=measures)

    def terms(self) -> AdditionalTerms:
        """Return what was answered."""
        answers = self.cleaned_data | {"how_known": HowKnown(self.cleaned_data["how_known"])}
        return AdditionalTerms(**answers)


def _write_step(day: date, target: float) -> str:
    return f"{write_day(day)}: {target:.15g}"


def _halfway(commitment: Commitment) -> str:
    """Return what a step is, with the one that lies halfway for an example."""
    said = "One step a line: a day, a colon, and how far by then."
    if commitment.baseline is None or commitment.target is None:
        return said
    day = commitment.starts_on + (commitment.due_on - commitment.starts_on) / 2
    middle = round((commitment.baseline + commitment.target) / 2, 6)
    return f"{said} Halfway from what was agreed would be {_write_step(day, middle)}"
