"""What is asked of those who ask and answer, and of those who invite."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.articulate.forms.long_answers import words
from makegood.kernel.answers import offer
from makegood.people.models import Organisation


class QuestionForm(forms.Form):
    """A question about a need."""

    words = words(
        "Your question",
        hint="Leave out names, and whatever would tell who you are. Nobody is shown who asked.",
        max_length=2000,
    )
    provider = forms.ModelChoiceField(
        label="For whom do you ask?",
        queryset=None,
        to_field_name="slug",
        empty_label=None,
        help_text="It is kept for an audit, and shown to nobody.",
    )

    def __init__(self, data: Any = None, *, providers: QuerySet[Organisation]) -> None:
        super().__init__(data)
        offer(self, provider=providers)


class AnswerForm(forms.Form):
    """An answer, and a shorter wording of the question."""

    answer = words("The answer", required=False, rows=6)
    shown = words(
        "A shorter wording of the question",
        hint="Use it to take out names, or what tells who asked. It is marked as shortened.",
        max_length=2000,
        required=False,
        rows=3,
    )


class DeclineForm(forms.Form):
    """Why a question is not answered."""

    reason = words(
        "Why do you not answer?", hint="Everyone can read this.", max_length=1000, rows=3
    )


class InviteAddressForm(forms.Form):
    """An address that is invited to propose."""

    email = forms.EmailField(
        label="Invite by e-mail",
        max_length=254,
        help_text="For a provider that is not here yet. They register, and then propose.",
    )
