"""What people answer about themselves and their organisations."""

from typing import Any

from django import forms
from django.http import HttpRequest

from makegood.people.actions import name_person
from makegood.people.description_forms import legal_form_choices
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind, Role


class NameForm(forms.Form):
    """Asked beside e-mail and password when somebody makes an account."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="Shown to people you work with here.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the name on the account allauth has just made."""
        name_person(user, name=self.cleaned_data["name"])


class OrganisationForm(forms.Form):
    """Registers an organisation."""

    name = forms.CharField(label="Name of the organisation", max_length=160)
    kind = forms.ChoiceField(
        label="What is it here to do?",
        widget=forms.RadioSelect,
        choices=[
            (Kind.PROVIDER, "Provide a service"),
            (Kind.COMMISSIONER, "Buy services for the public"),
            (Kind.SUPPORT_UNIT, "Run a programme"),
            (Kind.ASSESSOR, "Assess evidence"),
        ],
    )
    legal_form = forms.ChoiceField(
        label="Legal form",
        required=False,
        choices=legal_form_choices(empty="Choose one"),
    )
    summary = forms.CharField(
        label="What does it do?",
        required=False,
        max_length=2000,
        help_text="One or two sentences. Everyone can read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MemberForm(forms.Form):
    """Gives a person a role."""

    email = forms.EmailField(label="Their e-mail address")
    role = forms.ChoiceField(
        label="What may they do?",
        widget=forms.RadioSelect,
        choices=[
            (Role.OWNER, "Everything, and add members"),
            (Role.EDITOR, "Write and record"),
            (Role.RECORDER, "Record what happened"),
            (Role.SIGNATORY, "Sign contracts"),
            (Role.ASSESSOR, "Assess evidence"),
            (Role.READER, "Read"),
        ],
    )


class HatForm(forms.Form):
    """Which organisation to act for."""

    organisation = forms.ChoiceField(
        label="Which organisation are you here for?", widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, hats: list[Organisation]) -> None:
        super().__init__(data)
        choices = [(hat.slug, str(hat)) for hat in hats]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
