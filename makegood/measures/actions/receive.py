"""Taking in a file of many series: it is kept, looked into, and a person says what its columns are."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.trace import entries_about
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.measures import rules
from makegood.measures.actions.hold import hold_anew
from makegood.measures.actions.versions import STREAM
from makegood.measures.models import (
    Measure,
    RememberedLayout,
    RememberedName,
    Series,
    Upload,
    UploadSeries,
    UploadWork,
)
from makegood.measures.models.staging import at_hand
from makegood.measures.permissions import can_keep, can_upload_for
from makegood.measures.queries import names_owed, owed_to_contracts, series_to_match
from makegood.measures.reading import BadFile, Layout, best_layout, open_source
from makegood.measures.states import UPLOADS, Matched, Staged, UploadState
from makegood.people.models import Organisation, Person

LEASE = timedelta(minutes=2)
"""So long whoever took up an upload may be silent before another goes on with it."""
DECISION = ("state", "decided_at", "layout", "counted", "rows_root", "rows_left_out")


@transaction.atomic
def receive_figures(
    file: "File[Any]",
    *,
    file_name: str,
    measure: Measure,
    keeper: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Keep a file of many series of ``measure`` until it is decided on, and guess what its columns are.

    Refused (MEA-08) where it is no table. Nothing of it is kept as a figure yet.
    """
    now = now or timezone.now()
    can_upload_for(by, keeper=keeper).require()
    rules.check_measure_is_in_use(is_retired=measure.retired_at is not None, name=measure.name)
    with at_hand(file) as path:
        layout = _understood(path, name=file_name, measure=measure, keeper=keeper)
        digest = digest_of_file(path)
        upload = Upload.objects.create(
            reference=_new_reference(),
            state=UploadState.RECEIVED,
            keeper=keeper,
            measure=measure,
            layout=layout.as_plain(),
            file_name=file_name[:255],
            file_digest=digest,
            columns=list(layout.headings),
            good_rows=[],
            bad_rows=[],
            uploaded_by=by,
            uploaded_at=now,
        )
        work = UploadWork(upload=upload, size=path.stat().st_size)
        with path.open("rb") as content:
            work.content.save("", File(content), save=False)
        work.save()
    record(upload, act="receive_upload", stream=STREAM, by=by, now=now)
    return upload


@transaction.atomic
def read_figures(
    upload: Upload, *, layout: Layout | None = None, by: Person, now: datetime | None = None
) -> Upload:
    """Read the file by ``layout``, or as it was understood; it is remembered for files like it (MEA-22)."""
    now = now or timezone.now()
    upload = _held(upload, by=by)
    layout = layout or Layout.from_plain(upload.layout)
    rules.check_layout_is_complete(is_complete=layout.is_complete(of_one=False))
    move(upload, table=UPLOADS, act="read_upload")
    upload.layout = layout.as_plain()
    upload.counted = None
    upload.save(update_fields=DECISION)
    _begin_again(upload)
    RememberedLayout.objects.update_or_create(
        keeper=upload.keeper,
        fingerprint=layout.fingerprint(),
        defaults={"layout": layout.as_plain(), "remembered_at": now},
    )
    record(upload, act="read_upload", stream=STREAM, by=by, now=now)
    return upload


@transaction.atomic
def match_names(
    upload: Upload,
    *,
    answers: Mapping[int, tuple[Matched, Series | None]],
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Say which series the names in a file mean, by their keys; it is remembered for the next file."""
    upload = _held(upload, by=by)
    rules.check_upload_waits_for_answer(state=upload.state, waits=UploadState.PREVIEWED)
    free, owed = set(series_to_match(upload)), names_owed(upload)
    for name in upload.names.filter(pk__in=answers):
        matched, series = answers[name.pk]
        rules.check_name_means_its_own_measure(
            measure=series.measure_id if series else upload.measure_id,
            wanted=upload.measure_id,
            is_kept_by_keeper=series is None or series.keeper_id == upload.keeper_id,
        )
        is_owed = series not in free if series else name.name.casefold() in owed
        rules.check_series_is_not_owed(
            is_owed=is_owed and matched is not Matched.LEFT_OUT, name=name.name
        )
        name.matched, name.series = matched, series if matched is Matched.KNOWN else None
        name.save(update_fields=["matched", "series"])
        if series:
            RememberedName.objects.update_or_create(
                keeper=upload.keeper,
                measure=upload.measure,
                key=name.key,
                defaults={"series": series},
            )
    return _hold_to_answers(upload, act="match_names", by=by, now=now or timezone.now())


@transaction.atomic
def answer_new_names(
    upload: Upload, *, matched: Matched, by: Person, now: datetime | None = None
) -> None:
    """Say of all names that mean no series yet: make new ones, or leave them out.

    One that a contract asks for stays left out (MEA-27).
    """
    upload = _held(upload, by=by)
    rules.check_upload_waits_for_answer(state=upload.state, waits=UploadState.PREVIEWED)
    owed = names_owed(upload)
    waiting = upload.names.filter(series=None).exclude(matched=matched)
    for name in waiting:
        if matched is Matched.LEFT_OUT or name.name.casefold() not in owed:
            name.matched = matched
    UploadSeries.objects.bulk_update(waiting, ["matched"], batch_size=500)
    _hold_to_answers(upload, act="answer_new_names", by=by, now=now or timezone.now())


def _hold_to_answers(upload: Upload, *, act: str, by: Person, now: datetime) -> Upload:
    """Hold the figures anew against the record, and one another, by the series their names mean now."""
    hold_anew(upload, work=UploadWork.objects.get(upload=upload))
    upload.save(update_fields=["counted", "known_rows"])
    record(upload, act=act, stream=STREAM, by=by, now=now)
    return upload


@transaction.atomic
def keep_figures(upload: Upload, *, by: Person, now: datetime | None = None) -> Upload:
    """Begin to keep the good figures of a file that was read; the work goes on by itself (MEA-23)."""
    now = now or timezone.now()
    upload = _held(upload, by=by)
    move(upload, table=UPLOADS, act="begin_storing")
    taken = upload.names.exclude(matched=Matched.LEFT_OUT)
    _check_none_is_owed(upload, taken)
    good = upload.staged.filter(is_a=Staged.GOOD, name__in=taken)
    rules.check_something_is_kept(figures=int(good.exists()))
    if upload.keeper and taken.filter(series=None).exists():
        can_keep(by, keeper=upload.keeper).require()
    upload.save(update_fields=DECISION)
    work = UploadWork.objects.get(upload=upload)
    work.rows_done, work.rows_in_all, work.stored, work.peaks = 0, good.count(), 0, []
    work.lease_ends_at, work.fault = None, ""
    work.save()
    record(upload, act="begin_storing", stream=STREAM, by=by, now=now)
    return upload


def _check_none_is_owed(upload: Upload, taken: "QuerySet[UploadSeries]") -> None:
    """Refuse names that a contract came to ask for since they were matched."""
    owed = owed_to_contracts(Series.objects.filter(pk__in=taken.values("series")))
    known = taken.filter(series__in=owed).values_list("name", flat=True).first()
    new = names_owed(upload)
    named = (name for name in taken.filter(series=None).values_list("name", flat=True))
    found = known or next((name for name in named if name.casefold() in new), "")
    rules.check_series_is_not_owed(is_owed=bool(found), name=found)


@transaction.atomic
def discard_figures(upload: Upload, *, by: Person, now: datetime | None = None) -> None:
    """Throw a file away, with all that was read of it; that it was sent stays on the record."""
    can_upload_for(by, keeper=upload.keeper).require()
    throw_away(upload, by=by, now=now or timezone.now())


def throw_away(upload: Upload, *, by: Person | None, now: datetime) -> None:
    """Let go of a file and of what was read of it; of one that cannot be kept to its end, of what was kept.

    Whoever works on it is waited for first.
    """
    work = UploadWork.objects.select_for_update().filter(upload=upload).first()
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    is_being_kept = upload.state == UploadState.STORING
    rules.check_keeping_cannot_go_on(
        is_being_kept=is_being_kept, fault=work.fault if work else "none is left"
    )
    if is_being_kept:
        upload.measurements.all().delete()
    move(upload, table=UPLOADS, act="discard_upload")
    upload.decided_at, upload.file_name, upload.columns = now, "", []
    upload.layout = upload.counted = None
    upload.save()
    let_bytes_go(upload)
    upload.names.all().delete()
    upload.rejected.all().delete()
    record(upload, act="discard_upload", stream=_stream(upload), by=by, now=now)


def let_bytes_go(upload: Upload) -> None:
    """Let the sent bytes go, once it is sure that nobody needs them."""
    work = UploadWork.objects.filter(upload=upload).first()
    if work is None:
        return
    place = str(work.content.name)
    work.delete()
    upload.staged.all().delete()
    if place:
        transaction.on_commit(partial(default_storage.delete, place), robust=True)


def _understood(path: Path, *, name: str, measure: Measure, keeper: Organisation) -> Layout:
    try:
        source = open_source(path)
        guessed = best_layout(source, measure=measure.name)
        return remembered(guessed, keeper=keeper)
    except BadFile as bad:
        rules.check_file_can_be_read(fault=f"{name}: {bad}")
        raise


def remembered(layout: Layout, *, keeper: Organisation) -> Layout:
    """Return ``layout`` with what ``keeper`` said of a file with the same headings."""
    held = RememberedLayout.objects.filter(keeper=keeper, fingerprint=layout.fingerprint()).first()
    return layout.taken_over(Layout.from_plain(held.layout)) if held else layout


def digest_of_file(path: Path) -> str:
    """Return what tells the bytes of a file from any others."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _new_reference() -> str:
    return unused(
        lambda: new_reference("U", length=8),
        taken=lambda reference: Upload.objects.filter(reference=reference).exists(),
    )


def _held(upload: Upload, *, by: Person) -> Upload:
    """Hold an upload of many until the act ends, and read it anew."""
    can_upload_for(by, keeper=upload.keeper).require()
    return Upload.objects.select_for_update().get(pk=upload.pk)


def _begin_again(upload: Upload) -> None:
    upload.staged.all().delete()
    upload.rejected.all().delete()
    upload.names.all().delete()
    UploadWork.objects.filter(upload=upload).update(
        rows_done=0, rows_in_all=0, counted={}, fault="", lease_ends_at=None
    )


def _stream(upload: Upload) -> str:
    return entries_about(upload.ledger_subject)[0].stream
