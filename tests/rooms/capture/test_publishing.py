"""A story is shown by somebody's act, without what tells who it is, and no longer than its teller agrees."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import (
    change_consent,
    end_publication,
    prepare_publication,
    publish_story,
    tell_story,
    withdraw_story,
)
from makegood.capture.leaving_out import Omission
from makegood.capture.models import Story, StoryLink, StoryPublication
from makegood.capture.queries import suggested_for, tellings
from makegood.capture.states import Consent, LeftOut, PublicationState, ToldAs
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from tests.factories.cast import Cast
from tests.factories.loop import a_shown_story, a_story_link
from tests.rules.refusing import refused

WORDS = "Sandra came. Ring her on 01632 960123."
SANDRA = Omission(start=0, end=6, kind=LeftOut.NAME)


def told(
    cast: Cast, *, consent: Consent = Consent.ANONYMOUS, link: StoryLink | None = None
) -> Story:
    story, _ = tell_story(
        link or a_story_link(cast),
        words=WORDS,
        told_as=ToldAs.USER,
        consent=consent,
        first_name="Ann",
    )
    return story


def test_consent_alone_shows_nothing(cast: Cast) -> None:
    story = told(cast, consent=Consent.PUBLIC)
    prepare_publication(story, omissions=[], by=cast.dana)
    (seen,) = tellings(story.commitment, person=None)
    assert (seen.words, seen.name) == ("", "")
    assert seen.why_kept == "Nobody has published it yet."


def test_what_is_left_out_is_said_in_its_place(cast: Cast) -> None:
    story = told(cast)
    prepare_publication(story, omissions=[SANDRA], by=cast.dana)
    publish_story(story, by=cast.dana)
    for reader in (None, cast.alice, cast.erin, cast.grace):
        (seen,) = tellings(story.commitment, person=reader)
        assert seen.words == "[a name] came. Ring her on 01632 960123."
        assert "Sandra" not in repr(seen)
    (judged,) = tellings(story.commitment, person=cast.dana)
    assert judged.words == WORDS
    assert verify().problems == []


def test_only_who_judges_publishes(cast: Cast) -> None:
    story = told(cast)
    for other in (cast.alice, cast.bob, cast.erin, cast.frank, cast.charlie):
        with pytest.raises(NotPermitted):
            prepare_publication(story, omissions=[], by=other)
        with pytest.raises(NotPermitted):
            end_publication(story, by=other)


def test_what_was_told_to_the_assessor_alone_is_not_published(cast: Cast) -> None:
    story = told(cast, consent=Consent.ASSESSOR)
    with refused("CAP-07"):
        prepare_publication(story, omissions=[], by=cast.dana)


def test_what_is_left_out_lies_in_the_words(cast: Cast) -> None:
    outside = Omission(start=30, end=len(WORDS) + 1, kind=LeftOut.NAME)
    over = Omission(start=3, end=9, kind=LeftOut.NAME)
    story = told(cast)
    for wrong in ([outside], [SANDRA, over], [over, SANDRA]):
        with refused("CAP-08"):
            prepare_publication(story, omissions=wrong, by=cast.dana)


@pytest.mark.parametrize("narrower", [Consent.ANONYMOUS, Consent.ASSESSOR])
def test_a_narrower_consent_ends_what_is_shown(cast: Cast, narrower: Consent) -> None:
    story = told(cast, consent=Consent.NAMED)
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    change_consent(story, consent=narrower)
    (seen,) = tellings(story.commitment, person=None)
    assert seen.words == ""
    ended = StoryPublication.objects.get()
    assert (ended.state, ended.ended_by) == (PublicationState.ENDED, None)
    assert verify().problems == []


def test_a_wider_consent_leaves_what_is_shown(cast: Cast) -> None:
    story = told(cast, consent=Consent.NAMED)
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    change_consent(story, consent=Consent.PUBLIC)
    assert tellings(story.commitment, person=None)[0].words == WORDS


def test_withdrawing_ends_it_and_leaves_no_word(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    withdraw_story(story)
    assert StoryPublication.objects.get().state == PublicationState.ENDED
    assert list(tellings(story.commitment, person=None)) == []
    with refused("CAP-07"):
        prepare_publication(story, omissions=[], by=cast.dana)
    assert verify().problems == []


def test_it_can_be_ended_and_published_anew(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    end_publication(story, by=cast.dana)
    end_publication(story, by=cast.dana)
    assert tellings(story.commitment, person=None)[0].words == ""
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    publish_story(story, by=cast.dana)
    assert StoryPublication.objects.count() == 2
    assert tellings(story.commitment, person=None)[0].words


def test_what_is_published_is_not_prepared_again(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    with pytest.raises(WrongState):
        prepare_publication(story, omissions=[], by=cast.dana)


def test_the_database_shows_nothing_its_teller_did_not_agree_to(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    row = StoryPublication.objects.filter(story=story)
    private = told(cast, consent=Consent.ASSESSOR, link=story.link)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(consent=Consent.ASSESSOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(omissions=[[0, 1, "name"]])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(story=private)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPublication.objects.create(story=private, omissions=[], prepared_at=timezone.now())


def test_an_assessor_leaves_names_out_and_publishes(cast: Cast, client: Client) -> None:
    story = told(cast)
    client.force_login(cast.dana)
    listed = client.get(reverse("stories_told", args=[story.commitment.reference]))
    assert reverse("prepare_story", args=[story.reference]) in listed.content.decode()
    path = reverse("prepare_story", args=[story.reference])
    page = client.get(path).content.decode()
    assert "Sandra (a name)" in page
    refused_page = client.post(path, {"chosen": ["0"], "others": "Sandro"})
    assert "does not stand in the story" in refused_page.content.decode()
    answer = client.post(path, {"chosen": ["0"], "others": "Ring her"}, follow=True)
    shown = answer.content.decode()
    assert "a name left out" in shown
    assert "Sandra" not in shown
    assert "Ring her" not in shown
    again = client.get(path).content.decode()
    assert "Ring her</textarea>" in again
    page = reverse("publish_story", args=[story.reference])
    client.post(page, {"read": client.get(page).context["form"].now})
    assert tellings(story.commitment, person=None)[0].words == (
        "[a name] came. [something that could tell who it is] on 01632 960123."
    )
    client.logout()
    thread = client.get(story.commitment.get_absolute_url()).content.decode()
    assert "a name left out" in thread
    assert "Sandra" not in thread
    client.force_login(cast.dana)
    client.post(reverse("unpublish_story", args=[story.reference]))
    assert tellings(story.commitment, person=None)[0].words == ""


def test_what_another_changed_while_it_was_read_is_read_anew(cast: Cast, client: Client) -> None:
    story = told(cast)
    prepare_publication(story, omissions=suggested_for(story), by=cast.dana)
    client.force_login(cast.dana)
    path = reverse("publish_story", args=[story.reference])
    read = client.get(path).context["form"].now
    prepare_publication(story, omissions=[], by=cast.dana)
    page = client.post(path, {"read": read})
    assert "Somebody changed this while you read" in page.content.decode()
    assert story.publications.get().state == PublicationState.PREPARED
    with refused("CAP-75"):
        publish_story(story, by=cast.dana, read="")
    assert client.post(path, {"read": page.context["form"].now}).status_code == 302
    assert story.publications.get().state == PublicationState.PUBLISHED


def test_the_list_of_stories_asks_no_more_for_more_of_them(cast: Cast, client: Client) -> None:
    story, _ = a_shown_story(cast)
    client.force_login(cast.dana)
    path = reverse("stories_told", args=[story.commitment.reference])
    asked = []
    for _ in range(2):
        for _ in range(4):
            told(cast, link=story.link)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14
