"""Everybody tries every address, and gets the answer the guard table promises."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from makegood.people.states import ROLES, Kind, Role
from tests.architecture.breaches import none_of
from tests.factories.cast import Cast
from tests.factories.crowd import crowd, one_who_holds
from tests.factories.examples import EXAMPLES
from tests.factories.sign_in import sign_in, with_second_step
from tests.factories.visits import Visit
from tests.guard_table import PEOPLE, WAYS, Row, rows, ways_in

SIGN_IN = "/accounts/login/"


def said(response: HttpResponseBase) -> str:
    """Return an answer in the words of the guard table."""
    if response.status_code in {301, 302, 303}:
        return "in" if response.headers["Location"].startswith(SIGN_IN) else "on"
    return "ok" if response.status_code == 200 else str(response.status_code)


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
        if (got := said(visits[name].ask(row, path))) != row.answer(name)
    )


TRIED_BY_NAME = {
    *((Role.READER, kind) for kind in Kind),
    *((Role.OWNER, kind) for kind in Kind if kind != Kind.ASSESSOR),
}
"""Alice, Erin and Frank own and no more, Bob, Dan, Ed and Fay read and no more; Dana judges too."""


@examples
def test_every_role_gets_the_answer_of_the_table(example: str, cast: Cast) -> None:
    paths = addresses(example, cast)
    houses = (cast.provider, cast.assessors, cast.commissioner, cast.support_unit)
    none_of(
        f"{row.method} {path}: {role} of {house} gets {got}, not {expected}"
        for house in houses
        for role in ROLES[Kind(house.kind)]
        if (role, house.kind) not in TRIED_BY_NAME
        for visit in [Visit(one_who_holds(role, organisation=house))]
        for row, path in paths.items()
        if not row.is_one_for_all
        and (got := said(visit.ask(row, path)))
        != (expected := row.answer_for(role, kind=Kind(house.kind)))
    )


AGAIN = ("/reauthenticate/", "/still-you/")


def asker(cast: Cast, way: str) -> Client:
    """Return the browser of nobody, of somebody just signed in, or of one signed in long ago."""
    client = Client()
    if way == "N":
        sign_in(client, cast.bob)
    elif way == "L":
        sign_in(client, cast.alice, minutes_ago=60)
    return client


def parts_of(address: str, cast: Cast) -> dict[str, object] | None:
    """Return what the address of a way in needs to be spelt; a passkey of Alice's is made for it."""
    if address == "account_reset_password_from_key":
        return {"uidb36": "1", "key": "nothing"}
    if address.startswith("openid_connect"):
        return {"provider_id": "elsewhere"}
    if address in {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        kind = Authenticator.Type.WEBAUTHN
        return {"pk": Authenticator.objects.create(user=cast.alice, type=kind, data={}).pk}
    return None


def answered(method: str, address: str, *, way: str, cast: Cast) -> str:
    """Ask as nobody, as somebody just signed in, or as one signed in long ago."""
    client = asker(cast, way)
    with transaction.atomic():
        path = reverse(address, kwargs=parts_of(address, cast))
        answer = client.post(path) if method == "POST" else client.get(path)
        transaction.set_rollback(True)
    led = urlsplit(answer.headers.get("Location", "")).path
    return "again" if led.endswith(AGAIN) else said(answer)


def test_everybody_gets_the_answer_of_the_ways_in(cast: Cast) -> None:
    with_second_step(cast.alice)
    RecoveryCodes.activate(cast.alice)
    none_of(
        f"{method} {address}: {way} gets {got}, not {expected}"
        for (method, address), answers in ways_in().items()
        for way, expected in zip(WAYS, answers, strict=True)
        if (got := answered(method, address, way=way, cast=cast)) != expected
    )


def test_no_page_of_the_admin_is_opened_to_others(cast: Cast) -> None:
    paths = [
        reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{act}")
        for model in admin.site._registry
        for act in ("changelist", "add")
    ]
    assert len(paths) > 40
    row = Row("GET", "admin", "-", None, ())
    for visit, led in ((Visit(), "in"), (Visit(cast.alice), "on"), (Visit(cast.grace), "on")):
        none_of(path for path in paths if said(visit.ask(row, path)) != led)


def test_django_admin_lets_in_staff_alone(cast: Cast) -> None:
    row = Row("GET", "admin:index", "-", None, ("on",) * len(PEOPLE))
    path = reverse(row.address)
    assert {said(Visit(person).ask(row, path)) for person in crowd(cast).values()} == {"on"}
    cast.frank.is_staff = True
    cast.frank.save()
    assert said(Visit(cast.frank).ask(row, path)) == "403"
    with_second_step(cast.frank)
    assert said(Visit(cast.frank).ask(row, path)) == "ok"


def test_a_wrong_promise_would_be_found(cast: Cast) -> None:
    row = Row("GET", "members", "organisation", None, ("ok",) * len(PEOPLE))
    path = reverse(row.address, kwargs=EXAMPLES["organisation"](cast))
    assert said(Visit().ask(row, path)) == "in"
    assert said(Visit(cast.charlie).ask(row, path)) == "404"
