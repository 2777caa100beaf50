"""What is asked of whoever hands a contract in force to another provider, or answers that."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.contract.actions import HandoverTerms
from makegood.contract.models import Handover
from makegood.contract.states import HandoverGround
from makegood.kernel.answers import DayField, offer
from makegood.people.models import Organisation


class HandoverForm(forms.Form):
    """Who takes over, on what ground, why, and from when."""

    successor = forms.ModelChoiceField(
        label="Who takes over?",
        queryset=None,
        to_field_name="slug",
        empty_label="Choose one",
        help_text="It needs a page here. If it has none, it registers first.",
    )
    ground = forms.ChoiceField(
        label="On what ground?",
        widget=forms.RadioSelect,
        choices=[(ground.value, ground.words) for ground in HandoverGround],
    )
    reason = forms.CharField(
        label="Why does another organisation take over?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Those who are asked to sign read it now. Once it is in force, everyone can.",
    )
    from_on = DayField(
        label="From which day does it deliver?",
        help_text="Until that day, and until all have signed, the provider goes on as before.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        successors: QuerySet[Organisation],
        handover: Handover | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        held = initial or {}
        if handover:
            held = {name: getattr(handover, name) for name in self.base_fields}
        super().__init__(data, initial=held)
        offer(self, successor=successors)

    def terms(self) -> HandoverTerms:
        """Return what was answered."""
        answers = self.cleaned_data
        return HandoverTerms(**answers | {"ground": HandoverGround(answers["ground"])})


class AnswerHandoverForm(forms.Form):
    """Asked of whoever declines a handover."""

    words = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The others who were to sign read it.",
    )
