"""Finding promises by their words, by whom they concern, and by what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from makegood.articulate.models import Aim, Programme, Promise
from makegood.articulate.queries import promises_tagged, promises_visible_to
from makegood.contract.states import ContractState
from makegood.measures.models import Measure
from makegood.people.models import Area, Organisation, Person
from makegood.people.queries import working_in
from makegood.web.queries.gap import REACHED, Step, with_progress


class Order(StrEnum):
    """In which order promises stand in the list."""

    NEWEST = "newest"
    DUE = "due"
    WORTH = "worth"


ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.NEWEST: ("-proposal__submitted_at", "reference"),
    Order.DUE: ("due_on", "reference"),
    Order.WORTH: (F("worth_high").desc(nulls_last=True), "reference"),
}


@dataclass(frozen=True, kw_only=True)
class PromisesSought:
    """What is looked for; what is empty narrows nothing."""

    text: str = ""
    step: str = ""
    programme: Programme | None = None
    provider: Organisation | None = None
    commissioner: Organisation | None = None
    aim: Aim | None = None
    code: str = ""
    area: Area | None = None
    measure: Measure | None = None
    order: Order = Order.NEWEST


def promises_found(
    promises: QuerySet[Promise], *, sought: PromisesSought, now: datetime
) -> QuerySet[Promise]:
    """Keep the promises that answer all that is sought, in its order, each with how far it got."""
    found = with_progress(promises_narrowed(promises, sought=sought), now=now)
    signed = Q(proposal__contract__state=ContractState.IN_FORCE)
    found = found.annotate(difference=Case(When(signed, then=F("disposition__reason"))))
    if sought.step:
        found = found.filter(REACHED[Step(sought.step)])
    found = found.select_related("proposal__contract__taken_over_by")
    ordered: QuerySet[Promise] = found.order_by(*ORDERS[sought.order])
    return ordered


def promises_narrowed(promises: QuerySet[Promise], *, sought: PromisesSought) -> QuerySet[Promise]:
    """Keep the promises that answer what is sought, but for how far they got."""
    promises = promises_tagged(promises, aim=sought.aim, code=sought.code)
    for word in sought.text.split():
        promises = promises.filter(
            Q(reference__iexact=word)
            | Q(for_whom__icontains=word)
            | Q(what_changes__icontains=word)
            | Q(measure__name__icontains=word)
            | Q(proposal__provider__name__icontains=word)
            | Q(proposal__contract__taken_over_by__name__icontains=word)
            | Q(proposal__need__commissioner__name__icontains=word)
        )
    if sought.programme:
        promises = promises.filter(proposal__need__programme=sought.programme)
    if sought.measure:
        promises = promises.filter(measure=sought.measure)
    if sought.provider:
        promises = promises.filter(_is("proposal__provider", sought.provider))
    if sought.commissioner:
        promises = promises.filter(_is("proposal__need__commissioner", sought.commissioner))
    if sought.area:
        promises = promises.filter(proposal__need__commissioner__in=working_in(sought.area))
    return promises


def promises_of_organisations(
    organisations: Sequence[Organisation], *, person: Person | None, now: datetime
) -> QuerySet[Promise]:
    """Return the promises made by any of ``organisations``, taken over by it, or made to it.

    Each with how far it got.
    """
    concerned = promises_visible_to(person).filter(
        Q(proposal__provider__in=organisations)
        | Q(proposal__contract__taken_over_by__in=organisations)
        | Q(proposal__need__commissioner__in=organisations)
    )
    return promises_found(concerned, sought=PromisesSought(), now=now)


def _is(way: str, organisation: Organisation) -> Q:
    """Return that it is ``organisation``, or one that was merged into it."""
    return Q(**{way: organisation}) | Q(**{f"{way}__merged_into": organisation})
