"""What can be added to a story by whoever holds its private link, and taken away."""

from datetime import datetime
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.noting import day_of
from makegood.capture.models import Story, StoryFile, StoryFileWords
from makegood.capture.states import StoryState, WhoElse
from makegood.kernel.erasures import note_erasure
from makegood.kernel.files.keep import forget_file, keep_stream
from makegood.kernel.files.kinds import FileKind, is_picture_of_a_phone, kind_of_any
from makegood.kernel.files.photos import plain_photo
from makegood.kernel.files.scanner import Scanned, scan
from makegood.kernel.files.sounds import MADE_PLAIN, plain_media
from makegood.kernel.ledger.append import record

FILE = "file of a story"
"""What a file that was taken away is called where erasures are noted."""
MOST_FILES = 10
PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})


@transaction.atomic
def add_story_file(
    story: Story,
    *,
    file: "File[Any]",
    description: str,
    who_else: WhoElse,
    is_for_all: bool = False,
    now: datetime | None = None,
) -> StoryFile:
    """Add a photo, sound, film or document to a story; the same twice is there once (CAP-09 to CAP-12).

    Of a photo the picture alone is kept: not where, when or with what it was taken. So of a film or
    sound where that can be done; where not, it is never shown to everyone (CAP-74).
    """
    now = now or timezone.now()
    held = Story.objects.select_for_update().get(pk=story.pk)
    rules.check_file_may_be_added(is_standing=held.state == StoryState.TOLD)
    plain, kind, is_plain = _plain(file)
    rules.check_photo_is_described(is_photo=kind in PHOTOS, description=description)
    beside = held.files.filter(removed_at__isnull=True)
    kept = keep_stream(plain, kind=kind, now=now)
    if same := beside.filter(file__digest=kept.digest, file__size=kept.size).first():
        forget_file(kept, now=now)
        return same
    rules.check_story_has_room(held=beside.count(), most=MOST_FILES)
    added = StoryFile(
        story=held,
        file=kept,
        who_else=who_else,
        is_for_all=is_for_all,
        is_plain=is_plain,
        added_at=now,
    )
    return _add(added, said=StoryFileWords(description=description.strip()), now=now)


@transaction.atomic
def remove_story_file(story_file: StoryFile, *, now: datetime | None = None) -> None:
    """Take a file away for good, with what was said of it; that one was added stays."""
    now = now or timezone.now()
    story = Story.objects.select_for_update().get(pk=story_file.story_id)
    held = StoryFile.objects.get(pk=story_file.pk)
    if not held.removed_at:
        note_erasure(FILE, key=str(held.public_id), at=now)
        take_away(held, story=story, now=now)


def take_away(held: StoryFile, *, story: Story, now: datetime) -> None:
    """Erase a file of a story that is held, and what was said of it."""
    held.removed_at = now
    held.save(update_fields=["removed_at"])
    StoryFileWords.objects.filter(story_file=held).delete()
    forget_file(held.file, now=now)
    stream = story.commitment.contract.stream
    record(held, act="remove_story_file", stream=stream, by=None, now=day_of(now))


def _plain(file: "File[Any]") -> "tuple[File[Any], FileKind, bool]":
    """Return what is kept of a file, of what kind it is (CAP-10), and whether a film is made plain."""
    size, most = file.size or 0, settings.STORY_FILE_MAX_BYTES
    opened = cast(BinaryIO, file)
    kind = kind_of_any(opened) if size <= most else None
    said = scan(opened) if size <= most else Scanned.NOT_ASKED
    rules.check_file_does_no_harm(
        is_harmful=said is Scanned.HARMFUL, has_answer=said is not Scanned.NO_ANSWER
    )
    photo = plain_photo(opened) if kind in PHOTOS else None
    rules.check_file_can_be_read(
        is_known=kind is not None,
        is_from_a_phone=size <= most and is_picture_of_a_phone(opened),
        is_readable=photo is not None or kind not in PHOTOS,
        size=size,
        most=most,
    )
    assert kind is not None
    if photo is not None:
        return ContentFile(photo), FileKind.JPEG, False
    opened.seek(0)
    bare = plain_media(opened.read(), kind=kind) if kind in MADE_PLAIN else None
    opened.seek(0)
    return (file, kind, False) if bare is None else (ContentFile(bare), kind, True)


def _add(added: StoryFile, *, said: StoryFileWords, now: datetime) -> StoryFile:
    said.story_file = added
    added.said_digest = said.digest()
    added.save()
    said.story_file = added
    said.save()
    stream = added.story.commitment.contract.stream
    record(added, act="add_story_file", stream=stream, by=None, now=day_of(now))
    return added
