"""Whoever tells a story can complain: one named person answers, and nobody else reads a word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import (
    answer_complaint,
    close_story_link,
    complain,
    end_complaint,
    erase_again,
    name_safeguarding_person,
    open_story_link,
    withdraw_story,
)
from makegood.capture.models import Complaint, ComplaintWords
from makegood.capture.queries import complaints_waiting
from makegood.capture.states import ComplaintAbout, ComplaintState, ComplaintTo
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice
from makegood.web.actions import let_go
from tests.factories.cast import Cast
from tests.factories.loop import a_commitment, a_story, a_story_link
from tests.factories.telling import a_complaint
from tests.rooms.capture.test_erased_again import restored
from tests.rooms.capture.test_private_link import everything
from tests.rules.refusing import refused

WORDS = "Quibblewick never came"
ANSWER = "We are sorry: Quibblewick was on leave"
MAKING = {"about": "service", "made_to": "provider", "words": WORDS, "key": ""}


def test_a_stranger_complains_on_a_page_and_comes_back_to_it(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    path = reverse("complain", args=[link.token])
    assert path in client.get(reverse("tell_story", args=[link.token])).content.decode()
    page = client.post(path, MAKING, follow=True).content.decode()
    assert WORDS in page
    assert f"{cast.provider}</strong> answers by" in page
    assert verify().problems == []


def test_it_is_answered_within_twenty_working_days(cast: Cast) -> None:
    moment = datetime(2025, 12, 1, 12, tzinfo=UTC)
    made, _ = complain(
        a_story_link(cast),
        about=ComplaintAbout.SERVICE,
        made_to=ComplaintTo.PROVIDER,
        words=WORDS,
        now=moment,
    )
    assert made.answer_due_on == date(2025, 12, 31)


def test_the_named_person_is_told_and_no_word_goes_out(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made, _ = a_complaint(cast, made_to=ComplaintTo.COMMISSIONER)
    (letter,) = [each for each in mail.outbox if "complain" in each.subject]
    assert letter.to == [cast.erin.email]
    assert reverse("complaint", args=[made.public_id]) in letter.body
    assert "Sunday" not in str(letter.message())
    assert complaints_waiting(cast.erin).get() == made
    assert not complaints_waiting(cast.alice).exists()


def test_where_nobody_is_named_those_who_manage_members_are_told(cast: Cast) -> None:
    commitment = a_commitment(cast)
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    link = open_story_link(commitment, label="People", by=cast.alice)
    Notice.objects.all().delete()
    made_to = ComplaintTo.COMMISSIONER
    complain(link, about=ComplaintAbout.SERVICE, made_to=made_to, words=WORDS)
    notice = Notice.objects.get(person=cast.erin)
    assert WORDS not in notice.words
    assert notice.path == reverse("name_safeguarding_person", args=[cast.commissioner.slug])
    name_safeguarding_person(cast.commissioner, person=cast.erin, by=cast.erin)
    assert complaints_waiting(cast.erin).exists()


def test_nobody_else_reads_or_answers_it(cast: Cast, client: Client) -> None:
    made, _ = a_complaint(cast)
    path = reverse("complaint", args=[made.public_id])
    for other in (cast.bob, cast.dana, cast.erin, cast.frank, cast.grace, cast.charlie):
        with pytest.raises(NotPermitted):
            answer_complaint(made, words=ANSWER, by=other)
        client.force_login(other)
        assert client.get(path).status_code == 404
    client.logout()
    page = client.get(made.link.commitment.get_absolute_url()).content.decode()
    assert "Sunday" not in page


def test_the_answer_is_read_on_the_private_page(cast: Cast, client: Client) -> None:
    made, secret = a_complaint(cast)
    client.force_login(cast.alice)
    assert "Answer a complaint" in client.get(reverse("desk")).content.decode()
    path = reverse("complaint", args=[made.public_id])
    assert "Nobody came on Sunday" in client.get(path).content.decode()
    with refused("CAP-68"):
        answer_complaint(made, words=" ", by=cast.alice)
    assert client.post(path, {"words": ANSWER}).status_code == 302
    assert answer_complaint(made, words=ANSWER, by=cast.alice).answered_by == cast.alice
    with pytest.raises(WrongState):
        answer_complaint(made, words="Something else", by=cast.alice)
    page = Client().get(reverse("my_complaint", args=[secret])).content.decode()
    assert ANSWER in page
    assert str(cast.alice) not in page
    assert not complaints_waiting(cast.alice).exists()
    assert verify().problems == []


def test_a_complaint_about_a_story_is_told_of_on_its_page(cast: Cast, client: Client) -> None:
    story, secret = a_story(cast)
    path = reverse("complain_with_story", args=[secret])
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert path in page
    client.post(path, MAKING | {"about": "story"})
    made = Complaint.objects.get()
    assert made.story == story
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert "You complained on" in page
    assert WORDS not in page
    withdraw_story(story)
    assert ComplaintWords.objects.exists()
    assert client.get(path).status_code == 200


def test_a_closed_link_takes_complaints_by_a_story_still(cast: Cast, client: Client) -> None:
    story, secret = a_story(cast)
    close_story_link(story.link, by=cast.alice)
    answer = client.post(reverse("complain_with_story", args=[secret]), MAKING)
    assert answer.status_code == 302
    with refused("CAP-67"):
        made_to = ComplaintTo.PROVIDER
        complain(story.link, about=ComplaintAbout.STORY, made_to=made_to, words=" ")


def test_a_closed_link_takes_complaints_still(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    path = reverse("complain", args=[link.token])
    close_story_link(link, by=cast.alice)
    page = client.get(path).content.decode()
    assert f'href="{reverse("tell_story", args=[link.token])}"' not in page
    assert client.post(path, MAKING).status_code == 302
    assert Complaint.objects.get().link == link
    assert client.get(reverse("complain", args=["nothing"])).status_code == 404


def test_the_same_sent_twice_is_one_complaint(cast: Cast, client: Client) -> None:
    path = reverse("complain", args=[a_story_link(cast).token])
    first, second = (client.post(path, MAKING | {"key": "k" * 22}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("who", ["teller", "clock"])
def test_its_words_and_the_answer_go(who: str, cast: Cast, client: Client) -> None:
    made, secret = a_complaint(cast)
    answer_complaint(made, words=ANSWER, by=cast.alice)
    if who == "teller":
        path = reverse("end_complaint", args=[secret])
        assert "are erased" in client.post(path, follow=True).content.decode()
        assert client.get(path).status_code == 404
    else:
        now = timezone.now()
        assert "complaints long answered" not in let_go(now=now + timedelta(days=1000))
        assert let_go(now=now + timedelta(days=1100))["complaints long answered"] == 1
    held = Complaint.objects.get()
    assert held.state == ComplaintState.ENDED
    assert "Quibblewick" not in everything()
    assert "Nobody came on Sunday" not in everything()
    end_complaint(made)
    assert verify().problems == []


def test_what_was_taken_back_goes_again_after_a_restore(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made, _ = a_complaint(cast)
    restored(lambda: end_complaint(made), committed=django_capture_on_commit_callbacks)
    assert ComplaintWords.objects.exists()
    assert erase_again() == 1
    assert not ComplaintWords.objects.exists()


def test_the_database_keeps_what_was_complained_of(cast: Cast) -> None:
    made, _ = a_complaint(cast)
    answer_complaint(made, words=ANSWER, by=cast.alice)
    for change in (
        lambda: Complaint.objects.all().delete(),
        lambda: Complaint.objects.update(made_to=ComplaintTo.COMMISSIONER),
        lambda: Complaint.objects.update(answer_due_on=date(2030, 1, 1)),
        lambda: Complaint.objects.update(answer_digest="0" * 64),
        lambda: ComplaintWords.objects.update(words="Nothing"),
        lambda: ComplaintWords.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
