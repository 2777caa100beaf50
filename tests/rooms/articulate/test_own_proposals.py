"""Somebody finds their own proposals, and their desk says what waits in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import (
    extend_need,
    submit_proposal,
    withdraw_proposal,
    write_part,
)
from makegood.articulate.models import Proposal
from makegood.articulate.queries import (
    ProposalsSought,
    Stage,
    is_left_lying,
    own_proposals,
    proposals_found,
)
from makegood.articulate.states import ProposalPart
from makegood.people.models import Person
from makegood.web.queries.desk import desk_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.many import Many
from tests.factories.proposals import a_clarification, a_co_writer, filled

pytestmark = pytest.mark.django_db


def titles(person: Person, **sought: str) -> list[str]:
    found = proposals_found(own_proposals(person), sought=ProposalsSought(**sought))
    return [each.title for each in found]


def tasks(person: Person) -> list[tuple[str, str, str]]:
    now = desk_of(person, today=timezone.localdate()).now()
    return [(task.title, task.hint, task.word) for task in now]


def test_a_list_is_narrowed_by_words_and_by_how_far_they_are(cast: Cast) -> None:
    many = Many.of(cast)
    many.grow(2)
    assert len(titles(cast.alice)) == 16
    assert len(titles(cast.alice, stage=Stage.DRAFTS)) == 2
    assert len(titles(cast.alice, stage=Stage.SENT)) == 2
    assert len(titles(cast.alice, stage=Stage.DECIDED)) == 12
    withdraw_proposal(many.at["draft"][0], by=cast.alice)
    assert titles(cast.alice, stage=Stage.WITHDRAWN) == ["Many draft 1"]
    assert titles(cast.alice, text="many draft 2") == ["Many draft 2"]
    assert titles(cast.charlie) == titles(cast.erin) == []


def test_the_pages_show_filter_and_take_away(cast: Cast) -> None:
    draft = a_co_writer(cast).proposal
    client = Client()
    client.force_login(cast.charlie)
    page = client.get(reverse("proposals")).content.decode()
    assert draft.title in page
    assert "Nothing found" in client.get(reverse("proposals"), {"q": "zebra"}).content.decode()
    table = client.get(reverse("proposals_table")).content.decode()
    assert draft.reference in table
    assert client.get(reverse("proposals_table"), {"stage": "odd"}).status_code == 400
    client.force_login(cast.erin)
    assert "No proposals yet" in client.get(reverse("proposals")).content.decode()


def test_a_draft_that_is_left_lying_before_its_need_closes_is_named(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    now = timezone.now()
    extend_need(
        draft.need, closes_at=now + timedelta(days=50), questions_close_at=None,
        reason="More time", by=cast.erin,
    )  # fmt: skip
    write_part(draft, part=ProposalPart.RISKS, piece=filled(ProposalPart.RISKS), by=cast.alice)
    [held] = own_proposals(cast.alice)
    assert not is_left_lying(held, now=now)
    assert not is_left_lying(held, now=now + timedelta(days=15))
    assert is_left_lying(held, now=now + timedelta(days=30))
    assert not is_left_lying(held, now=now + timedelta(days=51))
    assert (f"Finish “{draft.title}”", str(draft.need), "To do") in tasks(cast.alice)


def test_a_clarification_that_waits_is_on_the_desk(cast: Cast) -> None:
    asked = a_clarification(cast)
    title = f"Clarify “{asked.proposal.title}”"
    assert title in [task for task, _, _ in tasks(cast.alice)]
    assert title not in [task for task, _, _ in tasks(cast.bob)]
    assert title not in [task for task, _, _ in tasks(cast.erin)]


def test_who_was_invited_to_write_has_it_on_their_desk_until_it_is_sent(cast: Cast) -> None:
    draft = a_co_writer(cast).proposal
    title = f"Finish “{draft.title}”"
    assert title in [task for task, _, _ in tasks(cast.charlie)]
    submit_proposal(Proposal.objects.get(), by=cast.alice)
    assert title not in [task for task, _, _ in tasks(cast.charlie)]
