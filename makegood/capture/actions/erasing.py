"""Erasing again what people took back, after an older backup was restored."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture.actions.calls import CALL, end_call_again
from makegood.capture.actions.complaints import COMPLAINT, end_complaint
from makegood.capture.actions.documents import erase_documents_again
from makegood.capture.actions.files import FILE, take_away
from makegood.capture.actions.stories import STORY, take_back
from makegood.capture.models import Call, Complaint, Story, StoryFile
from makegood.capture.states import CallState, ComplaintState, StoryState
from makegood.kernel.erasures import erasures_noted


@transaction.atomic
def erase_again(*, now: datetime | None = None) -> int:
    """Take back what was taken back since the backup that was restored; return how many that were."""
    now = now or timezone.now()
    standing = Story.objects.filter(state=StoryState.TOLD)
    stories = standing.filter(reference__in=list(erasures_noted(STORY)))
    files = StoryFile.objects.filter(
        removed_at__isnull=True, public_id__in=list(erasures_noted(FILE))
    ).exclude(story__in=stories)
    calls = list(
        Call.objects.filter(state=CallState.ASKED, public_id__in=list(erasures_noted(CALL)))
    )
    complaints = list(
        Complaint.objects.exclude(state=ComplaintState.ENDED).filter(
            public_id__in=list(erasures_noted(COMPLAINT))
        )
    )
    for held in (alone := list(files.select_related("story__commitment__contract", "file"))):
        take_away(held, story=held.story, now=now)
    for story in (whole := list(stories)):
        take_back(story, now=now)
    for call in calls:
        end_call_again(call, now=now)
    for complaint in complaints:
        end_complaint(complaint, now=now)
    taken = len(alone) + len(whole) + len(calls) + len(complaints)
    return taken + erase_documents_again(now=now)
