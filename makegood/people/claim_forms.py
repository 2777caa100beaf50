"""What somebody answers who claims an organisation, and whoever decides on it."""

from typing import Any

from django import forms

from makegood.people.actions import Shown, accept_claim, decline_claim
from makegood.people.description_forms import IN_WORDS, WebsiteField
from makegood.people.models import Claim, Person

ACCEPT, DECLINE = "accept", "decline"


class ClaimForm(forms.Form):
    """What somebody shows for a claim."""

    position = forms.CharField(
        label="What are you to this organisation?",
        max_length=160,
        help_text="For example, its manager, or a trustee.",
    )
    link = WebsiteField(
        label="A public register that names you",
        required=False,
        assume_scheme="https",
        help_text="The address of the page, for example at Companies House or the Charity Commission.",
        error_messages={"invalid": "Write a web address, like https://www.example.org."},
        widget=forms.TextInput({"inputmode": "url"}),
    )
    words = forms.CharField(
        label="How else can we know?",
        required=False,
        max_length=2000,
        help_text="In your own words. Only whoever decides reads this.",
        widget=IN_WORDS,
    )

    def shown(self) -> Shown:
        """Return what was answered."""
        return Shown(**self.cleaned_data)


class ClaimDecisionForm(forms.Form):
    """Whether a claim is accepted, and why."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[
            (ACCEPT, "It is theirs: they become an owner"),
            (DECLINE, "It is not shown to be theirs"),
        ],
    )
    replaces = forms.BooleanField(
        label="If it is theirs, everyone who belongs to it now leaves", required=False
    )
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="Whoever claims it gets this by e-mail.",
        widget=IN_WORDS,
    )

    def __init__(self, data: Any = None, *, claim: Claim, is_contested: bool) -> None:
        super().__init__(data)
        if not is_contested:
            del self.fields["replaces"]
        self.claim = claim

    def decide(self, *, by: Person) -> Claim:
        """Decide as was answered."""
        answers = self.cleaned_data
        reason, replaces = answers["reason"], bool(answers.get("replaces"))
        if answers["decision"] == ACCEPT:
            return accept_claim(self.claim, reason=reason, replaces=replaces, by=by)
        return decline_claim(self.claim, reason=reason, by=by)
