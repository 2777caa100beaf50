"""Everybody tries every address, and gets the answer the guard table promises."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.architecture.breaches import none_of
from tests.factories.cast import Cast
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in
from tests.guard_table import PEOPLE, Row, rows

SIGN_IN = "/accounts/login/"


def said(response: HttpResponseBase) -> str:
    """Return an answer in the words of the guard table."""
    if response.status_code in {301, 302, 303}:
        return "login" if response.headers["Location"].startswith(SIGN_IN) else "on"
    return "ok" if response.status_code == 200 else str(response.status_code)


def ask(row: Row, path: str, *, person: str, cast: Cast) -> str:
    """Open an address as one of the cast, or as nobody."""
    client = Client()
    if person != "nobody":
        sign_in(client, getattr(cast, person))
    with transaction.atomic():
        answer = said(client.post(path) if row.method == "POST" else client.get(path))
        transaction.set_rollback(True)  # so that the next one finds things as they were
    return answer


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.address} {row.example}")
def test_everybody_gets_the_answer_of_the_table(row: Row, cast: Cast) -> None:
    path = reverse(row.address, kwargs=EXAMPLES[row.example](cast) if row.example != "-" else None)
    given = {person: ask(row, path, person=person, cast=cast) for person in PEOPLE}
    none_of(
        f"{row.method} {path}: {person} gets {got}, not {row.answer(person)}"
        for person, got in given.items()
        if got != row.answer(person)
    )


def test_django_admin_lets_in_staff_alone(cast: Cast) -> None:
    row = Row("GET", "admin:index", "-", ("on",) * len(PEOPLE))
    path = reverse(row.address)
    assert {ask(row, path, person=person, cast=cast) for person in PEOPLE} == {"on"}
    cast.frank.is_staff = True
    cast.frank.save()
    assert ask(row, path, person="frank", cast=cast) == "ok"


def test_a_wrong_promise_would_be_found(cast: Cast) -> None:
    row = Row("GET", "members", "organisation", ("ok",) * len(PEOPLE))
    path = reverse(row.address, kwargs=EXAMPLES[row.example](cast))
    assert ask(row, path, person="nobody", cast=cast) == "login"
    assert ask(row, path, person="charlie", cast=cast) == "404"
