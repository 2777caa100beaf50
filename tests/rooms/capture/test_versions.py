"""Translations and Easy Read stand beside the story, are shown only with it, and go with it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    add_version,
    change_consent,
    check_version,
    end_publication,
    prepare_publication,
    publish_story,
    remove_version,
    withdraw_story,
)
from makegood.capture.models import Story, StoryVersion, StoryVersionWords
from makegood.capture.queries import tellings
from makegood.capture.states import Consent, MadeBy, VersionKind
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.loop import a_shown_story, a_story
from tests.factories.telling import a_version, another_judge
from tests.rooms.capture.test_private_link import everything
from tests.rules.refusing import refused

WELSH = "Rwy’n cysgu’n dda nawr, meddai Quibblewick"


def seen_by_everyone(story: Story) -> list[str]:
    (told,) = tellings(story.commitment, person=None)
    return [each.words for each in told.versions]


def test_only_those_who_judge_keep_other_words(cast: Cast) -> None:
    story, _ = a_story(cast)
    for other in (cast.alice, cast.bob, cast.erin, cast.frank, cast.charlie):
        with pytest.raises(NotPermitted):
            a_version(story, by=other)
    first = a_version(story, by=cast.dana)
    assert a_version(story, by=cast.dana) == first
    with refused("CAP-70"):
        a_version(story, words="Rhywbeth arall", by=cast.dana)
    with refused("CAP-70"):
        add_version(
            story,
            kind=VersionKind.TRANSLATION,
            language="en-GB",
            made_how=MadeBy.MACHINE,
            words="I sleep",
            by=cast.dana,
        )
    assert verify().problems == []


def test_it_is_shown_once_somebody_else_checked_it(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    made = a_version(story, words=WELSH, by=cast.dana)
    assert seen_by_everyone(story) == []
    with refused("CAP-71"):
        check_version(made, by=cast.dana)
    other = another_judge(cast)
    checked = check_version(made, by=other)
    assert check_version(made, by=other) == checked
    assert seen_by_everyone(story) == [WELSH]
    assert verify().problems == []


def test_it_is_shown_only_with_what_it_was_checked_with(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    made, other = a_version(story, words=WELSH, by=cast.dana), another_judge(cast)
    check_version(made, by=other)
    end_publication(story, by=cast.dana)
    assert seen_by_everyone(story) == []
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    assert seen_by_everyone(story) == []
    check_version(made, by=other)
    assert seen_by_everyone(story) == [WELSH]
    change_consent(story, consent=Consent.ASSESSOR)
    assert seen_by_everyone(story) == []


def test_of_a_story_that_nobody_shows_those_who_judge_read_it(cast: Cast, client: Client) -> None:
    story, secret = a_story(cast)
    check_version(a_version(story, words=WELSH, by=cast.dana), by=another_judge(cast))
    assert seen_by_everyone(story) == []
    client.force_login(cast.dana)
    path = reverse("stories_told", args=[story.commitment.reference])
    page = client.get(path).content.decode()
    assert 'lang="cy"' in page
    assert "In Welsh" in page
    own = Client().get(reverse("my_story", args=[secret])).content.decode()
    assert "Quibblewick" in own


def test_it_is_put_in_checked_and_taken_away_on_pages(cast: Cast, client: Client) -> None:
    story, _ = a_shown_story(cast)
    client.force_login(cast.dana)
    path = reverse("story_versions", args=[story.reference])
    answers = {"kind": "easy_read", "language": "en-GB", "made_how": "member", "words": "I sleep."}
    assert client.post(path, answers | {"words": ""}).status_code == 200
    assert client.post(path, answers).status_code == 302
    made = StoryVersion.objects.get()
    check = reverse("check_version", args=[story.reference, made.public_id])
    assert "Somebody else checks it" in client.post(check).content.decode()
    other = Client()
    other.force_login(another_judge(cast))
    assert other.post(check).status_code == 302
    told = Client().get(reverse("stories_told", args=[story.commitment.reference]))
    assert "Easy Read, in English" in told.content.decode()
    assert "Shown with the story" in client.get(path).content.decode()
    remove = reverse("remove_version", args=[story.reference, made.public_id])
    assert "I sleep." in client.get(remove).content.decode()
    assert client.post(remove).status_code == 302
    assert client.get(remove).status_code == 404
    remove_version(made, by=cast.dana)
    assert not StoryVersionWords.objects.exists()
    assert verify().problems == []


def test_it_is_erased_with_the_story(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    made = a_version(story, words=WELSH, by=cast.dana)
    check_version(made, by=another_judge(cast))
    withdraw_story(story)
    assert "Quibblewick" not in everything()
    assert not StoryVersionWords.objects.exists()
    for act in (lambda: check_version(made, by=cast.dana), lambda: a_version(story, by=cast.dana)):
        with refused("CAP-69"):
            act()
    assert verify().problems == []


def test_the_database_lets_none_stay_behind(cast: Cast) -> None:
    story, _ = a_shown_story(cast)
    made = a_version(story, by=cast.dana)
    for change in (
        lambda: StoryVersion.objects.all().delete(),
        lambda: StoryVersion.objects.update(language="pl"),
        lambda: StoryVersion.objects.update(checked_by=cast.dana, checked_at=made.added_at),
        lambda: StoryVersion.objects.update(publication=story.publications.get()),
        lambda: StoryVersionWords.objects.update(words="Else"),
        lambda: StoryVersionWords.objects.all().delete(),
        lambda: Story.objects.update(withdrawn_at=made.added_at, state="withdrawn"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_somebody_else_put_in_waits_on_the_desk_of_a_second_judge(
    cast: Cast, client: Client
) -> None:
    story, _ = a_shown_story(cast)
    version = a_version(story, by=cast.dana)
    path = reverse("check_version", args=[story.reference, version.public_id])
    other = another_judge(cast)
    for person, waits in ((other, True), (cast.dana, False), (cast.alice, False)):
        client.force_login(person)
        assert (path in client.get(reverse("desk")).content.decode()) == waits
    check_version(version, by=other)
    client.force_login(other)
    assert path not in client.get(reverse("desk")).content.decode()
    end_publication(story, by=cast.dana)
    assert path not in client.get(reverse("desk")).content.decode(), "nothing of it is shown"
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    assert path in client.get(reverse("desk")).content.decode(), "it is checked with what is shown"
