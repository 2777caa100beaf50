"""The work on uploads of many series: where one is killed, the next goes on from the last piece."""

import logging

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.measures.actions.read import Overtaken, read_file, tell
from makegood.measures.actions.receive import DECISION, LEASE
from makegood.measures.actions.store import store_figures
from makegood.measures.actions.versions import STREAM
from makegood.measures.models import Upload, UploadWork
from makegood.measures.reading import BadFile
from makegood.measures.states import UPLOADS, UploadState

log = logging.getLogger(__name__)
STOPPED = (
    "A fault of this Makegood stopped the work on this file ({trouble}). It is tried again every two "
    "minutes. If it does not go on, tell whoever runs this Makegood, or throw the file away and send it "
    "again."
)
UNDER_WAY = (UploadState.READING, UploadState.STORING)


def work_on_uploads() -> int:
    """Go on with the uploads that are being read or kept; return how many were brought to an end."""
    done = 0
    while (work := _next()) is not None:
        done += work_on_upload(work.upload)
    return done


def work_on_upload(upload: Upload) -> bool:
    """Bring the reading or keeping of one upload to its end; return whether it came there."""
    work = UploadWork.objects.filter(upload=upload).first()
    if work is None or not _taken_up(work):
        return False
    piece = {UploadState.READING: read_file, UploadState.STORING: store_figures}
    try:
        state = _state(upload)
        if state in piece:
            piece[state](work)
    except BadFile as bad:
        _give_back(upload, fault=str(bad))
    except (Overtaken, UploadWork.DoesNotExist):
        log.info("The work on %s was taken up by another, or is not wanted any more.", upload)
        return False
    except Exception as trouble:
        log.exception("The work on %s failed; it is tried again.", upload)
        _say_that_it_failed(work, type(trouble).__name__)
        return False
    UploadWork.objects.filter(pk=work.pk).update(lease_ends_at=None)
    return True


@transaction.atomic
def _say_that_it_failed(work: UploadWork, trouble: str) -> None:
    """Note that the work on a file does not go on, and tell its keeper the first time; others go on."""
    held = UploadWork.objects.select_for_update().filter(pk=work.pk).first()
    if held is None:
        return
    if not held.fault:
        words = f"The work on {held.upload.file_name} stopped. Look at it: you can throw it away."
        tell(held.upload, words=words, now=timezone.now())
    held.fault, held.lease_ends_at = STOPPED.format(trouble=trouble), timezone.now() + LEASE
    held.save(update_fields=["fault", "lease_ends_at"])


def _state(upload: Upload) -> UploadState:
    return UploadState(Upload.objects.values_list("state", flat=True).get(pk=upload.pk))


def _next() -> UploadWork | None:
    free = Q(lease_ends_at=None) | Q(lease_ends_at__lt=timezone.now())
    waiting = UploadWork.objects.filter(free, upload__state__in=UNDER_WAY)
    return (
        waiting.select_related("upload")
        .order_by(F("lease_ends_at").asc(nulls_first=True), "pk")
        .first()
    )


def _taken_up(work: UploadWork) -> bool:
    """Take the work up unless somebody else is at it; of two at once, one does."""
    now = timezone.now()
    free = Q(lease_ends_at=None) | Q(lease_ends_at__lt=now)
    taken = UploadWork.objects.filter(free, pk=work.pk).update(lease_ends_at=now + LEASE)
    return bool(taken)


@transaction.atomic
def _give_back(upload: Upload, *, fault: str) -> None:
    """Say why a file cannot be read any further, and let its sender change what its columns are."""
    now = timezone.now()
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    move(upload, table=UPLOADS, act="return_upload")
    upload.save(update_fields=DECISION)
    UploadWork.objects.filter(upload=upload).update(fault=fault[:400])
    record(upload, act="return_upload", stream=STREAM, by=None, now=now)
