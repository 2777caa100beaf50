"""What somebody answers about who follows an organisation, and whoever is asked whether it is so."""

from typing import Any

from django import forms

from makegood.kernel.answers import DayField
from makegood.people.actions import Following, confirm_succession, decline_succession
from makegood.people.description_forms import IN_WORDS
from makegood.people.directory import Sought, organisations_found
from makegood.people.models import Organisation, Person, Succession
from makegood.people.queries import organisations_called
from makegood.people.states import Extent

YES, NO = "yes", "no"
LIKE_IT = 4


class OrganisationField(forms.CharField):
    """Another organisation, by its name or the address of its page; clean value is that organisation."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "help_text",
            "Its name as in the directory of organisations, or the address of its page.",
        )
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Organisation | None:
        """Return the organisation, or say which were found instead."""
        text = super().clean(value)
        found = list(organisations_called(text)[:2]) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError(_not_one(text, is_several=bool(found)))
        return found[0] if found else None


class FollowingForm(forms.Form):
    """The other organisation, how much goes on there, since when, and how it came about."""

    other = OrganisationField()
    extent = forms.ChoiceField(
        label="How much of it?",
        widget=forms.RadioSelect,
        choices=[
            (Extent.WHOLE, "All of it, as when one merges into another"),
            (Extent.PART, "A part, as when one takes over a service"),
        ],
    )
    since_on = DayField(label="Since which day?")
    reason = forms.CharField(
        label="How did it come about?",
        max_length=2000,
        help_text="One or two sentences. Everyone can read this once it is confirmed.",
        widget=IN_WORDS,
    )

    def __init__(self, data: Any = None, *, asks: str) -> None:
        super().__init__(data)
        self.fields["other"].label = asks

    def how(self) -> Following:
        """Return what was answered, the organisation aside."""
        return Following(
            extent=Extent(self.cleaned_data["extent"]),
            since_on=self.cleaned_data["since_on"],
            reason=self.cleaned_data["reason"],
        )


class SuccessionAnswerForm(forms.Form):
    """Whether it is so."""

    answer = forms.ChoiceField(
        label="Is that so?",
        widget=forms.RadioSelect,
        choices=[(YES, "Yes. Both pages will say so"), (NO, "No")],
    )

    def settle(self, succession: Succession, *, by: Person) -> Succession:
        """Answer as was chosen."""
        answer = confirm_succession if self.cleaned_data["answer"] == YES else decline_succession
        return answer(succession, by=by)


class UndoingForm(forms.Form):
    """Why it is not so after all."""

    reason = forms.CharField(
        label="Why is it not so?",
        max_length=2000,
        help_text="One or two sentences. The owners of both read this.",
        widget=IN_WORDS,
    )


def _not_one(text: str, *, is_several: bool) -> str:
    if is_several:
        return "Several are called so. Write the address of the page of the one you mean."
    like_it = ", ".join(map(str, organisations_found(Sought(text=text))[:LIKE_IT]))
    found = f"Found like it: {like_it}." if like_it else "Look it up under Organisations."
    return f"None is called so. {found}"
