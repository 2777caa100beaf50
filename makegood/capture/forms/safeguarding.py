"""What is asked of those who answer for safety."""

from typing import Any

from django import forms

from makegood.capture.states import Taken
from makegood.kernel.answers import offer
from makegood.people.models import Person


class NamedPersonForm(forms.Form):
    """Who is told at once."""

    person = forms.ModelChoiceField(
        label="Who is told?",
        queryset=Person.objects.none(),
        to_field_name="public_id",
        help_text="Somebody who knows what to do, and reads e-mail every day.",
    )

    def __init__(self, data: Any = None, *, members: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        offer(self, person=Person.objects.filter(pk__in=members.values("person")).order_by("name"))


class TakenForm(forms.Form):
    """What was done about a concern."""

    taken = forms.ChoiceField(
        label="What did you do?", widget=forms.RadioSelect, choices=[(t, t.words) for t in Taken]
    )
