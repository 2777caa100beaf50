"""How lists about several rooms are narrowed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms

from makegood.articulate.queries import aims, codes_to_seek, programmes
from makegood.kernel.answers import offer, offer_choices
from makegood.kernel.filters import ListFilter, one_found, one_of
from makegood.measures.queries import measures
from makegood.people.queries import areas_of_work, organisations
from makegood.people.states import Kind
from makegood.web.queries.gap import Side, Step
from makegood.web.queries.promises import Order, PromisesSought
from makegood.web.queries.workbench import Stage


class _PromisesOf(ListFilter):
    """Narrows promises by whom and what they concern."""

    programme = one_found("Programme", otherwise="Any programme")
    commissioner = one_found("Commissioner", otherwise="Any commissioner")
    provider = one_found("Provider", otherwise="Any provider")
    aim = one_found("Aim", otherwise="Any aim", by="reference")
    code = one_of("Code of a framework")
    area = one_of("Where the commissioner works")
    measure = one_found("Measure", otherwise="Any measure")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offer(
            self,
            programme=programmes(),
            commissioner=organisations().filter(kind=Kind.COMMISSIONER),
            provider=organisations().filter(kind=Kind.PROVIDER),
            aim=aims(),
            measure=measures(),
        )
        self.areas = {area.code: area for area in areas_of_work()}
        named = [(area.code, area.name) for area in self.areas.values()]
        offer_choices(self, "area", [("", "Anywhere"), *named])
        offer_choices(self, "code", [("", "Any code"), *codes_to_seek()])

    def sought(self) -> PromisesSought:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.answers
        return PromisesSought(
            text=answers.get("q", ""),
            step=answers.get("step", ""),
            programme=answers.get("programme"),
            commissioner=answers.get("commissioner"),
            provider=answers.get("provider"),
            aim=answers.get("aim"),
            code=answers.get("code", ""),
            area=self.areas.get(answers.get("area", "")),
            measure=answers.get("measure"),
            order=Order(answers.get("order") or Order.NEWEST),
        )


class PromiseFilter(_PromisesOf):
    """Narrows the list of promises."""

    step = one_of("How far it got", [("", "Any"), *((step, step.words) for step in Step)])
    order = one_of(
        "Order",
        [
            (Order.NEWEST, "Newest first"),
            (Order.DUE, "What is due first"),
            (Order.WORTH, "Worth most first"),
        ],
    )
    field_order = ("q", "step")


class PortfolioFilter(_PromisesOf):
    """Narrows the portfolio, and says by what it is taken apart."""

    by = one_of("Show it by", [(side, side.words.capitalize()) for side in Side])
    field_order = ("q", "by")

    @property
    def side(self) -> Side:
        """Return by what it is taken apart; by programme, where nothing is said."""
        return Side(self.answers.get("by") or Side.PROGRAMME)


class WorkbenchFilter(ListFilter):
    """Narrows the cases of a programme."""

    stage = one_of("Stage", [("", "Any"), *((stage, stage.capitalize()) for stage in Stage)])
    stalled = one_of(
        "Only what has not moved for",
        [("", "Any time"), *((str(days), f"{days} days") for days in (30, 60, 90, 180))],
    )

    def stalled_since(self, *, now: datetime) -> datetime | None:
        """Return the moment since which nothing moved in the cases looked for."""
        days = self.answers.get("stalled")
        return now - timedelta(days=int(days)) if days else None


class CompareForm(forms.Form):
    """Which proposals are compared, and in which order they stand."""

    show = forms.MultipleChoiceField(
        label="Show", required=False, widget=forms.CheckboxSelectMultiple
    )
    order = one_of("In this order")

    def __init__(self, data: Any, *, proposals: Sequence[tuple[str, str]], measures: Any) -> None:
        super().__init__(data)
        self.offered = [code for code, _ in proposals]
        self.fields["show"].choices = proposals  # type: ignore[attr-defined]  # a field of choices
        offer_choices(
            self,
            "order",
            [
                ("", "By title"),
                ("price", "What costs least first"),
                ("worth", "Worth most first"),
                *((slug, f"Adds most first: {name}") for slug, name in measures),
            ],
        )

    def wanted(self) -> tuple[list[str], str]:
        """Return the codes of the proposals to show, and the order; all and by title, unless said."""
        self.is_valid()
        return self.cleaned_data.get("show") or self.offered, self.cleaned_data.get("order", "")


class DemoSignInForm(forms.Form):
    """Whom to be in the demonstration, and for which organisation."""

    person = forms.UUIDField()
    organisation = forms.SlugField(required=False)


class EraseForm(forms.Form):
    """Asked of whoever wants to be erased."""

    agrees = forms.BooleanField(
        label="I have read what goes and what stays. Nobody can bring it back",
        error_messages={"required": "Tick the box to be erased."},
    )
