"""What is asked of those who write proposals, their promises aside."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.forms.long_answers import words
from makegood.articulate.states import ProposalPart
from makegood.kernel.answers import DayField, choose_the_only, offer
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
        choose_the_only(self, "provider")


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
