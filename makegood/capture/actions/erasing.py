"""Erasing again what people took back, after an older backup was restored."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture.actions.calls import CALL, end_call_again
from makegood.capture.actions.complaints import COMPLAINT, end_complaint
from makegood.capture.actions.documents import DOCUMENT, erase_documents_again
from makegood.capture.actions.files import FILE, take_away
from makegood.capture.actions.publishing import PUBLICATION, publication_key, stop_showing
from makegood.capture.actions.stories import CONSENT, STORY, change_consent, consent_key, take_back
from makegood.capture.actions.versions import VERSION, take_version_again
from makegood.capture.models import (
    Call,
    Complaint,
    Document,
    Story,
    StoryFile,
    StoryPublication,
    StoryVersion,
)
from makegood.capture.states import (
    CallState,
    ComplaintState,
    Consent,
    PublicationState,
    StoryState,
)
from makegood.kernel.erasures import erasures_noted, note_missing
from makegood.kernel.ledger.models import Entry


@transaction.atomic
def erase_again(*, now: datetime | None = None) -> int:
    """Take back what was taken back since the backup that was restored; return how many that were.

    What fewer people may read since, and what is shown no more, is narrowed and ended again.
    """
    now = now or timezone.now()
    standing = Story.objects.filter(state=StoryState.TOLD)
    stories = list(standing.filter(reference__in=list(erasures_noted(STORY))))
    for story in stories:
        take_back(story, now=now)
    calls = list(
        Call.objects.filter(state=CallState.ASKED, public_id__in=list(erasures_noted(CALL)))
    )
    for call in calls:
        end_call_again(call, now=now)
    complaints = list(
        Complaint.objects.exclude(state=ComplaintState.ENDED).filter(
            public_id__in=list(erasures_noted(COMPLAINT))
        )
    )
    for complaint in complaints:
        end_complaint(complaint, now=now)
    taken = len(stories) + len(calls) + len(complaints) + _added_again(now=now)
    return taken + _narrowed_again(now=now) + erase_documents_again(now=now)


def note_what_was_erased(*, now: datetime | None = None) -> int:
    """Note what was taken back and no note says: the server ended before, or it was another's act.

    A consent is noted where it is narrower than the last that was noted: so a backup that was
    restored, and is not erased again yet, widens none.
    """
    now = now or timezone.now()
    gone: dict[str, Iterable[object]] = {
        STORY: Story.objects.filter(state=StoryState.WITHDRAWN).values_list("reference", flat=True),
        FILE: StoryFile.objects.filter(removed_at__isnull=False).values_list(
            "public_id", flat=True
        ),
        VERSION: StoryVersion.objects.filter(removed_at__isnull=False).values_list(
            "public_id", flat=True
        ),
        CALL: Call.objects.filter(ended_at__isnull=False).values_list("public_id", flat=True),
        COMPLAINT: Complaint.objects.filter(ended_at__isnull=False).values_list(
            "public_id", flat=True
        ),
        DOCUMENT: Document.objects.filter(is_erased=True).values_list("reference", flat=True),
        PUBLICATION: map(publication_key, _shown_once()),
        CONSENT: _narrower_than_noted(),
    }
    with transaction.atomic():
        return sum(note_missing(what, keys=map(str, keys), at=now) for what, keys in gone.items())


def _added_again(*, now: datetime) -> int:
    """Take files and other words away again."""
    files = StoryFile.objects.filter(
        removed_at__isnull=True, public_id__in=list(erasures_noted(FILE))
    )
    for held in (alone := list(files.select_related("story__commitment__contract", "file"))):
        take_away(held, story=held.story, now=now)
    versions = StoryVersion.objects.filter(
        removed_at__isnull=True, public_id__in=list(erasures_noted(VERSION))
    )
    for version in (others := list(versions)):
        take_version_again(version, now=now)
    return len(alone) + len(others)


def _narrowed_again(*, now: datetime) -> int:
    """End again what was shown no more, and let as few read a story as its teller last said."""
    done, ended = 0, set(erasures_noted(PUBLICATION))
    shown = StoryPublication.objects.filter(state=PublicationState.PUBLISHED)
    for each in shown.select_related("story__commitment__contract"):
        if publication_key(each) in ended:
            stop_showing(each.story, by=None, now=now)
            done += 1
    last = _last_consents()
    for story in Story.objects.filter(state=StoryState.TOLD, reference__in=last):
        if last[story.reference].is_narrower_than(Consent(story.consent)):
            change_consent(story, consent=last[story.reference], now=now)
            done += 1
    return done


def _last_consents() -> dict[str, Consent]:
    noted = (key.split(" ") for key in erasures_noted(CONSENT))
    return {reference: Consent(consent) for reference, consent in noted}


def _shown_once() -> Iterable[StoryPublication]:
    ended = StoryPublication.objects.filter(state=PublicationState.ENDED)
    return ended.filter(published_at__isnull=False).select_related("story")


def _narrower_than_noted() -> Iterator[str]:
    changed = Entry.objects.filter(act="change_consent").values_list("subject", flat=True)
    keys = {int(subject.partition(":")[2]) for subject in changed}
    last = _last_consents()
    for story in Story.objects.filter(pk__in=keys, state=StoryState.TOLD):
        noted = last.get(story.reference, Consent.PUBLIC)
        if Consent(story.consent).is_narrower_than(noted):
            yield consent_key(story)
