"""What is asked of those who tell, and of those who ask for stories."""

from django import forms

from makegood.capture.states import Consent, ToldAs
from makegood.kernel.answers import offer_choices


class StoryLinkForm(forms.Form):
    """A new address for stories."""

    label = forms.CharField(
        label="What is this link for?",
        max_length=120,
        help_text="For example, Poster in the day centre. People see it at the top of the page.",
    )


class ConsentForm(forms.Form):
    """Who may read a story."""

    consent = forms.ChoiceField(
        label="Who may read your words?",
        widget=forms.RadioSelect,
        choices=[(c, c.words) for c in Consent],
    )

    def without_name(self) -> None:
        """Leave out what needs a name, for a story told without one."""
        unnamed = [(c.value, c.words) for c in Consent if c is not Consent.NAMED]
        offer_choices(self, "consent", unnamed)


class StoryForm(ConsentForm):
    """A person's story."""

    words = forms.CharField(
        label="What changed for you?",
        max_length=5000,
        help_text="Good or bad. Please leave out other people’s names.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    told_as = forms.ChoiceField(
        label="Who are you?",
        widget=forms.RadioSelect,
        choices=[(t, t.words) for t in ToldAs],
    )
    first_name = forms.CharField(
        label="Your first name",
        required=False,
        max_length=60,
        help_text="Only if it may be shown with your words.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    field_order = ("words", "told_as", "consent", "first_name", "key")
