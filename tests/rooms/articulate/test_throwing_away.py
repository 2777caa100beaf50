"""A draft need can be thrown away, before anybody else relies on it; what was published cannot."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import (
    close_need,
    discard_need,
    invite_address,
    publish_need,
    start_programme,
    write_need,
)
from makegood.articulate.models import Need, NeedAddressee, Programme
from makegood.articulate.queries import invited_to_answer, needs_open_at, needs_visible_to
from makegood.articulate.states import NeedState
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return start_programme(name="Doors", summary="", run_by=cast.support_unit, by=cast.frank)


def a_draft(programme: Programme, *, cast: Cast) -> Need:
    words = {"title": "Care", "description": "Care", "alternative": "None"}
    return write_need(programme=programme, commissioner=cast.commissioner, by=cast.erin, **words)


def test_what_was_thrown_away_nobody_sees_and_its_title_is_free(
    programme: Programme, cast: Cast
) -> None:
    need = a_draft(programme, cast=cast)
    with refused("ART-08"):
        a_draft(programme, cast=cast)
    discard_need(need, by=cast.erin)
    for person in (cast.erin, cast.grace, cast.alice, None):
        assert need not in needs_visible_to(person)
    assert need not in needs_open_at(cast.commissioner)
    assert a_draft(programme, cast=cast) in needs_visible_to(cast.erin)
    assert Entry.objects.filter(act="discard_need", stream=programme.stream).count() == 1
    verify()


def test_who_was_to_be_invited_is_not_and_no_address_is_kept(
    programme: Programme, cast: Cast
) -> None:
    need = a_draft(programme, cast=cast)
    invite_address(need, email="pat@example.org", by=cast.erin)
    discard_need(need, by=cast.erin)
    assert not invited_to_answer(need)
    assert not NeedAddressee.objects.exists()
    with refused("ART-64"):
        invite_address(need, email="pat@example.org", by=cast.erin)


def test_colleagues_are_told_and_nobody_else(programme: Programme, cast: Cast) -> None:
    other = newcomer("ed")
    join(cast.commissioner, person=other, role=Role.EDITOR, by=cast.erin)
    discard_need(a_draft(programme, cast=cast), by=cast.erin)
    told = Notice.objects.filter(words__contains="was thrown away")
    assert [each.person for each in told] == [other]


def test_only_a_draft_is_thrown_away(programme: Programme, cast: Cast) -> None:
    need = a_draft(programme, cast=cast)
    for act in (publish_need, close_need):
        act(need, by=cast.erin)
        with pytest.raises(WrongState):
            discard_need(need, by=cast.erin)
    with pytest.raises(DatabaseError, match="ART-20"), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(state=NeedState.DISCARDED)


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.PUBLISHED, NeedState.CLOSED])
def test_the_database_brings_nothing_back(
    state: NeedState, programme: Programme, cast: Cast
) -> None:
    need = discard_need(a_draft(programme, cast=cast), by=cast.erin)
    with pytest.raises(DatabaseError, match="ART-20"), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(state=state)


def test_only_who_writes_for_the_commissioner_throws_away(programme: Programme, cast: Cast) -> None:
    need = a_draft(programme, cast=cast)
    for person in (cast.alice, cast.frank, cast.grace, cast.dana):
        with pytest.raises(NotPermitted):
            discard_need(need, by=person)


def test_the_pages_ask_first(programme: Programme, cast: Cast) -> None:
    need = a_draft(programme, cast=cast)
    at, form = (reverse(name, args=[need.reference]) for name in ("need", "discard_need"))
    client = Client()
    sign_in(client, cast.erin)
    assert form in client.get(at).content.decode()
    assert "You cannot undo this" in client.get(form).content.decode()
    assert Need.objects.get(pk=need.pk).state == NeedState.DRAFT
    answer = client.post(form, follow=True)
    assert "is thrown away" in answer.content.decode()
    assert client.get(at).status_code == 404
    assert client.post(form).status_code == 404
    other = a_draft(programme, cast=cast)
    publish_need(other, by=cast.erin)
    gone = reverse("discard_need", args=[other.reference])
    assert gone not in client.get(reverse("need", args=[other.reference])).content.decode()
    assert client.get(gone).status_code == 409
