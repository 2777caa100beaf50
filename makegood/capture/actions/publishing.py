"""What can be done to show a story to everyone: prepare it, publish it, end that."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.leaving_out import Omission
from makegood.capture.models import Story, StoryFile, StoryPublication
from makegood.capture.permissions import can_publish_story
from makegood.capture.states import PUBLICATIONS, Consent, PublicationState, StoryState, WhoElse
from makegood.kernel.erasures import note_erasure
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.models import Person

PUBLICATION = "publication of a story"
"""What is shown no more is called so where erasures are noted."""


@transaction.atomic
def prepare_publication(
    story: Story,
    *,
    omissions: Sequence[Omission],
    files: Iterable[StoryFile] = (),
    by: Person,
    now: datetime | None = None,
) -> StoryPublication:
    """Keep what would be left out of a story and shown beside it, to be looked at before it is published.

    CAP-07, CAP-08 and CAP-72 are asked.
    """
    now = now or timezone.now()
    held = _held(story, by=by)
    places = [(each.start, each.end) for each in omissions]
    rules.check_omissions_lie_in_the_words(places, length=len(held.said.words))
    prepared = _open(held).first() or StoryPublication(story=held)
    move(prepared, table=PUBLICATIONS, act="prepare_publication")
    rows, shown = [each.row for each in omissions], _shown(files, story=held)
    if prepared.pk and prepared.omissions == rows and prepared.shown_files == shown:
        return prepared
    prepared.omissions, prepared.shown_files, prepared.prepared_at = rows, shown, now
    prepared.save()
    record(prepared, act="prepare_publication", stream=_stream(held), by=by, now=now)
    return prepared


@transaction.atomic
def publish_story(
    story: Story, *, by: Person, read: str | None = None, now: datetime | None = None
) -> StoryPublication:
    """Show a story to everyone as it was prepared; publishing it twice changes nothing.

    ``read`` says what was prepared when it was read, by its digest (CAP-75); None: as it stands.
    """
    now = now or timezone.now()
    held = _held(story, by=by)
    shown = _open(held).get()
    if shown.state == PublicationState.PUBLISHED:
        return shown
    rules.check_what_is_published_was_read(is_same=read in {None, shown.ledger_digest()})
    move(shown, table=PUBLICATIONS, act="publish_story")
    shown.published_by, shown.published_at = by, now
    shown.save(update_fields=["state", "published_by", "published_at"])
    record(shown, act="publish_story", stream=_stream(held), by=by, now=now)
    return shown


@transaction.atomic
def end_publication(story: Story, *, by: Person, now: datetime | None = None) -> None:
    """Show a story to nobody but those who judge; ending it twice changes nothing."""
    now = now or timezone.now()
    can_publish_story(by, story=story).require()
    held = Story.objects.select_for_update().get(pk=story.pk)
    stop_showing(held, by=by, now=now)


def stop_showing(held: Story, *, by: Person | None, now: datetime) -> None:
    """End what is shown or prepared of a story that is held; ``by`` is empty for whoever told it."""
    for shown in _open(held):
        move(shown, table=PUBLICATIONS, act="end_publication")
        shown.ended_by, shown.ended_at = by, now
        shown.save(update_fields=["state", "ended_by", "ended_at"])
        if shown.published_at:
            note_erasure(PUBLICATION, key=publication_key(shown), at=now)
        record(shown, act="end_publication", stream=_stream(held), by=by, now=now)


def publication_key(shown: StoryPublication) -> str:
    """Return what is noted of what is shown no more: of which story, and since when it was shown."""
    at = shown.published_at and shown.published_at.astimezone(UTC).isoformat()
    return f"{shown.story.reference} {at}"


def _held(story: Story, *, by: Person) -> Story:
    can_publish_story(by, story=story).require()
    held = Story.objects.select_for_update().get(pk=story.pk)
    is_public = held.state == StoryState.TOLD and Consent(held.consent).is_public
    rules.check_teller_lets_everyone_read(is_public=is_public)
    return held


def _shown(files: Iterable[StoryFile], *, story: Story) -> list[str] | None:
    """Return which files are shown, as they are stored; None where none is (CAP-72)."""
    chosen, is_public = {each.pk for each in files}, story.consent == Consent.PUBLIC
    held = story.files.filter(pk__in=chosen, removed_at__isnull=True).select_related("said", "file")
    for each in held:
        rules.check_file_may_be_shown(
            is_agreed=each.is_for_all and each.is_seen_or_heard and is_public,
            has_others=each.who_else == WhoElse.NOT_ASKED,
            is_told=bool(each.said.description),
        )
        rules.check_file_tells_no_place(is_plain=each.tells_no_place)
    return [str(each.public_id) for each in held] or None


def _open(story: Story) -> QuerySet[StoryPublication]:
    return StoryPublication.objects.filter(story=story).exclude(state=PublicationState.ENDED)


def _stream(story: Story) -> str:
    return story.commitment.contract.stream
