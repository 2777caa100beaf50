"""How lists about several rooms are narrowed."""

from typing import Any

from django import forms

from makegood.articulate.queries import aims, codes_to_seek
from makegood.people.queries import organisations
from makegood.people.states import Kind
from makegood.web.queries.gap import Step


class PromiseFilter(forms.Form):
    """Narrows the list of promises."""

    q = forms.CharField(label="Words", required=False)
    step = forms.ChoiceField(
        label="How far it got",
        required=False,
        error_messages={"invalid_choice": "Choose one of the answers in the list."},
        choices=[("", "Any"), *((step.value, step.words) for step in Step)],
    )
    provider = forms.ModelChoiceField(
        label="Provider",
        required=False,
        queryset=organisations().filter(kind=Kind.PROVIDER),
        to_field_name="slug",
        empty_label="Any provider",
        error_messages={"invalid_choice": "Choose a provider in the list."},
    )
    commissioner = forms.ModelChoiceField(
        label="Commissioner",
        required=False,
        queryset=organisations().filter(kind=Kind.COMMISSIONER),
        to_field_name="slug",
        empty_label="Any commissioner",
        error_messages={"invalid_choice": "Choose a commissioner in the list."},
    )

    aim = forms.ModelChoiceField(
        label="Aim",
        required=False,
        queryset=aims(),
        to_field_name="reference",
        empty_label="Any aim",
        error_messages={"invalid_choice": "Choose an aim in the list."},
    )
    code = forms.ChoiceField(
        label="Code of a framework",
        required=False,
        error_messages={"invalid_choice": "Choose one of the answers in the list."},
        choices=[("", "Any"), *codes_to_seek()],
    )

    def wanted(self) -> dict[str, Any]:
        """Return what is sought, by the names the search knows."""
        answers = self.cleaned_data
        names = ("step", "provider", "commissioner", "aim", "code")
        return {"text": answers["q"]} | {name: answers[name] for name in names}


class DemoSignInForm(forms.Form):
    """Whom to be in the demonstration, and for which organisation."""

    person = forms.UUIDField()
    organisation = forms.SlugField(required=False)


class EraseForm(forms.Form):
    """Asked of whoever wants to be erased."""

    agrees = forms.BooleanField(
        label="I have read what goes and what stays. Nobody can bring it back",
        error_messages={"required": "Tick the box to be erased."},
    )
