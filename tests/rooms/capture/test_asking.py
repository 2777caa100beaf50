"""The commissioner says what people are asked; links hang on walls; what came on paper is typed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import OnPaper, close_story_link, set_prompts, tell_story
from makegood.capture.models import Story, StoryPrompts
from makegood.capture.queries import tellings
from makegood.capture.states import Consent, ToldAs
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.loop import a_commitment, a_story_link
from tests.rules.refusing import refused

ASKED = ["What was it like before?", "What is different now?"]


def test_only_the_commissioner_says_what_people_are_asked(cast: Cast) -> None:
    commitment = a_commitment(cast)
    for other in (cast.alice, cast.charlie, cast.dana, cast.frank):
        with pytest.raises(NotPermitted):
            set_prompts(commitment, questions=ASKED, by=other)
    assert set_prompts(commitment, questions=ASKED, by=cast.erin).number == 1


def test_the_commissioner_is_led_to_the_questions(cast: Cast, client: Client) -> None:
    commitment = a_commitment(cast)
    path = reverse("set_prompts", args=[commitment.reference])
    pages = [
        commitment.get_absolute_url(),
        reverse("stories_told", args=[commitment.reference]),
    ]
    assert not any(path in client.get(page).content.decode() for page in pages)
    client.force_login(cast.erin)
    assert all(path in client.get(page).content.decode() for page in pages)


def test_every_version_is_kept_and_the_same_is_none(cast: Cast) -> None:
    commitment = a_commitment(cast)
    first = set_prompts(commitment, questions=ASKED, by=cast.erin)
    assert set_prompts(commitment, questions=ASKED, by=cast.erin) == first
    set_prompts(commitment, questions=ASKED[:1], by=cast.erin)
    assert [each.questions for each in StoryPrompts.objects.all()] == [ASKED, ASKED[:1]]
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPrompts.objects.update(questions=["Is it not wonderful?"])
    assert verify().problems == []


def test_a_story_keeps_the_questions_it_answered(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    asked = set_prompts(link.commitment, questions=ASKED, by=cast.erin)
    path = reverse("tell_story", args=[link.token])
    page = client.get(path).content.decode()
    assert all(question in page for question in ASKED)
    answers = {"told_as": "user", "consent": "assessor", "answer_2": "I sleep", "words": "Thanks"}
    assert client.post(path, answers).status_code == 302
    story = Story.objects.get()
    assert story.prompts == asked
    assert story.said.words == "What is different now?\nI sleep\n\nThanks"


def test_a_story_says_something_somewhere(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    set_prompts(link.commitment, questions=ASKED, by=cast.erin)
    path = reverse("tell_story", args=[link.token])
    page = client.post(path, {"told_as": "user", "consent": "assessor"}).content.decode()
    assert "Answer a question, or write what you like here." in page


def test_the_commissioner_chooses_on_a_page(cast: Cast, client: Client) -> None:
    commitment = a_commitment(cast)
    client.force_login(cast.erin)
    path = reverse("set_prompts", args=[commitment.reference])
    assert "What could be better?" in client.get(path).content.decode()
    many = "\n".join(f"Question {number}?" for number in range(6))
    assert "Ask at most 5" in client.post(path, {"questions": many}).content.decode()
    assert client.post(path, {"questions": "\n".join(ASKED)}).status_code == 302
    assert StoryPrompts.objects.get().questions == ASKED


def test_a_poster_has_the_address_in_letters_and_as_a_code(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    client.force_login(cast.alice)
    path = reverse("story_poster", args=[link.commitment.reference, link.token])
    page = client.get(path).content.decode()
    assert f"http://testserver{reverse('tell_story', args=[link.token])}" in page
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1]
    close_story_link(link, by=cast.alice)
    assert client.get(path).status_code == 404


def test_what_was_told_on_paper_says_who_wrote_it_down(cast: Cast) -> None:
    link, today = a_story_link(cast), timezone.localdate()
    story, _ = tell_story(
        link,
        words="He is up and about",
        told_as=ToldAs.USER,
        consent=Consent.ASSESSOR,
        paper=OnPaper(by=cast.alice, agreed_on=today),
    )
    (told,) = tellings(link.commitment, person=None)
    assert told.written_down_for == str(cast.provider)
    assert Entry.objects.get(subject=story.ledger_subject).actor == str(cast.alice.public_id)
    assert verify().problems == []
    with refused("CAP-14"):
        tell_story(
            link,
            words="Later",
            told_as=ToldAs.USER,
            consent=Consent.ASSESSOR,
            paper=OnPaper(by=cast.alice, agreed_on=today + timedelta(days=2)),
        )
    with pytest.raises(NotPermitted):
        tell_story(
            link,
            words="I am fine",
            told_as=ToldAs.USER,
            consent=Consent.ASSESSOR,
            paper=OnPaper(by=cast.erin, agreed_on=today),
        )


def test_a_recorder_types_a_story_in_and_hands_over_its_address(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    client.force_login(cast.alice)
    path = reverse("write_story_down", args=[link.commitment.reference, link.token])
    today = timezone.localdate()
    day = {"agreed_on_day": today.day, "agreed_on_month": today.month, "agreed_on_year": today.year}
    answers = {"words": "He is up", "told_as": "user", "consent": "assessor"}
    answer = client.post(path, answers | day, follow=True)
    assert "Give the address below to whoever told it." in answer.content.decode()
    assert Story.objects.get().agreed_on == today
