"""What is asked of assessors, and of providers who reply."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.assess.actions import Judgement
from makegood.assess.states import Conclusion
from makegood.capture.models import Story
from makegood.kernel.answers import offer


class FindingForm(forms.Form):
    """A finding: what the evidence shows, why, and which stories it rests on."""

    conclusion = forms.ChoiceField(
        label="What do you find?",
        widget=forms.RadioSelect,
        choices=[(c, c.value.capitalize()) for c in Conclusion],
    )
    reasons = forms.CharField(
        label="Reasons",
        max_length=6000,
        help_text="In plain words. Say what counted, and what did not.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    stories = forms.ModelMultipleChoiceField(
        label="Stories it rests on",
        queryset=None,
        required=False,
        to_field_name="reference",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        stories: QuerySet[Story] | None,
        read: Sequence[str] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        if stories is None:
            del self.fields["stories"]
        else:
            offer(self, stories=stories)
            self._show(read)

    def _show(self, read: Sequence[str]) -> None:
        """Show the stories that are read beside the form, and those that were chosen before."""
        chosen = self["stories"].value() or ()
        shown = dict.fromkeys([*read, *map(str, chosen)])
        widget = self.fields["stories"].widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            widget.choices = [(each, each) for each in shown]

    def judgement(self) -> Judgement:
        """Return what was answered."""
        return Judgement(
            conclusion=Conclusion(self.cleaned_data["conclusion"]),
            reasons=self.cleaned_data["reasons"],
            stories=list(self.cleaned_data.get("stories", ())),
        )


class ReplyForm(forms.Form):
    """A provider's reply to a finding."""

    words = forms.CharField(
        label="Your reply",
        max_length=6000,
        help_text="It is published beside the finding, as you write it.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
