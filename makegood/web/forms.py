"""How lists about several rooms are narrowed."""

from django import forms

from makegood.people.queries import organisations
from makegood.people.states import Kind
from makegood.web.queries.gap import Step


class PromiseFilter(forms.Form):
    """Narrows the list of promises."""

    q = forms.CharField(label="Words", required=False)
    step = forms.ChoiceField(
        label="How far it got",
        required=False,
        choices=[("", "Any"), *((step.value, step.words) for step in Step)],
    )
    provider = forms.ModelChoiceField(
        label="Provider",
        required=False,
        queryset=organisations().filter(kind=Kind.PROVIDER),
        to_field_name="slug",
        empty_label="Any provider",
    )
    commissioner = forms.ModelChoiceField(
        label="Commissioner",
        required=False,
        queryset=organisations().filter(kind=Kind.COMMISSIONER),
        to_field_name="slug",
        empty_label="Any commissioner",
    )
