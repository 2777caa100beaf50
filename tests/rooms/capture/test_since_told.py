"""Who told a story sees what happened to it; and what they take back is nowhere any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    Whose,
    act_on_concern,
    add_story_file,
    change_consent,
    prepare_publication,
    publish_story,
    raise_concern,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Story
from makegood.capture.queries import what_happened
from makegood.capture.queries.since import FEARED, SAID, TAKEN_UP
from makegood.capture.states import Basis, Consent, Taken, ToldAs, ToldFor, WhoElse
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.loop import a_shown_story, a_story_link

MARKER = "Quibblewick"


def much_is_told(cast: Cast) -> tuple[Story, str]:
    """Let the marker stand wherever a person can put it, and be shown and told about."""
    story, secret = tell_story(
        a_story_link(cast),
        words=f"{MARKER} came every day",
        told_as=ToldAs.CARER,
        consent=Consent.NAMED,
        first_name=MARKER,
        whose=Whose(told_for=ToldFor.CHILD, basis=Basis.PARENT, relation=MARKER),
        is_afraid=True,
    )
    paper = ContentFile(f"%PDF-1.7 {MARKER}".encode(), name=f"{MARKER}.pdf")
    add_story_file(story, file=paper, description=MARKER, who_else=WhoElse.NOBODY)
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    return story, secret


def places_with_the_marker() -> list[str]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # a table of ours
            found += [table for row in cursor.fetchall() if MARKER in repr(row)]
    kept = [path for path in Path(default_storage.path(".")).rglob("*") if path.is_file()]
    found += [str(path) for path in kept if MARKER.encode() in path.read_bytes()]
    found += [str(path) for path in kept if MARKER in path.name]
    found += ["a letter" for letter in mail.outbox if MARKER in str(letter.message())]
    return sorted(set(found))


def test_what_is_taken_back_is_nowhere_any_more(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        story, secret = much_is_told(cast)
    pages = [
        story.commitment.get_absolute_url(),
        reverse("my_story", args=[secret]),
    ]
    assert all(MARKER in client.get(page).content.decode() for page in pages)
    held = places_with_the_marker()
    assert [place for place in held if "/" not in place] == [
        "capture_storyfilewords",
        "capture_storywords",
    ]
    assert len(held) == 3  # the third is the file itself
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_story(story)
    assert places_with_the_marker() == []
    assert not any(MARKER in client.get(page).content.decode() for page in pages)
    assert MARKER not in repr(getattr(cache, "_cache", ""))
    assert verify().problems == []


def test_who_told_it_sees_what_happened_the_last_first(cast: Cast, client: Client) -> None:
    story, secret = a_shown_story(cast)
    act_on_concern(raise_concern(story), taken=Taken.SPOKE, by=cast.erin)
    change_consent(story, consent=Consent.ASSESSOR)
    words = [each.words for each in what_happened(story)]
    assert words == [
        TAKEN_UP,
        FEARED,
        SAID["change_consent"],
        SAID["end_publication"],
        SAID["publish_story"],
        SAID["prepare_publication"],
        SAID["tell_story"],
    ]
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert all(each in page for each in words)
    withdraw_story(story)
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert SAID["withdraw_story"] in page


@pytest.mark.parametrize("act", SAID)
def test_every_act_is_said_in_words(act: str) -> None:
    assert SAID[act][0].isupper()
    assert not SAID[act].endswith(".")
