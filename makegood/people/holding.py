"""Holding organisations, so that two acts at once for one of them come one after the other."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from makegood.people.models import Organisation
from makegood.people.rules import check_it_stands_where_it_stood

Row = TypeVar("Row", bound=Model)


def hold_organisations(keys: Iterable[int]) -> dict[int, Organisation]:
    """Hold organisations until the act ends, so that whoever else acts for them waits.

    Each act first holds these, then what belongs to them, and only then takes its turn in the
    ledger (``record`` does): two acts in another order would wait for one another for ever.
    """
    wanted = Organisation.objects.filter(pk__in=list(keys)).order_by("pk")
    return wanted.select_for_update(no_key=True).in_bulk()


def hold_organisation(key: int) -> Organisation:
    """Hold one organisation until the act ends, and read it anew."""
    return hold_organisations([key])[key]


def hold_with(row: Row, *whose: str) -> Row:
    """Hold the organisations that ``row`` names under ``whose``, then ``row``, and read it anew.

    Whoever acts is told if a merger moved it meanwhile (PEO-99).
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    named = rows.values_list(*whose)
    before = named.get()
    hold_organisations(key for key in before if key)
    held = rows.select_for_update().get()
    check_it_stands_where_it_stood(was_moved=named.get() != before)
    return held
