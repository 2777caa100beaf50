"""Holding the figures of a file against one another and against the record, by the series they mean.

It is done once a file is read, and anew whenever a name of it comes to mean another series.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F

from makegood.kernel.period import name_month
from makegood.measures.actions.bulk import parted
from makegood.measures.models import RejectedRow, StagedFigure, Upload, UploadSeries, UploadWork
from makegood.measures.models.staging import at_hand
from makegood.measures.reading import Layout, open_source
from makegood.measures.states import Matched, Staged

AT_ONCE = 500
"""Keys that one question to the database names."""
Faults = dict[int, list[str]]
"""What is wrong with rows, by their number in the file."""
MEANS = "COALESCE(CAST(n.series_id AS VARCHAR(20)), '=' || n.name)"
"""What a name means: its series, or the one that is to be opened and called so."""
TOLD = f"""
FROM measures_stagedfigure s JOIN measures_uploadseries n ON n.id = s.name_id
WHERE s.upload_id = %s AND n.matched <> '{Matched.LEFT_OUT}'
"""
TWINS = f"""
SELECT s.id, s.row, s.period, t.kept, t.is_same
FROM measures_stagedfigure s JOIN measures_uploadseries n ON n.id = s.name_id
JOIN (SELECT {MEANS} AS means, s.period AS period, MIN(s.id) AS kept,
             CASE WHEN MIN(s.standing) = MAX(s.standing)
                   AND (MIN(s.value) IS NULL OR MIN(s.value) = MAX(s.value)) THEN 1 ELSE 0 END AS is_same
      {TOLD} GROUP BY {MEANS}, s.period HAVING COUNT(*) > 1) t
  ON t.means = {MEANS} AND t.period = s.period
WHERE s.upload_id = %s AND n.matched <> '{Matched.LEFT_OUT}'
"""  # noqa: S608  # our own words
"""Each figure that is not alone in its series and period, the first of them, and whether they agree."""
STANDING_ALREADY = f"""
SELECT s.id, s.row, s.period,
       CASE WHEN m.standing = s.standing AND (m.value = s.value OR (m.value IS NULL AND s.value IS NULL))
            THEN 1 ELSE 0 END
FROM measures_stagedfigure s
JOIN measures_uploadseries n ON n.id = s.name_id
JOIN measures_measurement m ON m.series_id = n.series_id AND m.period = s.period
WHERE s.upload_id = %s AND s.is_a = {int(Staged.GOOD)} AND n.matched <> '{Matched.LEFT_OUT}'
  AND m.version = (SELECT MAX(l.version) FROM measures_measurement l
                   WHERE l.series_id = m.series_id AND l.period = m.period)
"""  # noqa: S608  # our own words


def hold_anew(upload: Upload, *, work: UploadWork) -> None:
    """Say of every figure whether it can be kept, give back the rows that cannot stand, and count.

    The caller holds the upload, and saves it.
    """
    upload.staged.exclude(is_a=Staged.GOOD).update(is_a=Staged.GOOD)
    faults: Faults = defaultdict(list)
    _mark_twins(upload, faults)
    _mark_differing(upload, faults)
    _give_back(upload, work, faults)
    _count(upload, work)


def _mark_twins(upload: Upload, faults: Faults) -> None:
    """Mark figures that a file gives twice: the same is taken once, two different ones are both bad."""
    same, other = [], []
    for key, row, period, kept, is_same in _asked(TWINS, upload.pk, upload.pk):
        if not is_same:
            other.append(key)
            why = f"{name_month(_day(period))} is there twice, with different figures. Keep the right one."
            faults[row].append(why)
        elif key != kept:
            same.append(key)
    _mark(same, Staged.KNOWN)
    _mark(other, Staged.TWO_FIGURES)


def _mark_differing(upload: Upload, faults: Faults) -> None:
    """Mark figures that stand on the record already, and those that differ from it."""
    same, other = [], []
    for key, row, period, is_same in _asked(STANDING_ALREADY, upload.pk):
        if is_same:
            same.append(key)
            continue
        other.append(key)
        faults[row].append(
            f"There is another figure for {name_month(_day(period))} already. "
            "To change it, correct it and say why."
        )
    _mark(same, Staged.KNOWN)
    _mark(other, Staged.DIFFERS)


def _asked(words: str, *said: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(words, said)
        return list(cursor.fetchall())


def _day(period: str | date) -> date:
    return date.fromisoformat(period) if isinstance(period, str) else period


def _mark(keys: Sequence[int], kind: Staged) -> None:
    for some in parted(keys, size=AT_ONCE):
        StagedFigure.objects.filter(pk__in=some).update(is_a=kind)


def _give_back(upload: Upload, work: UploadWork, faults: Mapping[int, list[str]]) -> None:
    """Give rows back that differ from others or from the record, with every reason; and no others."""
    bad = RejectedRow.objects.filter(upload=upload)
    if not faults and not bad.exclude(reason=F("of_itself")).exists():
        return
    there, gone, changed = set(), [], {}
    rows = bad.order_by().values_list("pk", "row", "reason", "of_itself")
    for key, row, reason, of_itself in rows.iterator(chunk_size=2000):
        if row not in faults and reason == of_itself:
            continue
        there.add(row)
        why = " ".join(filter(None, [of_itself, *faults.get(row, ())]))
        if not why:
            gone.append(key)
        elif why != reason:
            changed[key] = why
    for key, why in changed.items():
        bad.filter(pk=key).update(reason=why)
    for some in parted(gone, size=AT_ONCE):
        bad.filter(pk__in=some).delete()
    _add_rows(upload, work, {row: why for row, why in faults.items() if row not in there})


def _add_rows(upload: Upload, work: UploadWork, faults: Mapping[int, list[str]]) -> None:
    """Look up in the file what stands in the rows that came to be bad, and give them back."""
    if not faults:
        return
    with at_hand(work.content) as path:
        lines = enumerate(open_source(path, is_known=True).rows(_sheet(upload)), start=1)
        made = (
            RejectedRow(upload=upload, row=row, cells=cells, reason=" ".join(faults[row]))
            for row, cells in lines
            if row in faults
        )
        for some in parted(made, size=AT_ONCE):
            RejectedRow.objects.bulk_create(some)


def _sheet(upload: Upload) -> str:
    return Layout.from_plain(upload.layout).sheet


def _count(upload: Upload, work: UploadWork) -> None:
    """Count what became of the figures, in all and for each name."""
    staged = StagedFigure.objects.filter(upload=upload)
    by_kind = dict(staged.values_list("is_a").annotate(Count("pk")).order_by())
    upload.counted = work.counted | {
        "rows": work.rows_done,
        "good": by_kind.get(Staged.GOOD, 0),
        "known": by_kind.get(Staged.KNOWN, 0),
        "bad": RejectedRow.objects.filter(upload=upload).count(),
        "series": upload.names.count(),
    }
    upload.known_rows = upload.counted["known"]
    good = staged.filter(is_a=Staged.GOOD).values_list("name_id").annotate(Count("pk"))
    counts = dict(good.order_by())
    changed = [
        UploadSeries(pk=key, figures=counts.get(key, 0))
        for key, figures in upload.names.order_by().values_list("pk", "figures")
        if figures != counts.get(key, 0)
    ]
    UploadSeries.objects.bulk_update(changed, ["figures"], batch_size=AT_ONCE)
