"""Questions are asked by nobody knows whom, and answered for everyone; invitations are the buyer's own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import (
    ask_question,
    close_need,
    decline_question,
    draft_answer,
    invite_address,
    invite_provider,
    publish_answer,
    publish_need,
    revise_need,
    start_proposal,
    time_need,
    withdraw_need_invitation,
)
from makegood.articulate.models import (
    Asking,
    Need,
    NeedAddressee,
    NeedInvitation,
    Proposal,
    Question,
)
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.actions import register_organisation
from makegood.people.models import Notice, Person
from makegood.people.states import Kind
from makegood.web.queries.desk import desk_of
from tests.architecture.breaches import none_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
ASKED = "May two of us propose together?"
BY_INVITATION = {
    "title": "Care at home in the valley",
    "description": "Care for 200 people",
    "alternative": "The service stays as it is",
    "is_by_invitation": True,
    "invitation_reason": "It is a small pilot",
}


def opened(path: str, person: Person | None = None) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return html.unescape(client.get(path).content.decode())


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).values_list("words", flat=True))


def pages_about(need: Need, *, since: int) -> Iterator[str]:
    yield reverse("need", args=[need.reference])
    yield reverse("need_versions", args=[need.reference])
    yield reverse("needs")
    yield reverse("needs_table")
    yield reverse("programme", args=[need.programme.slug])
    yield reverse("desk")
    yield reverse("notices")
    yield reverse("ledger")
    for question in need.questions.all():
        for name in ("answer_question", "decline_question"):
            yield reverse(name, args=[need.reference, question.public_id])
    for entry in Entry.objects.filter(pk__gt=since):
        yield reverse("entry", args=[entry.stream, entry.seq])


def test_who_asked_is_on_no_page_in_no_file_ledger_or_notice(cast: Cast) -> None:
    nia = newcomer("quillon")
    asker = register_organisation(name="Quiet House", kind=Kind.PROVIDER, by=nia)
    need = loop.a_published_need(cast)
    Notice.objects.all().delete()
    mail.outbox.clear()
    since = Entry.objects.latest("pk").pk
    question = ask_question(need, provider=asker, words=ASKED, by=nia)
    second = ask_question(need, provider=asker, words="And another?", by=nia)
    sought = ("Quiet House", nia.name, nia.email, str(nia.public_id), asker.slug)

    def looked_at() -> Iterator[str]:
        for reader in (None, cast.alice, cast.charlie, cast.erin, cast.frank, cast.grace):
            for path in pages_about(need, since=since):
                shown = opened(path, reader)
                yield from (f"{reader}: {path} names {w}" for w in sought if w in shown)

    none_of(looked_at())
    publish_answer(question, answer="Yes, with one in the lead", by=cast.erin)
    decline_question(second, reason="It is in the papers", by=cast.erin)
    none_of(looked_at())
    entries = Entry.objects.filter(pk__gt=since, act="ask_question")
    assert {entry.actor for entry in entries} == {"system"}
    others = Notice.objects.exclude(person=nia)
    assert others.exists()
    letters = [letter.body for letter in mail.outbox if letter.to != [nia.email]]
    for words in [*others.values_list("words", flat=True), *letters]:
        assert not any(name in words for name in sought)
    assert len([w for w in told(nia) if "answered" in w]) == 2
    assert verify().problems == []


def test_question_and_answer_are_public_at_once_together(cast: Cast) -> None:
    question = loop.a_question(cast)
    path = reverse("need", args=[question.need.reference])
    assert ASKED not in opened(path)
    assert "waits for an answer" in opened(path)
    assert ASKED not in opened(path, cast.alice)
    assert ASKED in opened(path, cast.erin)
    draft_answer(question, answer="Yes, if", shown="May two propose?", by=cast.erin)
    assert "Yes, if" not in opened(path)
    publish_answer(question, answer="Yes, with one in the lead", shown="", by=cast.erin)
    assert ASKED in opened(path)
    assert "Yes, with one in the lead" in opened(path)
    with pytest.raises(WrongState):
        draft_answer(question, answer="No", by=cast.erin)


def test_a_shortened_question_is_marked_and_its_words_stay_unpublished(cast: Cast) -> None:
    question = loop.a_question(cast)
    publish_answer(question, answer="Yes", shown="May two propose?", by=cast.erin)
    path = reverse("need", args=[question.need.reference])
    assert "Shortened by" in opened(path)
    assert ASKED not in opened(path)
    assert ASKED not in opened(path, cast.erin)


def test_a_declined_question_says_why_and_not_what(cast: Cast) -> None:
    question = loop.a_question(cast)
    with refused("ART-26"):
        decline_question(question, reason=" ", by=cast.erin)
    decline_question(question, reason="It is in the papers", by=cast.erin)
    path = reverse("need", args=[question.need.reference])
    assert "It is in the papers" in opened(path)
    assert ASKED not in opened(path)


def test_questions_are_asked_by_providers_until_they_close_and_once(cast: Cast) -> None:
    need = loop.a_need(cast)
    now = timezone.now()
    times = {"questions_close_at": now + timedelta(days=1), "closes_at": now + timedelta(days=2)}
    time_need(need, **times, by=cast.erin)
    with refused("ART-25"):
        ask_question(need, provider=cast.provider, words=ASKED, by=cast.alice)
    publish_need(need, by=cast.erin)
    ask_question(need, provider=cast.provider, words=ASKED, by=cast.bob)
    with refused("ART-08", saying="question"):
        ask_question(need, provider=cast.provider, words=ASKED, by=cast.alice)
    with refused("ART-25"):
        late = times["questions_close_at"]
        ask_question(need, provider=cast.provider, words="Late?", by=cast.alice, now=late)
    for person, provider in (
        (cast.charlie, cast.provider),
        (cast.erin, cast.commissioner),
        (cast.frank, cast.provider),
    ):
        with pytest.raises(NotPermitted):
            ask_question(need, provider=provider, words="Mine?", by=person)


def test_the_desk_counts_what_waits_for_an_answer(cast: Cast) -> None:
    question = loop.a_question(cast)

    def waits(person: Person) -> bool:
        tasks = desk_of(person, today=timezone.localdate()).now()
        return any("Answer 1 question " in task.title for task in tasks)

    assert waits(cast.erin)
    assert not waits(cast.alice)
    publish_answer(question, answer="Yes", by=cast.erin)
    assert not waits(cast.erin)


def test_the_database_keeps_questions_and_who_asked(cast: Cast) -> None:
    question = loop.a_question(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.update(words="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.update(state="answered")
    publish_answer(question, answer="Yes", by=cast.erin)
    for model, change in ((Question, {"answer": "No"}), (Asking, {"asked_for": cast.stranger})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_only_those_invited_propose_where_the_need_says_so(cast: Cast) -> None:
    need = loop.a_need(cast)
    with refused("ART-29"):
        revise_need(need, **(BY_INVITATION | {"invitation_reason": ""}), by=cast.erin)
    revise_need(need, **BY_INVITATION, by=cast.erin)
    invitation = invite_provider(need, provider=cast.provider, by=cast.erin)
    assert invite_provider(need, provider=cast.provider, by=cast.erin) == invitation
    assert told(cast.alice) == []
    publish_need(need, by=cast.erin)
    assert any("invited to propose" in words for words in told(cast.alice))
    assert "It is a small pilot" in opened(reverse("need", args=[need.reference]))
    said = {"title": "Ours", "summary": "A team"}
    with refused("ART-28"):
        start_proposal(need=need, provider=cast.stranger, **said, by=cast.charlie)
    assert start_proposal(need=need, provider=cast.provider, **said, by=cast.alice)
    assert verify().problems == []


def test_a_withdrawn_invitation_is_worth_nothing(cast: Cast) -> None:
    need = loop.a_need(cast)
    revise_need(need, **BY_INVITATION, by=cast.erin)
    invitation = invite_provider(need, provider=cast.provider, by=cast.erin)
    publish_need(need, by=cast.erin)
    assert withdraw_need_invitation(invitation, by=cast.erin).withdrawn_at
    assert withdraw_need_invitation(invitation, by=cast.erin).withdrawn_at
    with refused("ART-28"):
        start_proposal(need=need, provider=cast.provider, title="T", summary="s", by=cast.alice)
    with pytest.raises(DatabaseError), transaction.atomic():
        NeedInvitation.objects.update(withdrawn_at=None)


def test_whoever_is_invited_by_e_mail_registers_later_and_proposes(cast: Cast) -> None:
    need = loop.a_need(cast)
    revise_need(need, **BY_INVITATION, by=cast.erin)
    publish_need(need, by=cast.erin)
    mail.outbox.clear()
    made = invite_address(need, email="Later@Example.org", by=cast.erin)
    assert invite_address(need, email="later@example.org ", by=cast.erin) == made
    assert [letter.to for letter in mail.outbox] == [["later@example.org"]]
    assert need.reference in mail.outbox[0].body
    later = newcomer("later")
    assert "later@example.org" in list(later.addresses)
    house = register_organisation(name="Later Care", kind=Kind.PROVIDER, by=later)
    assert start_proposal(need=need, provider=house, title="T", summary="s", by=later)
    made.refresh_from_db()
    assert made.organisation == house
    assert not NeedAddressee.objects.exists()


def test_the_list_is_its_commissioners_alone(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    invite_provider(need, provider=cast.stranger, by=cast.erin)
    path = reverse("need_invitations", args=[need.reference])
    assert str(cast.stranger) in opened(path, cast.erin)
    assert str(cast.stranger) in opened(f"{path}?q={cast.stranger.name[:5]}", cast.erin)
    for reader in (None, cast.alice, cast.charlie, cast.frank, cast.grace):
        assert str(cast.stranger) not in opened(reverse("need", args=[need.reference]), reader)
    for person in (cast.alice, cast.charlie, cast.frank, cast.grace):
        with pytest.raises(NotPermitted):
            invite_provider(need, provider=cast.provider, by=person)
    with refused("ART-30"):
        invite_provider(need, provider=cast.assessors, by=cast.erin)


def test_a_need_that_closed_says_so_where_one_would_propose(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    close_need(promise.proposal.need, by=cast.erin)
    client = Client()
    client.force_login(cast.alice)
    code = promise.proposal.code
    sent = client.post(reverse("submit_proposal", args=[code]), follow=True).content.decode()
    assert "Your draft is kept" in sent
    assert promise.what_changes in sent
    start = reverse("start_proposal", args=[promise.proposal.need.reference])
    assert "takes no proposals now" in client.get(start, follow=True).content.decode()
    assert Proposal.objects.get(code=code).state == "draft"
