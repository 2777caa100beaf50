"""What an organisation answers when it is asked why it wants to be one."""

from typing import Any

from django import forms

from makegood.people.actions import MotivesSaid
from makegood.people.description_forms import IN_WORDS
from makegood.people.models import MotiveAnswer
from makegood.people.states import Motive

MOTIVES = [(motive.value, motive.words) for motive in Motive]


class MotivesForm(forms.Form):
    """Why people want an organisation of their own, whatever its legal form."""

    motives = forms.MultipleChoiceField(
        label="Why do you want an organisation of your own?",
        help_text="Choose all that apply.",
        error_messages={"required": "Choose at least one reason."},
        widget=forms.CheckboxSelectMultiple,
        choices=MOTIVES,
    )
    main = forms.ChoiceField(
        label="Which matters most?",
        required=False,
        help_text="One of those you chose.",
        choices=[("", "None more than the others"), *MOTIVES],
    )
    words = forms.CharField(
        label="In your own words",
        required=False,
        max_length=2000,
        help_text="Only members of your organisation read this.",
        widget=IN_WORDS,
    )

    def said(self) -> MotivesSaid:
        """Return what was answered."""
        answers: dict[str, Any] = self.cleaned_data
        return MotivesSaid(
            motives=[Motive(each) for each in answers["motives"]],
            main=answers["main"],
            words=answers["words"],
        )


def said_before(answer: MotiveAnswer | None) -> dict[str, Any]:
    """Return what an answer says, as the form is filled with it."""
    if answer is None:
        return {}
    named = list(answer.motives.all())
    main = next((each.motive for each in named if each.is_main), "")
    return {"motives": [each.motive for each in named], "main": main, "words": answer.words}
