"""What people answer about themselves and their organisations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from makegood.kernel.answers import DayField, PoundsField, offer, offer_choices
from makegood.kernel.refusal import with_article
from makegood.people.actions import name_person
from makegood.people.description_forms import legal_form_choices
from makegood.people.legal_forms import GUIDES
from makegood.people.likeness import likeness
from makegood.people.models import Organisation, Person
from makegood.people.states import (
    RIGHTS,
    ROLES,
    Appointment,
    HowOften,
    Kind,
    LegalForm,
    Right,
    Role,
)

CAN = {
    Role.OWNER: "Everything, and say who belongs (owner)",
    Role.EDITOR: "Write, decide and record (editor)",
    Role.RECORDER: "Record what happened (recorder)",
    Role.SIGNATORY: "Sign contracts (signatory)",
    Role.ASSESSOR: "Assess evidence (assessor)",
    Role.REVIEWER: "Review applications (reviewer)",
    Role.ADVISER: "Advise organisations (adviser)",
    Role.MODERATOR: "Moderate what is said in public (moderator)",
    Role.ORGANISER: "Arrange events (organiser)",
    Role.AUDITOR: "Read everything, and change nothing (auditor)",
    Role.READER: "Read (reader)",
}
"""What each role lets a person do, as we ask."""


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


START = "start"
"""The choice of those who are not yet an organisation."""


class OrganisationForm(forms.Form):
    """Registers an organisation, or a group that wants to start one."""

    name = forms.CharField(label="Name of the organisation", max_length=160)
    kind = forms.ChoiceField(
        label="What is it here to do?",
        widget=forms.RadioSelect,
        choices=[
            (Kind.PROVIDER, "Provide a service"),
            (START, "Provide a service one day: we want to start one, and are not registered yet"),
            (Kind.COMMISSIONER, "Buy services for the public"),
            (Kind.SUPPORT_UNIT, "Run a programme"),
            (Kind.ASSESSOR, "Assess evidence"),
        ],
    )
    legal_form = forms.ChoiceField(
        label="Legal form",
        required=False,
        help_text="If you want to start one: the form you aim at, if you know.",
        choices=legal_form_choices(empty="Choose one"),
    )
    summary = forms.CharField(
        label="What does it do?",
        required=False,
        max_length=2000,
        help_text="One or two sentences. Everyone can read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a group an aim to which no guide leads, rather than forget it."""
        answers = super().clean() or {}
        aim = answers.get("legal_form")
        if answers.get("kind") == START and aim and aim not in GUIDES:
            ways = ", ".join(GUIDES)
            self.add_error(
                "legal_form",
                f"A group does not begin as {with_article(aim)}. Leave this empty, or choose: {ways}.",
            )
        return answers

    def is_another(self) -> bool:
        """Return whether whoever answers was shown who has such a name already, and means another."""
        return likeness(self.cleaned_data["name"]) == likeness(self.data.get("another", ""))

    def registration(self) -> dict[str, Any]:
        """Return what was answered; a group's legal form is the one it aims at."""
        answers = self.cleaned_data | {"is_another": self.is_another()}
        if answers["kind"] == START:
            answers["aims_at"] = answers["legal_form"]
            answers |= {"kind": Kind.PROVIDER, "legal_form": LegalForm.IN_FORMATION}
        return answers | {"kind": Kind(answers["kind"])}


class AppointmentForm(forms.Form):
    """What somebody is to be in an organisation."""

    role = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect)
    signing_limit = PoundsField(
        label="The most they may sign for",
        required=False,
        help_text="For whoever signs contracts. Empty: whatever the contract is worth.",
    )
    ends_on = DayField(
        label="Until", required=False, help_text="Their last day. Empty: until somebody ends it."
    )

    def __init__(self, *args: Any, kind: Kind, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_choices(self, "role", [(role, CAN[role]) for role in ROLES[kind]])
        if not any(Right.SIGN in RIGHTS[role] for role in ROLES[kind]):
            del self.fields["signing_limit"]

    def appointment(self) -> Appointment:
        """Return what was answered."""
        answers = {name: self.cleaned_data.get(name) for name in ("signing_limit", "ends_on")}
        role = Role(self.cleaned_data["role"])
        stood = answers["signing_limit"] == self.initial.get("signing_limit")
        if stood and Right.SIGN not in RIGHTS[role]:
            answers["signing_limit"] = None  # it came with the role before
        return Appointment(role=role, **answers)


class InvitationForm(AppointmentForm):
    """Asks somebody to join an organisation."""

    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They get a letter with a link. It works for a fortnight.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    bounds = forms.MultipleChoiceField(
        label="In which programmes?",
        required=False,
        help_text="Tick none for all. An owner acts in all.",
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("email", "role", "signing_limit", "bounds", "ends_on")

    def __init__(self, *args: Any, kind: Kind, bounds: Sequence[tuple[str, str]]) -> None:
        super().__init__(*args, kind=kind)
        offer_choices(self, "bounds", bounds)
        if not bounds:
            del self.fields["bounds"]

    def asked(self) -> dict[str, Any]:
        """Return whom to ask, to be what, and where."""
        return {
            "email": self.cleaned_data["email"],
            "appointment": self.appointment(),
            "bounds": self.cleaned_data.get("bounds", []),
        }


class HandOverForm(forms.Form):
    """Who takes over from somebody."""

    successor = forms.ModelChoiceField(
        label="Who takes over?",
        queryset=None,
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, others: QuerySet[Person]) -> None:
        super().__init__(data)
        offer(self, successor=others)


class HatForm(forms.Form):
    """Which organisation to act for."""

    organisation = forms.ChoiceField(
        label="Which organisation are you here for?", widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, hats: list[Organisation]) -> None:
        super().__init__(data)
        offer_choices(self, "organisation", [(hat.slug, str(hat)) for hat in hats])


class NoticesForm(forms.Form):
    """How often somebody wishes to be written to."""

    how_often = forms.ChoiceField(
        label="How often may we write to you about this?",
        widget=forms.RadioSelect,
        choices=[
            (HowOften.AT_ONCE, "At once"),
            (HowOften.DAILY, "Once a day, in the morning"),
            (HowOften.WEEKLY, "Once a week, on Monday morning"),
            (HowOften.NEVER, "Never: I look here"),
        ],
        help_text="Codes, invitations and what concerns your account are always sent.",
    )
