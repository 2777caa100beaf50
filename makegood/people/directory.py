"""The public directory: which organisations hold these words, work there, and have or seek this."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from makegood.people.models import Area, DpuloStatement, Identifier, Offer, Organisation, Workplace
from makegood.people.registers import from_one_cell
from makegood.people.states import DpuloResult, OfferSide

SEPARATOR = "/"


class Order(StrEnum):
    """In which order organisations stand in the directory."""

    NAME = "name"
    NEWEST = "newest"


_ORDERS = {Order.NAME: ("name", "pk"), Order.NEWEST: ("-registered_at", "-pk")}


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for; what is empty narrows nothing."""

    text: str = ""
    kind: str = ""
    legal_form: str = ""
    area: Area | None = None
    offers: str = ""
    needs: str = ""
    is_dpulo: bool = False
    order: Order = Order.NAME


def organisations_found(sought: Sought) -> QuerySet[Organisation]:
    """Return the organisations that answer all that is sought, in its order."""
    found = Organisation.objects.filter(merged_into=None).order_by(*_ORDERS[sought.order])
    for word in sought.text.split():
        found = found.filter(_holding(word))
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.legal_form:
        found = found.filter(legal_form=sought.legal_form)
    if sought.area:
        found = found.filter(_working_in(sought.area))
    for side, kind in ((OfferSide.OFFER, sought.offers), (OfferSide.NEED, sought.needs)):
        if kind:
            found = found.filter(Exists(_open_offers().filter(side=side, kind=kind)))
    if sought.is_dpulo:
        found = found.filter(Exists(_shown_dpulos()))
    return found


def with_what_they_say(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Return the organisations with the areas, numbers, offers and needs that stand, fetched at once."""
    return found.prefetch_related(
        Prefetch("workplaces", _standing_workplaces().select_related("area")),
        Prefetch("identifiers", Identifier.objects.standing()),
        Prefetch("offers", _standing_offers()),
    )


def areas_worked_in() -> QuerySet[Area]:
    """Return the areas in which somebody works, and the larger ones those lie in."""
    paths = Area.objects.filter(Exists(_standing_workplaces().filter(area=OuterRef("pk"))))
    codes = {
        code for path in paths.values_list("path", flat=True) for code in path.split(SEPARATOR)
    }
    return Area.objects.filter(code__in=codes)


def _holding(word: str) -> Q:
    """Return what finds a word: in the name, the summary, an offer or need, or a number."""
    number = Q(value__iexact=word)
    if found := from_one_cell(word):
        number |= Q(scheme=found.scheme, value=found.value)
    own = {"organisation": OuterRef("pk")}
    return (
        Q(name__icontains=word)
        | Q(summary__icontains=word)
        | Q(Exists(_open_offers().filter(words__icontains=word)))
        | Q(Exists(Identifier.objects.standing().filter(number, **own)))
    )


def _working_in(area: Area) -> Q:
    """Return what finds those who work in an area, in a part of it, or in all of a larger one."""
    lies_there = Q(area__path=area.path) | Q(area__path__startswith=area.path + SEPARATOR)
    holds_it = Q(area__code__in=area.larger)
    works = _standing_workplaces().filter(organisation=OuterRef("pk"))
    return Q(Exists(works.filter(lies_there | holds_it)))


def _standing_workplaces() -> QuerySet[Workplace]:
    return Workplace.objects.filter(ended_at=None)


def _shown_dpulos() -> QuerySet[DpuloStatement]:
    held = DpuloStatement.objects.filter(organisation=OuterRef("pk"), superseded_at=None)
    return held.filter(is_shown=True, result=DpuloResult.IS)


def _open_offers() -> QuerySet[Offer]:
    return _standing_offers().filter(organisation=OuterRef("pk"))


def _standing_offers() -> QuerySet[Offer]:
    return Offer.objects.filter(closed_at=None, organisation__closed_on=None)
