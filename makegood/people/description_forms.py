"""What organisations answer about themselves."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from makegood.people.registers import OTHER, REGISTERS
from makegood.people.states import LEGAL_FORMS, OfferKind, OfferSide, ShownTo

IN_WORDS = forms.Textarea(attrs={"rows": 3})


def legal_form_choices(*, empty: str) -> list[Any]:
    """Return the legal forms in their groups, after the choice of none."""
    groups = [
        (group, [(form.value, form.value[:1].upper() + form.value[1:]) for form in forms])
        for group, forms in LEGAL_FORMS.items()
    ]
    return [("", empty), *groups]


def register_choices() -> list[tuple[str, str]]:
    """Return the registers by what people call them, and a way to name another."""
    known = [(each.code, f"{each.name}, like {each.examples[0]}") for each in REGISTERS.values()]
    return [("", "Choose one"), *known, (OTHER, "Another register")]


class WebsiteField(forms.URLField):
    """A web address that a browser opens."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class OrganisationWordsForm(forms.Form):
    """What an organisation is."""

    name = forms.CharField(label="Name", max_length=160)
    legal_form = forms.ChoiceField(
        label="Legal form", required=False, choices=legal_form_choices(empty="Not said")
    )
    summary = forms.CharField(
        label="What does it do?",
        required=False,
        max_length=2000,
        help_text="One or two sentences. Everyone can read this.",
        widget=IN_WORDS,
    )
    website = WebsiteField(
        label="Website",
        required=False,
        assume_scheme="https",
        help_text="For example, https://www.example.org.",
        error_messages={"invalid": "Write a web address, like https://www.example.org."},
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "url"}),
    )


class IdentifierForm(forms.Form):
    """A number, and the register it stands in."""

    scheme = forms.ChoiceField(label="Register", choices=register_choices())
    value = forms.CharField(
        label="Number",
        max_length=80,
        help_text="For another register, write its org-id.guide code first, like NL-KVK-27264198.",
        widget=forms.TextInput({"class": "govuk-input--width-20", "spellcheck": "false"}),
    )
    is_parents = forms.BooleanField(
        label="This is the number of the larger body we are part of", required=False
    )


class ContactForm(forms.Form):
    """Whom to reach, and who may see it."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="A person or a desk, like Front desk."
    )
    job = forms.CharField(label="What do they do?", max_length=120, required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    telephone = forms.RegexField(
        label="Telephone",
        required=False,
        max_length=40,
        regex=r"^[0-9+() -]*[0-9][0-9+() -]*( ?(ext|x)\.? ?[0-9]+)?$",
        error_messages={"invalid": "Write a telephone number, like 01632 960 001."},
        widget=forms.TextInput({"inputmode": "tel", "class": "govuk-input--width-20"}),
    )
    shown_to = forms.ChoiceField(
        label="Who may see this?",
        widget=forms.RadioSelect,
        choices=[
            (ShownTo.EVERYONE, "Everyone"),
            (ShownTo.SIGNED_IN, "Whoever is signed in"),
            (ShownTo.MEMBERS, "Only members of your organisation"),
        ],
    )


class OfferForm(forms.Form):
    """One thing offered or needed."""

    side = forms.ChoiceField(
        label="Do you offer it or need it?",
        widget=forms.RadioSelect,
        choices=[(OfferSide.OFFER, "We offer it"), (OfferSide.NEED, "We need it")],
    )
    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[
            (OfferKind.SKILL, "A skill: something learned, like keeping accounts"),
            (OfferKind.TALENT, "A talent: something people are good at, like speaking up"),
            (OfferKind.ASPIRATION, "An aspiration: something to try, like running a café"),
            (OfferKind.PLACE, "A place, like a room with level access"),
            (OfferKind.MONEY, "Money"),
            (OfferKind.KNOWLEDGE, "Knowledge, like how a tender works"),
        ],
    )
    words = forms.CharField(
        label="Say it in your own words",
        max_length=300,
        help_text="For example, a hall for 40 people on weekday mornings.",
    )
