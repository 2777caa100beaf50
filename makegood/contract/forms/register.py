"""How the register of contracts is narrowed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from makegood.contract.models import Contract
from makegood.contract.queries import (
    ELSEWHERE,
    HERE,
    Order,
    Wanted,
    parties_in_register,
    programmes_in_register,
)
from makegood.contract.states import Standing
from makegood.kernel.answers import offer

NOT_THERE = {"invalid_choice": "Choose one of the answers in the list."}


class RegisterFilter(forms.Form):
    """Narrows the register."""

    q = forms.CharField(
        label="Words or a reference",
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )
    standing = forms.ChoiceField(
        label="How it stands",
        required=False,
        error_messages=NOT_THERE,
        choices=[
            ("", "Any"),
            (Standing.DRAFTING, "Being drafted"),
            (Standing.IN_FORCE, "In force"),
            (Standing.ENDING, "Ending within 6 months"),
            (Standing.ENDED, "Ended"),
        ],
    )
    commissioner = forms.ModelChoiceField(
        label="Commissioner",
        required=False,
        queryset=None,
        to_field_name="slug",
        empty_label="Any commissioner",
        error_messages=NOT_THERE,
    )
    provider = forms.ModelChoiceField(
        label="Provider",
        required=False,
        queryset=None,
        to_field_name="slug",
        empty_label="Any provider",
        error_messages=NOT_THERE,
    )
    programme = forms.ModelChoiceField(
        label="Programme",
        required=False,
        queryset=None,
        to_field_name="slug",
        empty_label="Any programme",
        error_messages=NOT_THERE,
    )
    origin = forms.ChoiceField(
        label="Where it was made",
        required=False,
        error_messages=NOT_THERE,
        choices=[("", "Anywhere"), (HERE, "Made here"), (ELSEWHERE, "Brought in")],
    )
    order = forms.ChoiceField(
        label="Order",
        required=False,
        error_messages=NOT_THERE,
        choices=[
            (Order.NEWEST, "Newest first"),
            (Order.ENDS, "What ends first"),
            (Order.NAME, "By title"),
        ],
    )

    def __init__(self, data: Any = None, *, seen: QuerySet[Contract]) -> None:
        super().__init__(data)
        offer(
            self,
            commissioner=parties_in_register(seen, role="need__commissioner"),
            provider=parties_in_register(seen, role="provider"),
            programme=programmes_in_register(seen),
        )

    def wanted(self) -> Wanted:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.cleaned_data
        return Wanted(
            text=answers.get("q", ""),
            commissioner=answers.get("commissioner"),
            provider=answers.get("provider"),
            programme=answers.get("programme"),
            standing=answers.get("standing", ""),
            origin=answers.get("origin", ""),
            order=Order(answers.get("order") or Order.NEWEST),
        )

    @property
    def left_out(self) -> list[str]:
        """Return what the filters are called that could not be read."""
        return [str(self.fields[name].label) for name in self.errors]

    @property
    def folded(self) -> list[BoundField]:
        """Return all but the words, which stand first."""
        return [bound for bound in self if bound.name != "q"]

    @property
    def in_use(self) -> int:
        """Return how many of them narrow what is shown now."""
        asked = (self.cleaned_data.get(b.name) for b in self.folded if b.name != "order")
        return sum(map(bool, asked))
