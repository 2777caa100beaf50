"""Files of figures that machines put into a folder: each is taken in once, moved away, and told of."""

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from makegood.kernel.refusal import Refused
from makegood.measures import rules
from makegood.measures.actions.receive import (
    digest_of_file,
    discard_figures,
    keep_figures,
    read_figures,
    receive_figures,
)
from makegood.measures.actions.work import work_on_upload
from makegood.measures.models import Measure, Upload
from makegood.measures.reading import Layout
from makegood.measures.states import UploadState
from makegood.people.models import Organisation, Person

log = logging.getLogger(__name__)
DONE, FAILED = "done", "failed"
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
"""How programs call a file that they have not yet written to its end."""
AGAIN = "again"
"""What a step says that is followed by another."""
SETTLED = 10.0
"""Seconds that a file has to lie still before it is taken."""


def take_in_folder(folder: Path, *, by: Person, settled: float = SETTLED) -> dict[str, str]:
    """Take in the files under ``folder/<organisation>/<measure>/``; return what is said of each.

    What was taken moves to ``done``, what cannot be to ``failed``, each with a text beside it. Killed in
    between, the next run goes on with the same upload: the bytes of a file say which it is.
    """
    said = {}
    for path in _settled(folder, for_seconds=settled):
        told = f"{path.parent.relative_to(folder)}/{path.name}"
        try:
            words = _taken_or_moved(path, by=by)
        except OSError as fault:
            words = f"The server cannot read or move this file: {fault.strerror}. Ask who looks after it."
            log.error("%s: %s", told, words)
        except Exception:
            log.exception("%s could not be taken in; it is tried again.", told)
            words = "A fault of this Makegood stopped the work. It is tried again."
        if words:
            said[told] = words
    return said


def _taken_or_moved(path: Path, *, by: Person) -> str:
    """Take in one file and move it away; return what is said of it, or nothing while it goes on."""
    keeper = Organisation.objects.filter(slug=path.parts[-3]).first()
    measure = Measure.objects.filter(slug=path.parts[-2]).first()
    if keeper is None or measure is None:
        return _moved(path, FAILED, "No organisation or no measure is called as the folders are.")
    try:
        words = _taken_in(path, keeper=keeper, measure=measure, by=by)
    except Refused as refused:
        return _moved(path, FAILED, refused.sentence)
    return _moved(path, DONE, words) if words else ""


def _settled(folder: Path, *, for_seconds: float) -> Iterator[Path]:
    """Yield the files that were written to their end; links and folders are left alone."""
    still = time.time() - for_seconds
    for path in sorted(folder.glob("*/*/*")):
        is_whole = not path.name.startswith(".") and path.suffix.lower() not in UNFINISHED
        if is_whole and path.is_file() and not path.is_symlink() and path.stat().st_mtime <= still:
            yield path


def _taken_in(path: Path, *, keeper: Organisation, measure: Measure, by: Person) -> str:
    """Bring a file as far as it comes by itself; return what became of it, or nothing while it goes on."""
    upload = _sent_already(path, keeper=keeper, measure=measure)
    if upload is None:
        limit = settings.FIGURES_MAX_BYTES
        size = f"larger than {limit // 2**20} MB. Split it and send the parts."
        too_large = f"The file is {size}" if path.stat().st_size > limit else ""
        rules.check_file_can_be_read(fault=too_large)
        with path.open("rb") as content:
            upload = receive_figures(
                File(content), file_name=path.name, measure=measure, keeper=keeper, by=by
            )
    steps: dict[str, Callable[[Upload, Person], str]] = {
        UploadState.RECEIVED: _read,
        UploadState.READING: _go_on,
        UploadState.PREVIEWED: _keep,
        UploadState.STORING: _go_on,
        UploadState.STORED: _say,
    }
    while (words := steps[upload.state](upload, by)) == AGAIN:
        upload.refresh_from_db()
    return words


def _sent_already(path: Path, *, keeper: Organisation, measure: Measure) -> Upload | None:
    sent = Upload.objects.filter(
        keeper=keeper, measure=measure, file_digest=digest_of_file(path)
    ).exclude(state=UploadState.DISCARDED)
    return sent.order_by("pk").first()


def _read(upload: Upload, by: Person) -> str:
    layout = Layout.from_plain(upload.layout)
    if not layout.is_complete(of_one=False) or upload.work.fault:
        return (
            f"{upload.work.fault} Say what its columns are: {_page(upload)}. Files with the same headings "
            "then come in by themselves."
        ).strip()
    read_figures(upload, layout=layout, by=by)
    return AGAIN


def _go_on(upload: Upload, _: Person) -> str:
    return AGAIN if work_on_upload(upload) else ""


def _keep(upload: Upload, by: Person) -> str:
    counted = upload.counted or {}
    if counted.get("good"):
        keep_figures(upload, by=by)
        return AGAIN
    if counted.get("bad"):
        return (
            f"Nothing new is in it. {counted['bad']} bad rows, with their reasons: {_page(upload)}."
        )
    discard_figures(upload, by=by)
    return "Nothing new is in it: every figure is on the record already."


def _say(upload: Upload, _: Person) -> str:
    counted = upload.counted or {}
    bad = counted.get("bad", 0)
    returned = f"{bad} bad rows, with their reasons: {_page(upload)}." if bad else "No bad rows."
    return f"{counted.get('stored', 0):,} figures are kept as {upload.reference}. {returned}"


def _page(upload: Upload) -> str:
    return f"{settings.ADDRESS}/figures/{upload.reference}/"


def _moved(path: Path, where: str, words: str) -> str:
    """Move a file away with a text beside it, and never onto another; return the words."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    place, number = folder / path.name, 1
    while place.exists():
        number += 1
        place = folder / f"{path.stem}-{number}{path.suffix}"
    place.with_name(f"{place.name}.txt").write_text(f"{words}\n", encoding="utf-8")
    path.replace(place)
    return words
