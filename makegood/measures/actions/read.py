"""Reading a file of many series piece by piece: figures are put aside, bad rows with their reasons."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.period import name_month
from makegood.kernel.transition import move
from makegood.measures.actions.bulk import copy_rows, count_anew
from makegood.measures.actions.one_series import yardstick
from makegood.measures.actions.receive import DECISION, LEASE
from makegood.measures.actions.versions import STREAM
from makegood.measures.models import (
    RejectedRow,
    RememberedName,
    Series,
    StagedFigure,
    Upload,
    UploadSeries,
    UploadWork,
)
from makegood.measures.models.staging import at_hand
from makegood.measures.reading import Layout, RowReader, Source, open_source
from makegood.measures.reading.best import is_mixed
from makegood.measures.reading.rows import Said
from makegood.measures.signals import recorders_asked
from makegood.measures.states import UPLOADS, Matched, Staged, UploadState
from makegood.people.actions import tell_members
from makegood.people.states import Right

PIECE = 20_000
"""Rows that are read, or kept, in one transaction."""
REMEMBERED = 3
"""So many files back it is remembered which names were left out."""
AT_ONCE = 500
"""Keys that one question to the database names."""
STAGED = (
    "upload_id", "name_id", "row", "period", "standing", "value", "numerator", "denominator",
    "note", "is_a",
)  # fmt: skip
Cells = list[str]


class Overtaken(Exception):
    """Another went on with the work, or it begins anew: nothing is done twice."""


def read_file(work: UploadWork) -> None:
    """Read a file on to its end, in pieces that are each kept."""
    upload = Upload.objects.select_related("measure", "keeper").get(pk=work.upload_id)
    layout = Layout.from_plain(upload.layout)
    with at_hand(work.content) as path:
        source = open_source(path, is_known=True)
        reader = _reader(source, layout, upload)
        names = dict(upload.names.values_list("key", "pk"))
        lines = enumerate(source.rows(layout.sheet), start=1)
        begin = max(work.rows_done, layout.header_to)
        deque(islice(lines, begin), maxlen=0)
        for first in lines:
            piece = chain([first], islice(lines, PIECE - 1))
            _keep_piece(work, piece, reader=reader, names=names)
    count_anew(StagedFigure, UploadSeries)
    _finish(work)


def _reader(source: Source, layout: Layout, upload: Upload) -> RowReader:
    assert upload.measure is not None
    today = timezone.localdate(upload.uploaded_at)
    measured = yardstick(upload.measure, today=today)
    return RowReader(layout, measured, is_mixed=partial(is_mixed, source, layout))


@transaction.atomic
def _keep_piece(
    work: UploadWork,
    piece: Iterable[tuple[int, Cells]],
    *,
    reader: RowReader,
    names: dict[str, int],
) -> None:
    """Put the figures and the bad rows of a piece aside, and note how far the reading came."""
    held = UploadWork.objects.select_for_update().get(pk=work.pk)
    if held.rows_done != work.rows_done:
        raise Overtaken
    told = _Piece(upload=work.upload_id)
    for row, cells in piece:
        told.take(row, cells, reader.read(cells))
    _name_all(work.upload, reader, names)
    copy_rows(StagedFigure, columns=STAGED, rows=told.staged(names))
    RejectedRow.objects.bulk_create(told.bad, batch_size=1000)
    held.counted = dict(Counter(held.counted) + told.counted)
    held.rows_done = work.rows_done = told.last
    held.lease_ends_at = timezone.now() + LEASE
    held.save(update_fields=["counted", "rows_done", "lease_ends_at"])


@dataclass(kw_only=True)
class _Piece:
    """What the rows of a piece said."""

    upload: int
    figures: list[tuple[Any, ...]] = field(default_factory=list)
    bad: list[RejectedRow] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    last: int = 0

    def take(self, row: int, cells: Cells, said: Said) -> None:
        """Note what one row said."""
        self.last = row
        for key, period, standing, value, top, bottom, note in said.figures:
            self.figures.append((key, row, period, standing.value, value, top, bottom, note))
        if said.faults:
            why = " ".join(said.faults)
            self.bad.append(RejectedRow(upload_id=self.upload, row=row, cells=cells, reason=why))
        if said.empty:
            self.counted["empty"] += said.empty
        if said.left_out:
            self.counted[said.left_out] += 1

    def staged(self, names: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Yield the figures as rows, once all of them have a name."""
        self.counted["figures"] += len(self.figures)
        self.counted["bad"] += len(self.bad)
        good, upload, days = int(Staged.GOOD), self.upload, _Days()
        for key, row, period, standing, value, top, bottom, note in self.figures:
            yield (
                upload, names[key], row, days[period], standing, value, top, bottom, note, good,
            )  # fmt: skip


class _Days(dict[date, str]):
    """Days as databases read them, each written once."""

    def __missing__(self, day: date) -> str:
        written = self[day] = day.isoformat()
        return written


def _name_all(upload: Upload, reader: RowReader, names: dict[str, int]) -> None:
    """Note the names that are new, each with the series it means where that is known."""
    new = [key for key in reader.names if key not in names]
    if not new:
        return
    known, left_out = _known_series(upload), _left_out_before(upload)
    made = []
    for key in new:
        name = reader.names[key]
        series = known.get(key.casefold()) or known.get(name.casefold())
        if key in left_out:
            series, matched = None, Matched.LEFT_OUT
        else:
            matched = Matched.KNOWN if series else Matched.NEW
        made.append(
            UploadSeries(upload=upload, key=key, name=name, series_id=series, matched=matched)
        )
    UploadSeries.objects.bulk_create(made)
    names |= {each.key: each.pk for each in made}


def _left_out_before(upload: Upload) -> set[str]:
    """Return the names that were left out when a file last held them, among the last that were kept."""
    kept = Upload.objects.filter(
        measure=upload.measure_id, keeper=upload.keeper_id, state=UploadState.STORED
    )
    last = list(kept.order_by("-uploaded_at", "-pk").values_list("pk", flat=True)[:REMEMBERED])
    said: dict[str, str] = {}
    for one in reversed(last):
        said |= dict(UploadSeries.objects.filter(upload=one).values_list("key", "matched"))
    return {key for key, matched in said.items() if matched == Matched.LEFT_OUT}


def _known_series(upload: Upload) -> dict[str, int]:
    """Return the series that names can mean, by what they are called, in small letters.

    What a contract asks for is sent from the page of its commitment, and not taken here.
    """
    own = Series.objects.filter(measure=upload.measure_id, keeper=upload.keeper_id)
    found: dict[str, int] = {}
    for each in own.select_related("organisation"):
        if not any(answer for _, answer in recorders_asked.send(Series, series=each)):
            called = each.organisation.name if each.organisation else ""
            found |= {name.casefold(): each.pk for name in (called, each.about) if name}
    said = RememberedName.objects.filter(measure=upload.measure_id, keeper=upload.keeper_id)
    return found | {key.casefold(): series for key, series in said.values_list("key", "series_id")}


@transaction.atomic
def _finish(work: UploadWork) -> None:
    """Hold all figures against one another and against the record; then show them."""
    upload = Upload.objects.select_for_update().get(pk=work.upload_id)
    now = timezone.now()
    faults = _twins(upload) | _differing(upload)
    if faults:
        _reject(work, faults)
    _count_names(upload)
    held = UploadWork.objects.get(pk=work.pk)
    by_kind = dict(
        StagedFigure.objects.filter(upload=upload)
        .values_list("is_a")
        .annotate(Count("pk"))
        .order_by()
    )
    upload.counted = held.counted | {
        "rows": held.rows_done,
        "good": by_kind.get(Staged.GOOD, 0),
        "known": by_kind.get(Staged.KNOWN, 0),
        "bad": RejectedRow.objects.filter(upload=upload).count(),
        "series": upload.names.count(),
    }
    upload.known_rows = upload.counted["known"]
    move(upload, table=UPLOADS, act="preview_upload")
    upload.save(update_fields=[*DECISION, "known_rows"])
    record(upload, act="preview_upload", stream=STREAM, by=None, now=now)
    said = f"The file {upload.file_name} is read. Look at it and keep its figures."
    tell(upload, words=said, now=now)


def tell(upload: Upload, *, words: str, now: datetime) -> None:
    """Tell who records for the keeper how the work ended."""
    assert upload.keeper is not None
    tell_members(
        upload.keeper,
        right=Right.RECORD,
        words=words,
        path=reverse("figure_file", args=[upload.reference]),
        by=None,
        now=now,
    )


def _twins(upload: Upload) -> dict[int, list[str]]:
    """Mark figures that a file gives twice: the same is taken once, two different ones are both bad."""
    own = StagedFigure.objects.filter(upload=upload)
    groups = (
        own.values("name_id", "period")
        .annotate(many=Count("pk"), first=Min("pk"))
        .filter(many__gt=1)
    )
    faults: dict[int, list[str]] = {}
    for group in list(groups.order_by()):
        rows = own.filter(name_id=group["name_id"], period=group["period"])
        said = set(rows.values_list("standing", "value"))
        if len(said) == 1:
            rows.exclude(pk=group["first"]).update(is_a=Staged.KNOWN)
            continue
        rows.update(is_a=Staged.TWO_FIGURES)
        why = f"{name_month(group['period'])} is there twice, with different figures. Keep the right one."
        for row in rows.values_list("row", flat=True):
            faults.setdefault(row, []).append(why)
    return faults


def _differing(upload: Upload) -> dict[int, list[str]]:
    """Mark figures that stand on the record already, and those that differ from it."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING_ALREADY, [upload.pk, Staged.GOOD])
        found = cursor.fetchall()
    same = [pk for pk, _, _, is_same in found if is_same]
    other = [(pk, row, period) for pk, row, period, is_same in found if not is_same]
    _mark(same, Staged.KNOWN)
    _mark([pk for pk, _, _ in other], Staged.DIFFERS)
    faults: dict[int, list[str]] = {}
    for _, row, period in other:
        day = date.fromisoformat(period) if isinstance(period, str) else period
        faults.setdefault(row, []).append(
            f"There is another figure for {name_month(day)} already. To change it, correct it and say why."
        )
    return faults


STANDING_ALREADY = """
SELECT s.id, s.row, s.period,
       CASE WHEN m.standing = s.standing AND (m.value = s.value OR (m.value IS NULL AND s.value IS NULL))
            THEN 1 ELSE 0 END
FROM measures_stagedfigure s
JOIN measures_uploadseries n ON n.id = s.name_id
JOIN measures_measurement m ON m.series_id = n.series_id AND m.period = s.period
WHERE s.upload_id = %s AND s.is_a = %s
  AND m.version = (SELECT MAX(l.version) FROM measures_measurement l
                   WHERE l.series_id = m.series_id AND l.period = m.period)
"""


def _mark(keys: Sequence[int], kind: Staged) -> None:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        StagedFigure.objects.filter(pk__in=some).update(is_a=kind)


def _reject(work: UploadWork, faults: dict[int, list[str]]) -> None:
    """Give rows back that differ from others or from the record: once each, with every reason."""
    there = set()
    for each in RejectedRow.objects.filter(upload=work.upload_id).iterator(chunk_size=2000):
        if each.row in faults:
            there.add(each.row)
            each.reason = " ".join([each.reason, *faults[each.row]])
            each.save(update_fields=["reason"])
    layout = Layout.from_plain(Upload.objects.get(pk=work.upload_id).layout)
    with at_hand(work.content) as path:
        lines = enumerate(open_source(path, is_known=True).rows(layout.sheet), start=1)
        RejectedRow.objects.bulk_create(
            (
                RejectedRow(
                    upload_id=work.upload_id, row=row, cells=cells, reason=" ".join(faults[row])
                )
                for row, cells in lines
                if row in faults and row not in there
            ),
            batch_size=1000,
        )


def _count_names(upload: Upload) -> None:
    counts = StagedFigure.objects.filter(upload=upload, is_a=Staged.GOOD).values_list("name_id")
    for name, figures in counts.annotate(Count("pk")).order_by():
        UploadSeries.objects.filter(pk=name).update(figures=figures)
