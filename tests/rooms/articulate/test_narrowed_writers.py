"""Writers whose role holds in some programmes alone are offered those, and lose nothing they typed."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import narrow_role, start_programme
from makegood.articulate.models import Need, Programme
from makegood.people.models import Organisation, Person
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db
NEED = {"title": "Care", "description": "Long words of hers", "alternative": "None"}


@dataclass(frozen=True)
class Narrowed:
    """An editor who writes elsewhere alone, not in the programme of every example."""

    person: Person
    here: Programme
    elsewhere: Programme

    def get(self, name: str, *args: str) -> HttpResponse:
        return self._client().get(reverse(name, args=args))

    def post(self, name: str, *args: str, **answers: str) -> HttpResponse:
        return self._client().post(reverse(name, args=args), answers)

    def _client(self) -> Client:
        client = Client()
        sign_in(client, self.person)
        return client


def narrowed(house: Organisation, *, owner: Person, cast: Cast) -> Narrowed:
    here = Programme.objects.get(name="Right by People")
    elsewhere = start_programme(
        name="Another programme", summary="", run_by=cast.support_unit, by=cast.frank
    )
    person = newcomer("wes")
    held = join(house, person=person, role=Role.EDITOR, by=owner)
    narrow_role(held, programmes=[elsewhere], by=owner)
    return Narrowed(person, here, elsewhere)


def words_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def test_a_need_is_offered_only_where_the_role_holds(cast: Cast) -> None:
    loop.a_need(cast)
    writer = narrowed(cast.commissioner, owner=cast.erin, cast=cast)
    page = words_of(writer.get("write_need"))
    assert f'value="{writer.elsewhere.slug}"' in page
    assert f'value="{writer.here.slug}"' not in page
    assert "Write a need" not in words_of(writer.get("programme", writer.here.slug))
    assert "Write a need" in words_of(writer.get("programme", writer.elsewhere.slug))


def test_a_need_that_may_not_be_written_there_keeps_its_words(cast: Cast) -> None:
    loop.a_need(cast)
    writer = narrowed(cast.commissioner, owner=cast.erin, cast=cast)
    answers = NEED | {"commissioner": cast.commissioner.slug}
    told = writer.post("write_need", programme=writer.here.slug, **answers)
    assert told.status_code == 200
    assert "Long words of hers" in words_of(told)
    assert not Need.objects.filter(title="Care").exists()
    assert writer.post("write_need", programme=writer.elsewhere.slug, **answers).status_code == 302


def test_a_role_that_is_narrowed_while_somebody_writes_loses_no_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop.a_need(cast)
    writer = narrowed(cast.commissioner, owner=cast.erin, cast=cast)
    monkeypatch.setattr(
        "makegood.articulate.views.writing.queries.programmes_to_write_in",
        lambda person, *, kind: Programme.objects.all(),
    )
    answers = NEED | {"commissioner": cast.commissioner.slug}
    told = writer.post("write_need", programme=writer.here.slug, **answers)
    assert told.status_code == 200
    assert "only in Another programme" in words_of(told)
    assert "Long words of hers" in words_of(told)


def test_a_proposal_is_begun_only_where_the_role_holds(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    writer = narrowed(cast.provider, owner=cast.alice, cast=cast)
    told = writer.get("start_proposal", need.reference)
    assert told.status_code == 403
    assert "only in Another programme" in words_of(told)
    assert reverse("start_proposal", args=[need.reference]) not in words_of(
        writer.get("need", need.reference)
    )


def test_who_acts_in_some_programmes_is_told_before_typing_that_they_start_none(cast: Cast) -> None:
    loop.a_need(cast)
    writer = narrowed(cast.support_unit, owner=cast.frank, cast=cast)
    told = writer.get("start_programme")
    assert told.status_code == 403
    assert "only in Another programme" in words_of(told)
    assert reverse("start_programme") not in words_of(writer.get("programmes"))
