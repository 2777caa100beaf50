"""What a group in formation answers, and whoever advises it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from makegood.kernel.answers import DayField, offer, offer_choices
from makegood.people.actions import FounderSaid, Registered
from makegood.people.description_forms import IN_WORDS, legal_form_choices, register_choices
from makegood.people.legal_forms import GUIDES, Guide
from makegood.people.models import Organisation, Person
from makegood.people.states import LEGAL_FORMS, LegalForm, ShownTo


def aim_choices() -> list[Any]:
    """Return the legal forms that a group may aim at, in their groups: those we can guide to."""
    found = [
        (group, [(form.value, GUIDES[form].title) for form in held if form in GUIDES])
        for group, held in LEGAL_FORMS.items()
    ]
    return [("", "We do not know yet"), *((group, held) for group, held in found if held)]


def registered_choices() -> list[Any]:
    """Return the legal forms that a group can have become."""
    first, *groups = legal_form_choices(empty="Choose one")
    return [
        first,
        *(
            (group, [each for each in held if each[0] != LegalForm.IN_FORMATION])
            for group, held in groups
        ),
    ]


class PlanForm(forms.Form):
    """Where a group comes from, and what it aims at."""

    parent_name = forms.CharField(
        label="Which body do you come out of, if any?",
        required=False,
        max_length=160,
        help_text="For example, the trust or council you work for now. Everyone can read this.",
    )
    aims_at = forms.ChoiceField(
        label="Which legal form do you aim at?",
        required=False,
        help_text="You can change it at any time. Steps you took stay.",
        choices=aim_choices(),
    )


class StepForm(forms.Form):
    """The day a step was done, and what is to be known of it."""

    done_on = DayField(
        label="On which day was it done?",
        required=False,
        help_text="Leave it empty while it is not done. For example, 1 4 2027.",
    )
    note = forms.CharField(
        label="What do you want to remember?",
        required=False,
        max_length=2000,
        help_text="Members of your group and your adviser read this. "
        "So do founders who wrote of themselves, after they left too.",
        widget=IN_WORDS,
    )


class FounderForm(forms.Form):
    """One founder."""

    name = forms.CharField(
        label="Name or role",
        max_length=120,
        help_text="For example, Ann, or the ward’s occupational therapist.",
    )
    is_me = forms.BooleanField(
        label="This is me: show it among my data, and erase it with my account", required=False
    )
    skills = forms.CharField(
        label="What can they do?",
        required=False,
        max_length=1000,
        help_text="For example, keeping accounts, running a ward, British Sign Language.",
        widget=IN_WORDS,
    )
    aspirations = forms.CharField(
        label="What do they hope for?",
        required=False,
        max_length=1000,
        help_text="For example, to lead a team, to have time for each person.",
        widget=IN_WORDS,
    )
    shown_to = forms.ChoiceField(
        label="Who may see this?",
        widget=forms.RadioSelect,
        help_text="Ask them first.",
        choices=[
            (ShownTo.MEMBERS, "Only members of your group, and your adviser"),
            (ShownTo.SIGNED_IN, "Whoever is signed in"),
            (ShownTo.EVERYONE, "Everyone"),
        ],
    )

    def said(self) -> FounderSaid:
        """Return what was answered."""
        return FounderSaid(**self.cleaned_data)


class AskForAdviserForm(forms.Form):
    """Which support unit is asked for an adviser, and what for."""

    unit: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Whom do you ask?",
        queryset=None,
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What do you want help with?",
        required=False,
        max_length=2000,
        help_text="Those who advise there read this.",
        widget=IN_WORDS,
    )

    def __init__(self, data: Any = None, *, units: QuerySet[Organisation]) -> None:
        super().__init__(data, initial={"unit": _the_only(units, by="slug")})
        offer(self, unit=units)


class TakeAdviceForm(forms.Form):
    """Who advises a group."""

    adviser: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Who advises them?",
        queryset=None,
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, advisers: QuerySet[Person]) -> None:
        super().__init__(data, initial={"adviser": _the_only(advisers, by="public_id")})
        offer(self, adviser=advisers)


class AdviceForm(forms.Form):
    """What an adviser suggests."""

    step = forms.ChoiceField(label="To which step?", required=False)
    words = forms.CharField(
        label="What do you suggest?",
        max_length=2000,
        help_text="Members of the group read this. "
        "So do founders who wrote of themselves, after they left too.",
        widget=IN_WORDS,
    )

    def __init__(self, data: Any = None, *, guide: Guide | None, step: str = "") -> None:
        super().__init__(data, initial={"step": step})
        steps = [(each.key, each.title) for each in (guide.steps if guide else ())]
        offer_choices(self, "step", [("", "To all of it"), *steps])


class RegisteredForm(forms.Form):
    """What a group became."""

    legal_form = forms.ChoiceField(
        label="Which legal form have you now?", choices=registered_choices()
    )
    registered_on = DayField(
        label="Since which day?", help_text="As the register says. For example, 1 4 2027."
    )
    scheme = forms.ChoiceField(
        label="In which register?", required=False, choices=register_choices()
    )
    number = forms.CharField(
        label="Your number there",
        required=False,
        max_length=80,
        help_text="For another register, write its org-id.guide code first, like NL-KVK-27264198.",
        widget=forms.TextInput({"class": "govuk-input--width-20", "spellcheck": "false"}),
    )
    why_no_number = forms.CharField(
        label="If there is no number, why?",
        required=False,
        max_length=500,
        help_text="For example, an association is in no register. Everyone can read this.",
    )

    def clean(self) -> dict[str, Any]:
        """Let a number come with its register."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("number") and not answers.get("scheme"):
            self.add_error("scheme", "Choose the register that gave you the number.")
        return answers

    def registered(self) -> Registered:
        """Return what was answered."""
        return Registered(**self.cleaned_data)


def _the_only(found: QuerySet[Any], *, by: str) -> object:
    """Return the key of the only choice there is, so that nobody chooses between one; else nothing."""
    first = list(found.values_list(by, flat=True)[:2])
    return first[0] if len(first) == 1 else None
