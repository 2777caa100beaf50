"""What is asked of assessors, and of providers who reply."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.assess.actions import Judgement
from makegood.assess.states import SAID, SAYS_NOTHING, Conclusion
from makegood.capture.models import Story
from makegood.kernel.answers import offer
from makegood.kernel.refusal import Refused


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
    why_otherwise = forms.CharField(
        label="Why do you find so all the same?",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
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
        verdict: str = "",
        wrong: int = 0,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._ask_why_otherwise(verdict=verdict, wrong=wrong)
        if stories is None:
            del self.fields["stories"]
        else:
            offer(self, stories=stories)
            self._show(read)

    def _ask_why_otherwise(self, *, verdict: str, wrong: int) -> None:
        """Ask for it where the numbers say something, or figures were found wrong; say when it is needed."""
        said = []
        if verdict and verdict not in SAYS_NOTHING:
            agreed = " or ".join(f"“{each.value}”" for each in SAID.get(verdict, ()))
            said.append(
                f"The numbers say “{verdict}”. If you find anything but {agreed}, say why here."
            )
        if wrong:
            were = "1 figure was" if wrong == 1 else f"{wrong} figures were"
            said.append(
                f"{were} found wrong and not corrected: say why the finding holds all the same."
            )
        if said:
            self.fields["why_otherwise"].help_text = f"{' '.join(said)} Everyone reads this."
        else:
            del self.fields["why_otherwise"]

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong beside what has to be said."""
        is_why = refused.number == "ASS-07" and "why_otherwise" in self.fields
        self.add_error("why_otherwise" if is_why else None, refused.sentence)

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
            why_otherwise=self.cleaned_data.get("why_otherwise", ""),
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
