"""Holding organisations, so that two acts at once for one of them come one after the other."""

from collections.abc import Iterable
from itertools import chain
from typing import TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from makegood.people.models import Advice, Organisation
from makegood.people.rules import check_it_stands_where_it_stood
from makegood.people.states import AdviceState

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
    rows: QuerySet[Row] = QuerySet(type(row)).filter(pk=row.pk)
    named = rows.values_list(*whose)
    before = named.get()
    hold_organisations(key for key in before if key)
    held = rows.select_for_update().get()
    check_it_stands_where_it_stood(was_moved=named.get() != before)
    return held


def hold_with_advice(keys: Iterable[int]) -> dict[int, Organisation]:
    """Hold organisations, and with them whoever advises one of them or is advised there."""
    own = list(keys)
    either = Q(organisation__in=own) | Q(unit__in=own)
    open_ones = Advice.objects.filter(either).exclude(state=AdviceState.ENDED)
    return hold_organisations({*own, *chain(*open_ones.values_list("organisation", "unit"))})


def share_organisations(keys: Iterable[int]) -> dict[int, Organisation]:
    """Read organisations anew; until the act ends, nobody closes, merges or changes one of them.

    Whoever acts in its name shares it: they wait for whoever holds it, not for one another.
    """
    wanted = sorted(set(keys))
    if connection.features.has_select_for_update:
        table = connection.ops.quote_name(Organisation._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR SHARE",  # noqa: S608
                [wanted],
            )
    return Organisation.objects.in_bulk(wanted)
