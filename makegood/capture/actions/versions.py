"""What can be done about other words: keep a translation or Easy Read, check it, take it away."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.models import Story, StoryPublication, StoryVersion, StoryVersionWords
from makegood.capture.permissions import can_publish_story
from makegood.capture.states import ENGLISH, MadeBy, PublicationState, StoryState, VersionKind
from makegood.kernel.erasures import note_erasure
from makegood.kernel.ledger.append import record
from makegood.people.models import Person

VERSION = "story in other words"
"""What other words that were taken away are called where erasures are noted."""


@transaction.atomic
def add_version(
    story: Story,
    *,
    kind: VersionKind,
    language: str,
    made_how: MadeBy,
    words: str,
    by: Person,
    now: datetime | None = None,
) -> StoryVersion:
    """Keep a story in other words beside the original; the same twice is one (CAP-69, CAP-70)."""
    now = now or timezone.now()
    can_publish_story(by, story=story).require()
    held = _held(story)
    said = StoryVersionWords(words=words.strip())
    standing = held.versions.filter(kind=kind, language=language, removed_at__isnull=True).first()
    if standing and standing.said.words == said.words:
        return standing
    rules.check_version_is_another(
        is_translation=kind is VersionKind.TRANSLATION,
        is_english=language == ENGLISH,
        is_there=standing is not None,
    )
    version = StoryVersion.objects.create(
        story=held,
        kind=kind,
        language=language,
        made_how=made_how,
        words_digest=said.digest(),
        added_by=by,
        added_at=now,
    )
    said.version = version
    said.save()
    record(version, act="add_version", stream=_stream(held), by=by, now=now)
    return version


@transaction.atomic
def check_version(
    version: StoryVersion, *, by: Person, now: datetime | None = None
) -> StoryVersion:
    """Say that other words say the same, and tell no more of who somebody is than what is shown (CAP-71).

    Where the story is shown to everyone, they are shown with it: until what is shown ends.
    """
    now = now or timezone.now()
    can_publish_story(by, story=version.story).require()
    story = _held(version.story)
    held = StoryVersion.objects.select_for_update().get(pk=version.pk)
    rules.check_version_is_of_what_stands(is_standing=held.removed_at is None)
    rules.check_version_is_checked_by_another(is_same=held.added_by_id == by.pk)
    published = PublicationState.PUBLISHED
    shown = StoryPublication.objects.filter(story=story, state=published).first()
    if held.checked_at and held.publication == shown:
        return held
    held.checked_by, held.checked_at, held.publication = by, now, shown
    held.save(update_fields=["checked_by", "checked_at", "publication"])
    record(held, act="check_version", stream=_stream(story), by=by, now=now)
    return held


@transaction.atomic
def remove_version(version: StoryVersion, *, by: Person, now: datetime | None = None) -> None:
    """Take other words away for good; that they were there stays. Twice changes nothing."""
    now = now or timezone.now()
    can_publish_story(by, story=version.story).require()
    story = Story.objects.select_for_update().get(pk=version.story_id)
    held = StoryVersion.objects.get(pk=version.pk)
    if held.removed_at is None:
        note_erasure(VERSION, key=str(held.public_id), at=now)
        _take_away(held, story=story, by=by, now=now)


def take_version_again(version: StoryVersion, *, now: datetime) -> None:
    """Take other words away that went after the backup was made from which they came back."""
    story = Story.objects.select_for_update().get(pk=version.story_id)
    _take_away(StoryVersion.objects.get(pk=version.pk), story=story, by=None, now=now)


def take_versions_away(story: Story, *, now: datetime) -> None:
    """Erase the other words of a story that is held, as its own are."""
    for held in story.versions.filter(removed_at__isnull=True):
        _take_away(held, story=story, by=None, now=now)


def _take_away(held: StoryVersion, *, story: Story, by: Person | None, now: datetime) -> None:
    held.removed_at = now
    held.save(update_fields=["removed_at"])
    StoryVersionWords.objects.filter(version=held).delete()
    record(held, act="remove_version", stream=_stream(story), by=by, now=now)


def _held(story: Story) -> Story:
    held = Story.objects.select_for_update().get(pk=story.pk)
    rules.check_version_is_of_what_stands(is_standing=held.state == StoryState.TOLD)
    return held


def _stream(story: Story) -> str:
    return story.commitment.contract.stream
