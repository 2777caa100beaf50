"""What is asked of those who decide, draft and sign."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.models import Promise
from makegood.contract.actions import Terms
from makegood.contract.queries import Offered
from makegood.contract.states import Fate, Outcome, Part, Whom
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer
from makegood.people.models import Organisation

JUDGED = ("pool", "no_pool_because", "evidence_required", "consequence")
"""What is agreed of a commitment on pages of its own, and stays when its terms are changed."""
_WHOM = [(whom.value, f"For {whom.value}") for whom in Whom]


class DecisionForm(forms.Form):
    """A decision on a proposal."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[
            (Outcome.APPROVED, "Approve, and go on to a contract"),
            (Outcome.DECLINED, "Decline"),
        ],
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="The provider reads these. If you approve, everyone does.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ContractForm(forms.Form):
    """The frame of a contract."""

    assessor = forms.ModelChoiceField(
        label="Who will judge the evidence?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
        help_text="Someone who is not a party to the contract.",
    )
    starts_on = DayField(label="Starts on")
    ends_on = DayField(label="Ends on")
    value = PoundsField(label="Value of the contract", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        assessors: QuerySet[Organisation],
        offered: Offered,
        initial: dict[str, Any] | None = None,
    ) -> None:
        proposed = {name: getattr(offered, name) for name in ("starts_on", "ends_on", "value")}
        super().__init__(data, initial=proposed if initial is None else initial)
        offer(self, assessor=assessors)
        self.fields["starts_on"].help_text = self._said_of(
            offered.starts_on, "The first promise begins"
        )
        self.fields["ends_on"].help_text = self._said_of(offered.ends_on, "The last promise is due")
        self.fields["value"].help_text = offered.price_in_words

    def _said_of(self, day: date | None, words: str) -> str:
        return f"{words} on {day:%-d %B %Y}." if day else ""


class DispositionForm(forms.Form):
    """What becomes of one promise."""

    fate = forms.ChoiceField(
        label="What becomes of this promise?",
        widget=forms.RadioSelect,
        choices=[
            (Fate.AS_PROMISED, "It is contracted as promised"),
            (Fate.CHANGED, "It is contracted, but changed"),
            (Fate.NOT_CONTRACTED, "It is not contracted"),
        ],
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        help_text="Needed if it is changed or not contracted. Everyone can read it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    baseline = NumberField(label="Where it stands now", required=False)
    alternative = NumberField(label="Where the alternative would be", required=False)
    target = NumberField(label="Target", required=False)
    starts_on = DayField(label="From", required=False)
    due_on = DayField(label="By", required=False)
    for_whom = forms.CharField(label="For whom?", max_length=160, required=False)
    whom = forms.ChoiceField(
        label="If it is for others than promised: for whom?",
        required=False,
        choices=[("", "It is for those to whom it was promised"), *_WHOM],
    )
    takes_newest = forms.BooleanField(
        label="Measure it by the newest words of the measure",
        required=False,
        help_text="They were revised since it was promised. Read both first.",
    )

    def __init__(self, data: Any = None, *, promise: Promise) -> None:
        super().__init__(data, initial=_held(promise))
        self.promise = promise
        if promise.measure is None:
            for name in ("baseline", "alternative", "target"):
                del self.fields[name]
        if not promise.has_newer_words:
            del self.fields["takes_newest"]

    def terms(self) -> Terms:
        """Return what was answered, and what is agreed already of how it is judged.

        What is contracted as promised is as the promise says, whatever stands in the other boxes.
        """
        promised, held = Terms.of(self.promise), getattr(self.promise, "commitment", None)
        judged = {name: getattr(held, name) for name in JUDGED} if held else {}
        answers = {name: self.cleaned_data[name] for name in self._answered()}
        if self.cleaned_data["fate"] == Fate.AS_PROMISED and not set(answers) & set(
            self.changed_data
        ):
            answers = {}
        return replace(promised, **judged, **answers)

    def _answered(self) -> list[str]:
        """Return which terms were asked and answered; of figures, an empty box is an answer too."""
        figures = ("baseline", "alternative", "target")
        return [
            name
            for name in Terms.__dataclass_fields__
            if name in self.fields
            and ((name in figures and name in self.data) or self.cleaned_data[name])
        ]


class ReopenForm(forms.Form):
    """Asked of whoever goes back to drafting."""

    reason = forms.CharField(
        label="Why does it go back to drafting?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _held(promise: Promise) -> dict[str, object]:
    """Return what is agreed so far, or what was promised."""
    disposition = getattr(promise, "disposition", None)
    source = getattr(promise, "commitment", None) or promise
    names = ("baseline", "alternative", "target", "starts_on", "due_on", "for_whom")
    held: dict[str, object] = {name: getattr(source, name) for name in names}
    held["whom"] = getattr(source, "whom", "")
    held["takes_newest"] = source.measure_version_id != promise.measure_version_id
    if disposition:
        held |= {"fate": disposition.fate, "reason": disposition.reason}
    return held


class WithholdForm(forms.Form):
    """Asked of whoever withholds a part of a contract."""

    part = forms.ChoiceField(
        label="What is withheld?",
        widget=forms.RadioSelect,
        choices=[(part.value, part.words.capitalize()) for part in Part],
    )
    reason = forms.CharField(
        label="Why?",
        max_length=1000,
        help_text="Everyone can read this. Name the exemption if there is one.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until_on = DayField(
        label="Until when?", help_text="On this day it is shown again. For example, 1 4 2027."
    )
