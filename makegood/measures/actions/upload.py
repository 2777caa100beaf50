"""Recording many figures at a time: read, shown, and only then kept."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from makegood.kernel.files.keep import sweep_folder
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.trace import entries_about
from makegood.kernel.references import new_reference, unused
from makegood.kernel.refusal import RuleBroken
from makegood.kernel.transition import move
from makegood.measures.actions.define import open_series
from makegood.measures.actions.one_series import read_one_series
from makegood.measures.actions.receive import throw_away
from makegood.measures.actions.versions import STREAM
from makegood.measures.analysis import read_histories
from makegood.measures.models import Measure, Measurement, Series, Upload, UploadWork
from makegood.measures.models.staging import FOLDER as SENT
from makegood.measures.permissions import can_record
from makegood.measures.signals import announce
from makegood.measures.states import UNDECIDED, UPLOADS, Standing
from makegood.people.models import Organisation, Person


@transaction.atomic
def preview_upload(
    series: Series,
    *,
    data: bytes,
    file_name: str,
    stream: str,
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Read a file into ``series`` without keeping any figure yet; say what is good and what is not.

    Refused (MEA-08) when nothing in the file can be used.
    """
    now = now or timezone.now()
    can_record(by, series=series).require()
    found = read_one_series(data, series=series, name=file_name, today=timezone.localdate(now))
    upload = Upload.objects.create(
        reference=unused(
            lambda: new_reference("U", length=8),
            taken=lambda reference: Upload.objects.filter(reference=reference).exists(),
        ),
        series=series,
        file_name=file_name[:255],
        file_digest=hashlib.sha256(data).hexdigest(),
        columns=found.columns,
        good_rows=found.good,
        known_rows=found.known,
        bad_rows=found.bad,
        uploaded_by=by,
        uploaded_at=now,
    )
    record(upload, act="preview_upload", stream=stream, by=by, now=now)
    return upload


@transaction.atomic
def store_upload(upload: Upload, *, stream: str, by: Person, now: datetime | None = None) -> int:
    """Keep the good rows of ``upload`` and return how many are new; the same file adds nothing twice.

    A row whose period got a figure since the preview is left out, and counted.
    """
    now = now or timezone.now()
    series = _series_of(upload)
    can_record(by, series=series).require()
    Series.objects.select_for_update().get(pk=series.pk)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    move(upload, table=UPLOADS, act="store_upload")
    held = set(series.measurements.values_list("period", flat=True))
    new = [
        Measurement(
            series=series,
            period=date.fromisoformat(row["period"]),
            value=row["value"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            standing=row.get("standing", Standing.MEASURED),
            note=row.get("note", ""),
            upload=upload,
            recorded_by=by,
            recorded_at=now,
        )
        for row in upload.good_rows
    ]
    new = [measurement for measurement in new if measurement.period not in held]
    Measurement.objects.bulk_create(new, batch_size=500)
    upload.rows_left_out = len(upload.good_rows) - len(new)
    upload.rows_root = upload.measured_root()
    upload.decided_at = now
    upload.save(update_fields=["state", "rows_root", "rows_left_out", "decided_at"])
    record(upload, act="store_upload", stream=stream, by=by, now=now)
    announce(series)
    return len(new)


@transaction.atomic
def discard_upload(upload: Upload, *, stream: str, by: Person, now: datetime | None = None) -> None:
    """Throw the preview and its rows away; that it was made stays on the record."""
    can_record(by, series=_series_of(upload)).require()
    _discard(upload, stream=stream, by=by, now=now or timezone.now())


def discard_stale_uploads(*, before: datetime, now: datetime | None = None) -> int:
    """Throw away what was previewed ``before`` then and never decided on; return how many."""
    stale = Upload.objects.filter(state__in=UNDECIDED, uploaded_at__lt=before)
    for upload in stale:
        with transaction.atomic():
            if upload.keeper_id:
                throw_away(upload, by=None, now=now or timezone.now())
                continue
            stream = entries_about(upload.ledger_subject)[0].stream
            _discard(upload, stream=stream, by=None, now=now or timezone.now())
    return len(stale)


def sweep_sent_files(*, now: datetime) -> int:
    """Remove the bytes of files of figures that no row names: of acts that failed; return how many."""
    named = UploadWork.objects.values_list("content", flat=True)
    return sweep_folder(SENT, named=named, now=now)


@transaction.atomic
def import_history(
    series: Series,
    *,
    values: Mapping[date, float],
    source: str,
    stream: str,
    by: Person,
    now: datetime | None = None,
) -> int:
    """Keep a history that did not come as a file of its own: comparators, a demonstration."""
    lines = ["period,value", *(f"{period},{value!r}" for period, value in values.items())]
    upload = preview_upload(
        series, data="\n".join(lines).encode(), file_name=source, stream=stream, by=by, now=now
    )
    if upload.bad_rows:
        first = upload.bad_rows[0]
        raise RuleBroken("MEA-01", f"{series}, row {first['row']}: {first['reason']}")
    return store_upload(upload, stream=stream, by=by, now=now)


@transaction.atomic
def import_table(
    path: Path,
    *,
    measure: Measure,
    keeper: Organisation,
    by: Person,
    now: datetime | None = None,
) -> list[Series]:
    """Keep every series of a measurements table as a series of ``measure``; all of them or none."""
    found = []
    for about, values in read_histories(path).items():
        series = open_series(
            measure=measure, keeper=keeper, about=about, source=path.name, by=by, now=now
        )
        import_history(series, values=values, source=path.name, stream=STREAM, by=by, now=now)
        found.append(series)
    return found


def _discard(upload: Upload, *, stream: str, by: Person | None, now: datetime) -> None:
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    move(upload, table=UPLOADS, act="discard_upload")
    upload.decided_at = now
    upload.file_name = ""
    upload.columns, upload.good_rows, upload.bad_rows = [], [], []
    upload.save()
    record(upload, act="discard_upload", stream=stream, by=by, now=now)


def _series_of(upload: Upload) -> Series:
    """Return the one series of a file; one of many is kept by acts of its own."""
    if upload.series is None:
        raise ValueError(f"{upload} is of many series.")
    return upload.series
