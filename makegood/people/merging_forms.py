"""What somebody answers about an organisation that is here twice."""

from typing import Any

from django import forms

from makegood.people.actions import Merger
from makegood.people.description_forms import IN_WORDS
from makegood.people.models import Organisation
from makegood.people.succession_forms import OrganisationField

JOIN, LEAVE = "join", "leave"


class DuplicateForm(forms.Form):
    """Which the other one is, and, for whoever decides, how one knows."""

    other = OrganisationField(label="Which is the other one?")
    words = forms.CharField(
        label="How do you know?",
        max_length=2000,
        help_text="Only whoever decides reads this.",
        widget=IN_WORDS,
    )

    def __init__(self, data: Any = None, *, decides: bool) -> None:
        super().__init__(data)
        if decides:
            del self.fields["words"]


class MergingForm(forms.Form):
    """What becomes of the members of the one that goes, how it is known, and that it is meant."""

    members = forms.ChoiceField(
        label="What of those who belong to the one that goes?",
        widget=forms.RadioSelect,
        choices=[
            (JOIN, "They join the one that stays, each in the same role"),
            (LEAVE, "They leave. Owners of the one that stays may invite them"),
        ],
    )
    reason = forms.CharField(
        label="How do you know that they are one?",
        max_length=2000,
        help_text="Everyone can read this.",
        widget=IN_WORDS,
    )
    is_meant = forms.BooleanField(label="I know that this cannot be undone")

    def __init__(self, data: Any = None, *, has_members: bool) -> None:
        super().__init__(data)
        if not has_members:
            del self.fields["members"]

    def merger(self, *, goes: Organisation, stays: Organisation) -> Merger:
        """Return what was decided."""
        return Merger(
            goes=goes,
            stays=stays,
            reason=self.cleaned_data["reason"],
            members_join=self.cleaned_data.get("members") == JOIN,
        )


class LeavingForm(forms.Form):
    """Why two entries are two."""

    reason = forms.CharField(
        label="Why are they two?",
        max_length=2000,
        help_text="Whoever said that they are one reads this.",
        widget=IN_WORDS,
    )
