"""Reading a file of many series piece by piece: figures are put aside, bad rows with their reasons."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.measures.actions.bulk import copy_rows, count_anew
from makegood.measures.actions.hold import hold_anew
from makegood.measures.actions.one_series import yardstick
from makegood.measures.actions.receive import DECISION, LEASE
from makegood.measures.actions.versions import STREAM
from makegood.measures.models import (
    RejectedRow,
    RememberedName,
    StagedFigure,
    Upload,
    UploadSeries,
    UploadWork,
)
from makegood.measures.models.staging import at_hand
from makegood.measures.queries import called, names_owed, series_to_match
from makegood.measures.reading import Layout, RowReader, Source, open_source
from makegood.measures.reading.best import is_mixed
from makegood.measures.reading.rows import Said
from makegood.measures.states import UPLOADS, Matched, Staged, UploadState
from makegood.people.actions import tell_members
from makegood.people.states import Right

PIECE = 20_000
"""Rows that are read, or kept, in one transaction."""
REMEMBERED = 3
"""So many files back it is remembered which names were left out."""
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
            self.bad.append(_rejected(self.upload, row, cells, why))
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


def _rejected(upload: int, row: int, cells: Cells, why: str) -> RejectedRow:
    return RejectedRow(upload_id=upload, row=row, cells=cells, reason=why, of_itself=why)


class _Days(dict[date, str]):
    """Days as databases read them, each written once."""

    def __missing__(self, day: date) -> str:
        written = self[day] = day.isoformat()
        return written


def _name_all(upload: Upload, reader: RowReader, names: dict[str, int]) -> None:
    """Note the names that are new, each with the series it means where that is known.

    Of names that differ only in their capitals, the first is how the series is called.
    """
    new = [key for key in reader.names if key not in names]
    if not new:
        return
    known, owed = _known_series(upload), names_owed(upload)
    left_out = _left_out_before(upload)
    spelt = {name.casefold(): name for name in upload.names.values_list("name", flat=True)}
    made = []
    for key in new:
        name = spelt.setdefault(reader.names[key].casefold(), reader.names[key])
        ways = (key.casefold(), name.casefold())
        series = next((known[way] for way in ways if way in known), None)
        matched = Matched.KNOWN if series else Matched.NEW
        if key in left_out or (series is None and not owed.isdisjoint(ways)):
            series, matched = None, Matched.LEFT_OUT
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

    What a contract asks for is sent from the page of its commitment, and not taken here (MEA-27).
    """
    free = series_to_match(upload)
    found: dict[str, int] = {}
    for each in free.select_related("organisation"):
        found |= dict.fromkeys(called(each), each.pk)
    said = RememberedName.objects.filter(
        measure=upload.measure_id, keeper=upload.keeper_id, series__in=free
    )
    return found | {key.casefold(): series for key, series in said.values_list("key", "series_id")}


@transaction.atomic
def _finish(work: UploadWork) -> None:
    """Hold all figures against one another and against the record; then show them."""
    held = UploadWork.objects.select_for_update().get(pk=work.pk)
    upload = Upload.objects.select_for_update().get(pk=work.upload_id)
    if upload.state != UploadState.READING:
        raise Overtaken
    now = timezone.now()
    hold_anew(upload, work=held)
    held.fault = ""
    held.save(update_fields=["fault"])
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
