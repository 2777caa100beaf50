"""What is asked of whoever keeps a story in other words."""

from django import forms

from makegood.capture.states import LANGUAGES, MadeBy, VersionKind


class VersionForm(forms.Form):
    """A translation, or Easy Read."""

    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[(k, k.words) for k in VersionKind],
    )
    language = forms.ChoiceField(label="In which language?", choices=list(LANGUAGES.items()))
    made_how = forms.ChoiceField(
        label="Who made it?", widget=forms.RadioSelect, choices=[(m, m.words) for m in MadeBy]
    )
    words = forms.CharField(
        label="The words",
        max_length=8000,
        help_text="Leave out what is left out of the story. Somebody else checks it.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
