"""A story can be told by a call, asked for without an account; where the call went is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import (
    Reach,
    ToldInCall,
    ask_for_call,
    cancel_call,
    close_story_link,
    end_old_calls,
    erase_again,
    note_call,
    write_call_down,
)
from makegood.capture.models import Call, CallTry, CallWords, Story
from makegood.capture.queries import calls_waiting, tellings
from makegood.capture.states import Caller, CallState, CallWay, Consent, ToldAs, Tried
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.models import Notice
from makegood.web.actions import let_go
from tests.factories.cast import Cast
from tests.factories.loop import a_story_link
from tests.factories.telling import NUMBER, a_call
from tests.rooms.capture.test_erased_again import restored
from tests.rooms.capture.test_private_link import everything
from tests.rules.refusing import refused

TOLD = ToldInCall(words="She rings me back", told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
ASKING = {
    "way": "bsl",
    "reach": "joel@example.org",
    "times": "After five",
    "caller": "assessor",
    "key": "",
}


def test_a_stranger_asks_on_a_page_and_comes_back_to_it(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    path = reverse("ask_for_call", args=[link.token])
    assert path in client.get(reverse("tell_story", args=[link.token])).content.decode()
    page = client.get(path).content.decode()
    assert str(cast.assessors) in page
    assert "In British Sign Language".lower() in page.lower()
    answer = client.post(path, ASKING, follow=True)
    assert "joel@example.org" in answer.content.decode()
    assert "They are told" in answer.content.decode()
    call = Call.objects.get()
    assert (call.way, call.caller, call.state) == ("bsl", "assessor", "asked")
    assert verify().problems == []


def test_what_reaches_nobody_is_refused_and_no_word_is_lost(cast: Cast, client: Client) -> None:
    path = reverse("ask_for_call", args=[a_story_link(cast).token])
    page = client.post(path, ASKING | {"way": "telephone", "reach": "ring me"}).content.decode()
    assert "area code" in page
    assert "ring me" in page
    assert "After five" in page
    assert not Call.objects.exists()


def test_the_same_sent_twice_is_one_call(cast: Cast) -> None:
    link, key = a_story_link(cast), "k" * 22
    said = Reach(reach=NUMBER, times="Now")
    asked: dict[str, Any] = {"way": CallWay.TELEPHONE, "caller": Caller.PROVIDER, "key": key}
    first = ask_for_call(link, said=said, **asked)
    assert ask_for_call(link, said=said, **asked) == first
    other, secret = ask_for_call(link, said=Reach(reach="01632 960 002", times="Now"), **asked)
    assert other != first[0]
    assert secret != key
    close_story_link(link, by=cast.alice)
    with refused("CAP-02"):
        ask_for_call(link, said=Reach(reach="01632 960 003", times="Now"), **asked)


def test_whoever_was_chosen_is_told_without_a_word(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    link = a_story_link(cast)
    Notice.objects.all().delete()
    mail.outbox.clear()
    said = Reach(reach=NUMBER, times="Now", called="Quibblewick")
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_call(link, way=CallWay.RELAY, caller=Caller.ASSESSOR, said=said)
    assert {notice.person for notice in Notice.objects.all()} == {cast.dana}
    for letter in mail.outbox:
        assert NUMBER not in str(letter.message())
        assert "Quibblewick" not in str(letter.message())


def test_only_the_house_that_was_chosen_calls(cast: Cast) -> None:
    call, _ = a_call(cast)
    assert calls_waiting(cast.alice).get() == call
    for other in (cast.dana, cast.erin, cast.frank, cast.charlie, cast.bob):
        with pytest.raises(NotPermitted):
            note_call(call, came=Tried.LATER, by=other)
        with pytest.raises(NotPermitted):
            write_call_down(call, told=TOLD, is_read_back=True, by=other)
    assert not calls_waiting(cast.dana).exists()
    assert not calls_waiting(cast.charlie).exists()


def test_each_try_is_seen_by_whoever_asked(cast: Cast, client: Client) -> None:
    call, secret = a_call(cast)
    client.force_login(cast.alice)
    assert "Call somebody who wants" in client.get(reverse("desk")).content.decode()
    path = reverse("call", args=[call.public_id])
    page = client.get(path).content.decode()
    assert NUMBER in page
    assert "My sister is beside me" in page
    assert client.post(path, {"came": "unreached"}).status_code == 302
    page = Client().get(reverse("my_call", args=[secret])).content.decode()
    assert "We called, and did not reach you" in page
    assert str(cast.alice) not in page


def test_the_story_is_typed_in_read_back_and_reached_by_the_same_address(
    cast: Cast, client: Client
) -> None:
    call, secret = a_call(cast)
    client.force_login(cast.alice)
    path = reverse("write_call_down", args=[call.public_id])
    answers = {"words": TOLD.words, "told_as": "user", "consent": "anonymous"}
    assert "First read it back" in client.post(path, answers).content.decode()
    answer = client.post(path, answers | {"is_read_back": "on"}, follow=True)
    assert "Their number is erased" in answer.content.decode()
    story = Story.objects.get()
    assert Call.objects.get().story == story
    assert NUMBER not in everything()
    page = Client().get(reverse("my_call", args=[secret]), follow=True)
    assert page.redirect_chain[0][0] == reverse("my_story", args=[secret])
    assert TOLD.words in page.content.decode()
    assert client.get(path).status_code == 302
    assert verify().problems == []


def test_twice_is_one_story_and_another_is_refused(cast: Cast) -> None:
    call, _ = a_call(cast)
    first = write_call_down(call, told=TOLD, is_read_back=True, by=cast.alice)
    assert write_call_down(call, told=TOLD, is_read_back=True, by=cast.alice) == first
    other = ToldInCall(words="Else", told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    with pytest.raises(WrongState):
        write_call_down(call, told=other, is_read_back=True, by=cast.alice)
    with refused("CAP-66"):
        write_call_down(call, told=TOLD, is_read_back=False, by=cast.alice)


def test_it_says_whose_member_wrote_it_down(cast: Cast) -> None:
    call, _ = a_call(cast, caller=Caller.ASSESSOR)
    close_story_link(call.link, by=cast.alice)
    story = write_call_down(call, told=TOLD, is_read_back=True, by=cast.dana)
    (told,) = tellings(story.commitment, person=None)
    assert told.written_down_for == str(cast.assessors)
    assert story.agreed_on == timezone.localdate()


@pytest.mark.parametrize("who", ["asker", "caller", "clock"])
def test_a_call_without_a_story_ends_and_the_number_goes(who: str, cast: Cast) -> None:
    call, secret = a_call(cast)
    if who == "asker":
        cancel_call(call)
        cancel_call(call)
    elif who == "caller":
        note_call(call, came=Tried.NO_STORY, by=cast.alice)
    else:
        now = timezone.now()
        assert end_old_calls(before=now - timedelta(days=1), now=now) == 0
        assert let_go(now=now + timedelta(days=61))["calls that brought nothing"] == 1
    call.refresh_from_db()
    assert call.state == CallState.ENDED
    assert not CallWords.objects.exists()
    assert NUMBER not in everything()
    page = Client().get(reverse("my_call", args=[secret])).content.decode()
    assert "is erased" in page
    assert Client().get(reverse("cancel_call", args=[secret])).status_code == 404
    with pytest.raises(WrongState):
        note_call(call, came=Tried.LATER, by=cast.alice)
    assert verify().problems == []


def test_who_asked_ends_it_on_a_page(cast: Cast, client: Client) -> None:
    _, secret = a_call(cast)
    path = reverse("cancel_call", args=[secret])
    assert path in client.get(reverse("my_call", args=[secret])).content.decode()
    assert "Nobody will call you" in client.post(path, follow=True).content.decode()
    assert Call.objects.get().state == CallState.ENDED


def test_a_number_that_went_goes_again_after_a_restore(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    call, _ = a_call(cast)
    restored(lambda: cancel_call(call), committed=django_capture_on_commit_callbacks)
    assert CallWords.objects.exists()
    assert erase_again() == 1
    assert not CallWords.objects.exists()
    assert erase_again() == 0
    assert verify().problems == []


def test_the_database_keeps_what_was_asked_and_tried(cast: Cast) -> None:
    call, _ = a_call(cast)
    note_call(call, came=Tried.LATER, by=cast.alice)
    for change in (
        lambda: Call.objects.all().delete(),
        lambda: Call.objects.update(way=CallWay.BSL),
        lambda: CallWords.objects.all().delete(),
        lambda: CallWords.objects.update(reach="01632 960 009"),
        lambda: CallTry.objects.all().delete(),
        lambda: CallTry.objects.update(came=Tried.NO_STORY),
        lambda: Call.objects.update(state=CallState.DONE),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
