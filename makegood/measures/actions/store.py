"""Keeping the figures of a file of many series, piece by piece, under one root."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.ledger.merkle import Frontier, leaf_hash
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.measures.actions.bulk import as_kept, copy_rows
from makegood.measures.actions.hold import AT_ONCE
from makegood.measures.actions.read import PIECE, Overtaken, tell
from makegood.measures.actions.receive import DECISION, LEASE, let_bytes_go
from makegood.measures.actions.versions import STREAM
from makegood.measures.models import Measurement, Series, Upload, UploadWork
from makegood.measures.models.digests import DIGESTED, as_day, digest_of
from makegood.measures.queries import owed_to_contracts
from makegood.measures.signals import announce
from makegood.measures.states import UPLOADS, Matched, Staged, UploadState

SALT_BYTES = 16
NAMES = 200
"""Series that are opened in one transaction."""
NEXT_FIGURES = """
SELECT s.id, CASE WHEN n.matched = 'left_out' THEN NULL ELSE n.series_id END,
       s.period, s.standing, s.value, s.numerator, s.denominator, s.note, m.id
FROM (SELECT * FROM measures_stagedfigure
      WHERE upload_id = %s AND is_a = %s AND id > %s ORDER BY id LIMIT %s) s
JOIN measures_uploadseries n ON n.id = s.name_id
LEFT JOIN measures_measurement m ON m.series_id = n.series_id AND m.period = s.period AND m.version = 1
ORDER BY s.id
"""
"""The next figures, each with its series (none: left out) and the key of one that stands meanwhile.

The piece is cut off before anything is looked up beside it, or each piece would look up all that follow.
"""


def store_figures(work: UploadWork) -> None:
    """Open the series that are new, keep figures until none is left, and put their root on the record."""
    for act in (_open_some, _keep_some):
        while act(work):
            pass
    _finish(work)


@transaction.atomic
def _open_some(work: UploadWork) -> bool:
    """Open series for names that mean none yet; return whether there was any such name."""
    take_turn(STREAM)
    upload = Upload.objects.select_related("measure", "keeper", "uploaded_by").get(
        pk=work.upload_id
    )
    waiting = upload.names.filter(series=None, matched=Matched.NEW)[:NAMES]
    for name in waiting:
        name.series, name.matched = _series_called(name.name, upload=upload)
        name.save(update_fields=["series", "matched"])
    return bool(waiting)


def _series_called(about: str, *, upload: Upload) -> tuple[Series | None, Matched]:
    """Return the series that is called so already, or one made for it, and which of both.

    One that a contract came to ask for meanwhile is left out (MEA-27).
    """
    if upload.measure is None or upload.keeper is None:
        raise ValueError(f"{upload} is of one series.")
    same = Series.objects.filter(measure=upload.measure_id, keeper=upload.keeper_id, about=about)
    if held := same.first():
        return (None, Matched.LEFT_OUT) if owed_to_contracts(same) else (held, Matched.KNOWN)
    made = Series.objects.create(
        reference=unused(
            lambda: new_reference("S", length=8),
            taken=lambda reference: Series.objects.filter(reference=reference).exists(),
        ),
        measure=upload.measure,
        keeper=upload.keeper,
        about=about,
        source=upload.file_name[:200],
    )
    record(made, act="open_series", stream=STREAM, by=upload.uploaded_by, now=timezone.now())
    return made, Matched.NEW


@transaction.atomic
def _keep_some(work: UploadWork) -> bool:
    """Keep one piece and note how far the keeping came; return whether there was any."""
    held = UploadWork.objects.select_for_update().get(pk=work.pk)
    upload = Upload.objects.get(pk=work.upload_id)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_FIGURES, [upload.pk, Staged.GOOD, held.rows_done, PIECE])
        found = cursor.fetchall()
    if not found:
        return False
    frontier = Frontier(held.stored, tuple(map(bytes.fromhex, held.peaks)))
    rows = list(_measured(found, upload=upload, at=timezone.now()))
    frontier = frontier.extended(leaf_hash(digest_of(row)) for row in rows)
    copy_rows(Measurement, columns=DIGESTED, rows=_as_kept(rows))
    held.peaks, held.stored = [peak.hex() for peak in frontier.peaks], frontier.size
    held.rows_done = found[-1][0]
    held.lease_ends_at = timezone.now() + LEASE
    held.save(update_fields=["peaks", "stored", "rows_done", "lease_ends_at"])
    return True


def _measured(
    found: Iterable[Sequence[Any]], *, upload: Upload, at: datetime
) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of each measurement, in the order of ``DIGESTED``."""
    by, sent, salts = upload.uploaded_by_id, upload.pk, _salts()
    taken: set[tuple[int, str]] = set()
    for _, series, period, standing, value, top, bottom, note, standing_already in found:
        day = as_day(period)
        if series is not None and standing_already is None and (series, day) not in taken:
            taken.add((series, day))
            salt = next(salts)
            yield (bottom, note, top, day, at, by, salt, series, standing, sent, value, 1)


def _salts() -> Iterator[str]:
    """Yield salts without end; the system is asked for many at a time."""
    length = 2 * SALT_BYTES
    while True:
        drawn = token_hex(SALT_BYTES * AT_ONCE)
        yield from (drawn[start : start + length] for start in range(0, len(drawn), length))


def _as_kept(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows with their moment as the database keeps it: all were recorded in one."""
    kept = ""
    for bottom, note, top, period, at, *others in rows:
        kept = kept or as_kept(at)
        yield (bottom, note, top, period, kept, *others)


@transaction.atomic
def _finish(work: UploadWork) -> None:
    """Put the root of all that was kept on the record, and let go of what led there."""
    now = timezone.now()
    held = UploadWork.objects.select_for_update().get(pk=work.pk)
    upload = Upload.objects.select_for_update().get(pk=work.upload_id)
    if upload.state != UploadState.STORING:
        raise Overtaken
    frontier = Frontier(held.stored, tuple(map(bytes.fromhex, held.peaks)))
    move(upload, table=UPLOADS, act="finish_storing")
    upload.rows_root = frontier.root().hex()
    upload.rows_left_out = held.rows_in_all - held.stored
    upload.counted = (upload.counted or {}) | {"stored": held.stored}
    upload.decided_at = now
    upload.save(update_fields=DECISION)
    known = upload.names.filter(matched=Matched.KNOWN)  # nothing rests on a new series yet
    series = list(Series.objects.filter(pk__in=known.values("series")))
    let_bytes_go(upload)
    record(upload, act="finish_storing", stream=STREAM, by=None, now=now)
    tell(upload, words=f"{held.stored:,} figures of {upload.file_name} are kept.", now=now)
    for each in series:
        announce(each)
