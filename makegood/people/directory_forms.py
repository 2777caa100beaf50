"""How the directory of organisations is narrowed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from makegood.kernel.answers import offer_choices
from makegood.people.description_forms import legal_form_choices
from makegood.people.directory import Order, Sought, areas_worked_in
from makegood.people.models import Area
from makegood.people.states import AreaKind, Kind, OfferKind

NOT_THERE = {"invalid_choice": "Choose one of the answers in the list."}
GROUPS = {
    AreaKind.COUNTRY: "Countries",
    AreaKind.REGION: "Regions",
    AreaKind.COUNTY: "Counties",
    AreaKind.COUNCIL: "Councils",
    AreaKind.ICB: "Integrated care boards",
}


class DirectoryFilter(forms.Form):
    """Narrows the directory."""

    q = forms.CharField(
        label="Words or a number",
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(
        label="What it is here to do",
        required=False,
        error_messages=NOT_THERE,
        choices=[("", "Anything"), *((kind.value, kind.words.capitalize()) for kind in Kind)],
    )
    legal_form = forms.ChoiceField(
        label="Legal form",
        required=False,
        error_messages=NOT_THERE,
        choices=legal_form_choices(empty="Any"),
    )
    area = forms.ChoiceField(label="Works in", required=False, error_messages=NOT_THERE)
    offers = forms.ChoiceField(
        label="Offers",
        required=False,
        error_messages=NOT_THERE,
        choices=[("", "Anything"), *((k.value, k.value.capitalize()) for k in OfferKind)],
    )
    needs = forms.ChoiceField(
        label="Needs",
        required=False,
        error_messages=NOT_THERE,
        choices=[("", "Anything"), *((k.value, k.value.capitalize()) for k in OfferKind)],
    )
    is_dpulo = forms.BooleanField(label="Shown as led by disabled people (DPULO)", required=False)
    order = forms.ChoiceField(
        label="Order",
        required=False,
        error_messages=NOT_THERE,
        choices=[(Order.NAME, "By name"), (Order.NEWEST, "Newest first")],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.areas = {area.code: area for area in areas_worked_in()}
        offer_choices(self, "area", area_choices(self.areas.values()))

    def sought(self) -> Sought:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.cleaned_data
        return Sought(
            text=answers.get("q", ""),
            kind=answers.get("kind", ""),
            legal_form=answers.get("legal_form", ""),
            area=self.areas.get(answers.get("area", "")),
            offers=answers.get("offers", ""),
            needs=answers.get("needs", ""),
            is_dpulo=answers.get("is_dpulo", False),
            order=Order(answers.get("order") or Order.NAME),
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


def area_choices(areas: Iterable[Area]) -> list[Any]:
    """Return areas as choices in groups, the largest kind first, after the choice of none."""
    groups = [
        (words, [(area.code, area.name) for area in areas if area.kind == kind])
        for kind, words in GROUPS.items()
    ]
    return [("", "Anywhere"), *((words, held) for words, held in groups if held)]
