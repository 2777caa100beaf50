"""How lists about several rooms are narrowed."""

from django import forms

from makegood.contract.queries import Share
from makegood.people.queries import organisations
from makegood.people.states import Kind
from makegood.web.queries.promises import ANY_LOSS


class PromiseFilter(forms.Form):
    """Narrows the list of promises."""

    q = forms.CharField(label="Words", required=False)
    share = forms.ChoiceField(
        label="What became of it",
        required=False,
        choices=[
            ("", "Anything"),
            (ANY_LOSS, "Lost: not contracted, or never signed"),
            *((share.name.lower(), share.value.capitalize()) for share in Share),
        ],
    )
    provider = forms.ModelChoiceField(
        label="Provider",
        required=False,
        queryset=organisations().filter(kind=Kind.PROVIDER),
        to_field_name="slug",
        empty_label="Any provider",
    )
