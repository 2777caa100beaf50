"""Everybody tries every address, and gets the answer the guard table promises."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from makegood.people.models import Person
from makegood.people.states import ROLES, Kind
from tests.architecture.breaches import none_of
from tests.factories.cast import Cast
from tests.factories.crowd import crowd, one_who_holds
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in
from tests.guard_table import PEOPLE, Row, rows

SIGN_IN = "/accounts/login/"


def said(response: HttpResponseBase) -> str:
    """Return an answer in the words of the guard table."""
    if response.status_code in {301, 302, 303}:
        return "in" if response.headers["Location"].startswith(SIGN_IN) else "on"
    return "ok" if response.status_code == 200 else str(response.status_code)


def ask(row: Row, path: str, *, person: Person | None) -> str:
    """Open an address as ``person``, or as nobody."""
    client = Client()
    if person:
        sign_in(client, person)
    with transaction.atomic():
        answer = said(client.post(path) if row.method == "POST" else client.get(path))
        transaction.set_rollback(True)  # so that the next one finds things as they were
    return answer


def address_of(row: Row, cast: Cast) -> str:
    """Return where the row's address is, with its example made."""
    return reverse(row.address, kwargs=EXAMPLES[row.example](cast) if row.example != "-" else None)


def named(row: Row) -> str:
    return f"{row.method} {row.address} {row.example}"


@pytest.mark.parametrize("row", rows(), ids=named)
def test_everybody_gets_the_answer_of_the_table(row: Row, cast: Cast) -> None:
    path = address_of(row, cast)
    people = crowd(cast) | {"nobody": None}
    given = {name: ask(row, path, person=people[name]) for name in PEOPLE}
    none_of(
        f"{row.method} {path}: {name} gets {got}, not {row.answer(name)}"
        for name, got in given.items()
        if got != row.answer(name)
    )


@pytest.mark.parametrize("row", [row for row in rows() if not row.is_one_for_all], ids=named)
def test_every_role_gets_the_answer_of_the_table(row: Row, cast: Cast) -> None:
    path = address_of(row, cast)
    houses = (cast.provider, cast.assessors, cast.commissioner, cast.support_unit)
    none_of(
        f"{row.method} {path}: {role} of {house} gets {got}, not {expected}"
        for house in houses
        for role in ROLES[Kind(house.kind)]
        if (got := ask(row, path, person=one_who_holds(role, organisation=house)))
        != (expected := row.answer_for(role, kind=Kind(house.kind)))
    )


def test_django_admin_lets_in_staff_alone(cast: Cast) -> None:
    row = Row("GET", "admin:index", "-", None, ("on",) * len(PEOPLE))
    path = reverse(row.address)
    assert {ask(row, path, person=person) for person in crowd(cast).values()} == {"on"}
    cast.frank.is_staff = True
    cast.frank.save()
    assert ask(row, path, person=cast.frank) == "ok"


def test_a_wrong_promise_would_be_found(cast: Cast) -> None:
    row = Row("GET", "members", "organisation", None, ("ok",) * len(PEOPLE))
    path = address_of(row, cast)
    assert ask(row, path, person=None) == "in"
    assert ask(row, path, person=cast.charlie) == "404"
