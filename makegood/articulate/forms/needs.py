"""What is asked of those who write needs."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.forms.long_answers import words
from makegood.articulate.models import Programme
from makegood.kernel.answers import offer
from makegood.people.models import Organisation


class NeedWordsForm(forms.Form):
    """What a need says."""

    title = forms.CharField(
        label="What is needed?", max_length=160, help_text="For example, Home care in the valley."
    )
    description = words("Say more", hint="Who is it for, where, and what matters most?", rows=5)
    alternative = words(
        "What happens otherwise?",
        hint="Say what you would do without a new provider, and how well it works now.",
    )


class NeedForm(NeedWordsForm):
    """A need, whose it is, and what it says."""

    programme = forms.ModelChoiceField(
        label="Programme", queryset=None, to_field_name="slug", empty_label="Choose one"
    )
    commissioner = forms.ModelChoiceField(
        label="Who buys the service?", queryset=None, to_field_name="slug", empty_label="Choose one"
    )

    field_order = ("programme", "commissioner", "title", "description", "alternative")

    def __init__(
        self,
        data: Any = None,
        *,
        programmes: QuerySet[Programme],
        commissioners: QuerySet[Organisation],
    ) -> None:
        super().__init__(data)
        offer(self, programme=programmes, commissioner=commissioners)
