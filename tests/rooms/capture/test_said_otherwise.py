"""What is sent again and says something else is no second click: the safer answer is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    Reach,
    ToldInCall,
    ask_for_call,
    complain,
    prepare_publication,
    publish_story,
    tell_story,
    write_call_down,
)
from makegood.capture.models import Call, Complaint, Concern, Story
from makegood.capture.states import (
    Caller,
    CallState,
    CallWay,
    ComplaintAbout,
    ComplaintTo,
    Consent,
    PublicationState,
    ToldAs,
)
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.loop import a_story_link
from tests.factories.telling import NUMBER, a_call

KEY = "k" * 22
TELLING: dict[str, Any] = {
    "words": "He shouts at me",
    "told_as": ToldAs.USER,
    "consent": Consent.PUBLIC,
    "first_name": "Ann",
    "key": KEY,
}


def test_fewer_readers_and_a_cry_for_help_are_taken(cast: Cast) -> None:
    link = a_story_link(cast)
    first, secret = tell_story(link, **TELLING)
    prepare_publication(first, omissions=[], by=cast.dana)
    publish_story(first, by=cast.dana)
    again = TELLING | {"consent": Consent.ASSESSOR, "first_name": "", "is_afraid": True}
    for _ in range(2):
        assert tell_story(link, **again) == (first, secret)
    kept = Story.objects.get()
    assert kept.consent == Consent.ASSESSOR
    assert kept.publications.get().state == PublicationState.ENDED
    assert Concern.objects.get().story == kept
    assert verify().problems == []


def test_more_readers_are_asked_for_on_ones_own_page(cast: Cast, client: Client) -> None:
    address = reverse("tell_story", args=[a_story_link(cast).token])
    answers = {"words": "I sleep", "told_as": "user", "consent": "assessor", "key": KEY}
    client.post(address, answers)
    page = client.post(address, answers | {"consent": "anonymous"}, follow=True).content.decode()
    assert "for fewer people to read" in page
    assert Story.objects.get().consent == Consent.ASSESSOR


@pytest.mark.parametrize("other", [{"told_as": ToldAs.CARER}, {"first_name": "Anna"}])
def test_another_teller_has_a_story_of_their_own(other: dict[str, Any], cast: Cast) -> None:
    link = a_story_link(cast)
    first, _ = tell_story(link, **TELLING)
    second, secret = tell_story(link, **TELLING | other)
    assert second != first
    assert secret != KEY


def test_a_story_written_down_twice_takes_the_safer_answer(cast: Cast) -> None:
    call, _ = a_call(cast)
    told = ToldInCall(words="I sleep", told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
    first = write_call_down(call, told=told, is_read_back=True, by=cast.alice)
    safer = replace(told, consent=Consent.ASSESSOR, is_afraid=True)
    assert write_call_down(call, told=safer, is_read_back=True, by=cast.alice) == first
    assert Story.objects.get().consent == Consent.ASSESSOR
    assert Concern.objects.get().story == first


@pytest.mark.parametrize(
    "other",
    [
        {"said": Reach(reach=NUMBER, times="Only after eight")},
        {"caller": Caller.ASSESSOR},
        {"way": CallWay.RELAY},
    ],
)
def test_a_call_asked_for_otherwise_takes_the_place_of_the_first(
    other: dict[str, Any], cast: Cast
) -> None:
    link, said = a_story_link(cast), Reach(reach=NUMBER, times="Now")
    asked: dict[str, Any] = {"way": CallWay.TELEPHONE, "caller": Caller.PROVIDER, "said": said}
    first, _ = ask_for_call(link, key=KEY, **asked)
    second, secret = ask_for_call(link, key=KEY, **asked | other)
    assert secret != KEY
    first.refresh_from_db()
    assert (first.state, second.state) == (CallState.ENDED, CallState.ASKED)
    assert Call.objects.filter(said__isnull=False).get() == second
    assert verify().problems == []


@pytest.mark.parametrize(
    "other", [{"made_to": ComplaintTo.COMMISSIONER}, {"about": ComplaintAbout.STORY}]
)
def test_the_same_words_to_the_other_side_are_sent(other: dict[str, Any], cast: Cast) -> None:
    link, words = a_story_link(cast), "Nobody came"
    made: dict[str, Any] = {"about": ComplaintAbout.SERVICE, "made_to": ComplaintTo.PROVIDER}
    complain(link, words=words, key=KEY, **made)
    complain(link, words=words, key=KEY, **made)
    assert Complaint.objects.count() == 1
    _, secret = complain(link, words=words, key=KEY, **made | other)
    assert secret != KEY
    assert Complaint.objects.count() == 2
