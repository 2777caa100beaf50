"""What is asked of those who decide, draft and sign."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from makegood.articulate.models import Promise
from makegood.contract.actions import Terms
from makegood.contract.states import Fate, Outcome, Part
from makegood.kernel.answers import DayField, NumberField, PoundsField, offer
from makegood.measures.models import Pool
from makegood.people.models import Organisation


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
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        offer(self, assessor=assessors)


class PoolField(forms.ModelChoiceField):
    """Pools, each with who keeps it."""

    def label_from_instance(self, obj: Pool) -> str:
        return f"{obj.name}, kept by {obj.keeper}"


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
    starts_on = DayField(label="From")
    due_on = DayField(label="By")
    pool = PoolField(
        label="Who is it compared with?",
        queryset=None,
        to_field_name="reference",
        required=False,
        empty_label="Nobody: added value cannot be claimed",
        help_text="The pool of comparators both sides agree on now, before anything happens.",
    )
    evidence_required = forms.CharField(
        label="Evidence the provider gives",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consequence = forms.CharField(
        label="What follows if it is not delivered?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, promise: Promise, pools: QuerySet[Pool]) -> None:
        super().__init__(data, initial=_held(promise))
        offer(self, pool=pools)
        if promise.measure is None:
            for name in ("baseline", "alternative", "target", "pool"):
                del self.fields[name]

    def terms(self) -> Terms:
        """Return what was answered as the terms of a commitment."""
        answers = {name: self.cleaned_data.get(name) for name in Terms.__dataclass_fields__}
        return Terms(**cast("dict[str, Any]", answers))


class SignForm(forms.Form):
    """Asked of whoever signs."""

    agrees = forms.BooleanField(
        label="I have read every commitment, and I may sign for my organisation",
        error_messages={"required": "Tick the box to sign."},
    )

    terms_read = forms.CharField(widget=forms.HiddenInput, max_length=64)


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
    names = ("baseline", "alternative", "target", "starts_on", "due_on")
    held: dict[str, object] = {name: getattr(source, name) for name in names}
    for name in ("pool", "evidence_required", "consequence"):
        held[name] = getattr(source, name, None)
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
