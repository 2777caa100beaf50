"""How the directory of organisations is narrowed."""

from collections.abc import Iterable
from typing import Any

from django import forms

from makegood.kernel.answers import offer_choices
from makegood.kernel.filters import ListFilter, one_of
from makegood.people.description_forms import legal_form_choices
from makegood.people.directory import Order, Sought, areas_worked_in
from makegood.people.models import Area
from makegood.people.states import AreaKind, Kind, OfferKind

GROUPS = {
    AreaKind.COUNTRY: "Countries",
    AreaKind.REGION: "Regions",
    AreaKind.COUNTY: "Counties",
    AreaKind.COUNCIL: "Councils",
    AreaKind.ICB: "Integrated care boards",
}


OFFERED = [("", "Anything"), *((kind.value, kind.value.capitalize()) for kind in OfferKind)]


class DirectoryFilter(ListFilter):
    """Narrows the directory."""

    kind = one_of(
        "What it is here to do",
        [("", "Anything"), *((kind.value, kind.words.capitalize()) for kind in Kind)],
    )
    legal_form = one_of("Legal form", legal_form_choices(empty="Any"))
    area = one_of("Works in")
    offers = one_of("Offers", OFFERED)
    needs = one_of("Needs", OFFERED)
    is_dpulo = forms.BooleanField(label="Shown as led by disabled people (DPULO)", required=False)
    order = one_of("Order", [(Order.NAME, "By name"), (Order.NEWEST, "Newest first")])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["q"].label = "Words or a number"
        self.areas = {area.code: area for area in areas_worked_in()}
        offer_choices(self, "area", area_choices(self.areas.values()))

    def sought(self) -> Sought:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.answers
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


def area_choices(areas: Iterable[Area]) -> list[Any]:
    """Return areas as choices in groups, the largest kind first, after the choice of none."""
    groups = [
        (words, [(area.code, area.name) for area in areas if area.kind == kind])
        for kind, words in GROUPS.items()
    ]
    return [("", "Anywhere"), *((words, held) for words, held in groups if held)]
