"""What an owner answers who closes an organisation."""

from django import forms

from makegood.kernel.answers import DayField
from makegood.people.description_forms import IN_WORDS


class ClosingForm(forms.Form):
    """The day it closed, and why."""

    closed_on = DayField(label="On which day did it close?")
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="One or two sentences. Everyone can read this.",
        widget=IN_WORDS,
    )
