"""Noting privately: the ledger says that something was noted on a day, and no more (ADR 0027)."""

from datetime import datetime, time

from django.utils import timezone

from makegood.capture.models import NotedPrivately, PrivateNote
from makegood.kernel.ledger.append import record

STREAM = "private"


def note_privately(row: NotedPrivately | None, *, now: datetime) -> PrivateNote:
    """Note a row that is saved, as it stands; None notes nothing, so that a note by itself tells nothing.

    Who acted stands in the row, and so in its digest.
    """
    note = PrivateNote(noted_on=timezone.localdate(now))
    if row is not None:
        note.what, note.row, note.row_digest = row.ledger_kind(), row.pk, row.ledger_digest()
    note.save()
    record(note, act="note", stream=STREAM, by=None, now=day_of(now))
    return note


def day_of(now: datetime) -> datetime:
    """Return the beginning of the day: who was seen with a telephone at that minute is told by nothing."""
    here = timezone.localtime(now)
    return datetime.combine(here.date(), time.min, tzinfo=here.tzinfo)
