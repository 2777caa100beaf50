"""Everybody tries every address, and gets the answer the guard table promises."""

from __future__ import annotations

from copy import copy

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
from tests.factories.sign_in import sign_in, with_second_step
from tests.guard_table import PEOPLE, Row, rows

SIGN_IN = "/accounts/login/"


def said(response: HttpResponseBase) -> str:
    """Return an answer in the words of the guard table."""
    if response.status_code in {301, 302, 303}:
        return "in" if response.headers["Location"].startswith(SIGN_IN) else "on"
    return "ok" if response.status_code == 200 else str(response.status_code)


class Visit:
    """Somebody at a browser, or nobody, for whom every address is as it was at first."""

    def __init__(self, person: Person | None = None) -> None:
        client = Client()
        if person:
            sign_in(client, person)
        self.cookies = client.cookies

    def ask(self, row: Row, path: str) -> str:
        """Open an address, and say what was answered."""
        client = Client()
        client.cookies = copy(self.cookies)
        with transaction.atomic():
            answer = said(client.post(path) if row.method == "POST" else client.get(path))
            transaction.set_rollback(True)
        return answer


def addresses(example: str, cast: Cast) -> dict[Row, str]:
    """Return where the rows with an example are; the example is made."""
    kwargs = EXAMPLES[example](cast) if example != "-" else None
    return {row: reverse(row.address, kwargs=kwargs) for row in rows() if row.example == example}


examples = pytest.mark.parametrize("example", sorted({row.example for row in rows()}))


@examples
def test_everybody_gets_the_answer_of_the_table(example: str, cast: Cast) -> None:
    paths = addresses(example, cast)
    visits = {name: Visit(person) for name, person in crowd(cast).items()} | {"nobody": Visit()}
    none_of(
        f"{row.method} {path}: {name} gets {got}, not {row.answer(name)}"
        for row, path in paths.items()
        for name in PEOPLE
        if (got := visits[name].ask(row, path)) != row.answer(name)
    )


@examples
def test_every_role_gets_the_answer_of_the_table(example: str, cast: Cast) -> None:
    paths = addresses(example, cast)
    houses = (cast.provider, cast.assessors, cast.commissioner, cast.support_unit)
    none_of(
        f"{row.method} {path}: {role} of {house} gets {got}, not {expected}"
        for house in houses
        for role in ROLES[Kind(house.kind)]
        for visit in [Visit(one_who_holds(role, organisation=house))]
        for row, path in paths.items()
        if not row.is_one_for_all
        and (got := visit.ask(row, path))
        != (expected := row.answer_for(role, kind=Kind(house.kind)))
    )


def test_django_admin_lets_in_staff_alone(cast: Cast) -> None:
    row = Row("GET", "admin:index", "-", None, ("on",) * len(PEOPLE))
    path = reverse(row.address)
    assert {Visit(person).ask(row, path) for person in crowd(cast).values()} == {"on"}
    cast.frank.is_staff = True
    cast.frank.save()
    assert Visit(cast.frank).ask(row, path) == "403"
    with_second_step(cast.frank)
    assert Visit(cast.frank).ask(row, path) == "ok"


def test_a_wrong_promise_would_be_found(cast: Cast) -> None:
    row = Row("GET", "members", "organisation", None, ("ok",) * len(PEOPLE))
    path = reverse(row.address, kwargs=EXAMPLES["organisation"](cast))
    assert Visit().ask(row, path) == "in"
    assert Visit(cast.charlie).ask(row, path) == "404"
