"""Files of many series: sent, understood, read in pieces, matched by name, kept under one root."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from makegood.kernel.ledger.models import Recorded
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.measures.actions import (
    answer_new_names,
    discard_figures,
    discard_stale_uploads,
    keep_figures,
    match_names,
    open_series,
    read_figures,
    receive_figures,
    record_measurement,
    work_on_upload,
    work_on_uploads,
)
from makegood.measures.actions import read as reading
from makegood.measures.actions import store as storing
from makegood.measures.models import Measure, Measurement, Series, StagedFigure, Upload, UploadWork
from makegood.measures.models.digests import DIGESTED, digest_of
from makegood.measures.queries import current_measurements, history
from makegood.measures.reading import Layout
from makegood.measures.states import Matched, Standing, UploadState
from tests.factories.cast import Cast
from tests.factories.loop import a_measure
from tests.factories.sheets_sent import a_publishers_workbook
from tests.rules.refusing import refused

NOW = datetime(2024, 9, 5, 9, tzinfo=UTC)
HEAD = "month,organisation,rate\n"
ROWS = "Apr-24,Dale,4.1\nMay-24,Dale,4.2\nApr-24,Moor,*\nMay-24,Moor,5.5\n"


def send(cast: Cast, rows: str | bytes = ROWS, *, name: str = "all.csv") -> Upload:
    content = rows if isinstance(rows, bytes) else (HEAD + rows).encode()
    return receive_figures(
        ContentFile(content),
        file_name=name,
        measure=the_measure(cast),
        keeper=cast.provider,
        by=cast.alice,
        now=NOW,
    )


def the_measure(cast: Cast) -> Measure:
    return Measure.objects.filter(name="Staff absence rate").first() or a_measure(cast)


def read(upload: Upload, cast: Cast, **changed: object) -> Upload:
    layout = Layout(**{**vars(Layout.from_plain(upload.layout)), **changed})
    read_figures(upload, layout=layout, by=cast.alice, now=NOW)
    work_on_uploads()
    upload.refresh_from_db()
    return upload


def kept(upload: Upload, cast: Cast) -> Upload:
    keep_figures(upload, by=cast.alice, now=NOW)
    work_on_uploads()
    upload.refresh_from_db()
    return upload


def figures() -> dict[tuple[str, int], float | None]:
    rows = Measurement.objects.values_list("series__about", "period", "value")
    return {(about, period.month): value for about, period, value in rows}


def test_a_file_of_many_is_read_shown_and_kept(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    upload = send(cast)
    assert upload.state == UploadState.RECEIVED
    read(upload, cast)
    assert upload.state == UploadState.PREVIEWED
    assert (upload.counted["good"], upload.counted["bad"], upload.counted["series"]) == (4, 0, 2)
    assert not Measurement.objects.exists()
    place = UploadWork.objects.get().content.name
    with django_capture_on_commit_callbacks(execute=True):
        kept(upload, cast)
    assert upload.state == UploadState.STORED
    assert figures() == {("Dale", 4): 4.1, ("Dale", 5): 4.2, ("Moor", 4): None, ("Moor", 5): 5.5}
    assert Measurement.objects.get(value=None).standing == Standing.SUPPRESSED
    assert not StagedFigure.objects.exists()
    assert not UploadWork.objects.exists()
    assert not default_storage.exists(place)
    assert verify().problems == []


def test_a_row_changed_behind_our_back_is_found(cast: Cast) -> None:
    upload = kept(read(send(cast), cast), cast)
    row = Measurement.objects.filter(upload=upload).values_list(*DIGESTED).first()
    assert upload.rows_root == upload.measured_root()
    assert digest_of(row) != digest_of([*row[:-2], 9.9, row[-1]])


def test_the_same_file_twice_adds_nothing(cast: Cast) -> None:
    kept(read(send(cast), cast), cast)
    again = read(send(cast), cast)
    assert (again.counted["good"], again.counted["known"], again.counted["bad"]) == (0, 4, 0)
    with refused("MEA-23"):
        keep_figures(again, by=cast.alice, now=NOW)
    assert Measurement.objects.count() == 4


def test_bad_rows_come_back_and_the_mended_file_adds_only_what_is_new(cast: Cast) -> None:
    rows = (
        ROWS
        + "Jun-24,Dale,lots\nJul-24,Moor,6\nJul-24,Moor,7\n,,\nTotal,Total,9\nMay-24,Dale,4.2\n"
    )
    upload = read(send(cast, rows), cast)
    assert {(bad.row, bad.cells[2]) for bad in upload.rejected.all()} == {
        (6, "lots"),
        (7, "6"),
        (8, "7"),
    }
    assert "different figures" in upload.rejected.get(row=7).reason
    assert (upload.counted["good"], upload.counted["known"]) == (4, 1)
    kept(upload, cast)
    mended = kept(read(send(cast, ROWS + "Jun-24,Dale,4.3\nJul-24,Moor,6\n"), cast), cast)
    assert (mended.counted["good"], mended.counted["known"]) == (2, 4)
    assert Measurement.objects.count() == 6
    assert upload.rejected.count() == 3, "bad rows stay to be taken away"
    assert verify().problems == []


def test_what_differs_from_the_record_is_a_correction_and_comes_back(cast: Cast) -> None:
    kept(read(send(cast), cast), cast)
    other = read(send(cast, "Apr-24,Dale,9.9\nJun-24,Dale,4\n"), cast)
    assert [bad.row for bad in other.rejected.all()] == [2]
    assert "There is another figure for April 2024" in other.rejected.get().reason
    kept(other, cast)
    assert figures()["Dale", 4] == 4.1


def test_a_workbook_as_it_is_published(cast: Cast) -> None:
    upload = send(cast, a_publishers_workbook(), name="sickness.xlsx")
    assert upload.layout["sheet"] == "Table 4"
    read(upload, cast)
    assert (upload.counted["good"], upload.counted["bad"], upload.counted["series"]) == (9, 0, 3)
    assert upload.counted["a total"] == 1


def test_a_file_that_is_no_table_is_refused_and_leaves_nothing(cast: Cast) -> None:
    with refused("MEA-08", saying="a PDF"):
        send(cast, b"%PDF-1.7 and more", name="a.csv")
    assert not Upload.objects.exists()


def test_a_killed_reader_is_followed_by_another_and_nothing_is_there_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PIECE", 2)
    rows = "".join(f"{m}-24,Place {n},{n}\n" for n in range(5) for m in ("Apr", "May"))
    upload = send(cast, rows)
    read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice, now=NOW)
    pieces = reading._keep_piece
    monkeypatch.setattr(reading, "_keep_piece", killed_after(pieces, 3))
    with pytest.raises(KeyboardInterrupt):
        work_on_upload(upload)
    assert (StagedFigure.objects.count(), UploadWork.objects.get().rows_done) == (6, 7)
    UploadWork.objects.update(lease_ends_at=None)
    monkeypatch.setattr(reading, "_keep_piece", pieces)
    work_on_uploads()
    upload.refresh_from_db()
    assert (upload.counted["good"], upload.counted["figures"]) == (10, 10)


def killed_after(act: object, times: int) -> object:
    done: list[int] = []

    def stopped(*args: object, **named: object) -> object:
        if len(done) == times:
            raise KeyboardInterrupt
        done.append(1)
        return act(*args, **named)  # type: ignore[operator]

    return stopped


def test_a_killed_keeper_is_followed_by_another_and_the_root_is_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "PIECE", 1)
    upload = read(send(cast), cast)
    keep_figures(upload, by=cast.alice, now=NOW)
    some = storing._keep_some
    monkeypatch.setattr(storing, "_keep_some", killed_after(some, 2))
    with pytest.raises(KeyboardInterrupt):
        work_on_upload(upload)
    assert Measurement.objects.count() == 2
    dale = Series.objects.get(about="Dale")
    assert history(dale) == {}, "what is half kept is not seen"
    UploadWork.objects.update(lease_ends_at=None)
    monkeypatch.setattr(storing, "_keep_some", some)
    work_on_uploads()
    assert len(history(dale)) == 2
    assert Measurement.objects.count() == 4
    assert verify().problems == []


def test_two_at_once_do_not_both_read(cast: Cast) -> None:
    upload = send(cast)
    read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice, now=NOW)
    UploadWork.objects.update(lease_ends_at=datetime(2100, 1, 1, tzinfo=UTC))
    assert not work_on_upload(upload)
    assert work_on_uploads() == 0


def test_names_are_matched_and_remembered(cast: Cast) -> None:
    own = open_series(
        measure=the_measure(cast), keeper=cast.provider, about="Our Dale site", by=cast.alice
    )
    upload = read(send(cast), cast)
    dale, moor = upload.names.all()
    assert (dale.matched, moor.matched) == (Matched.NEW, Matched.NEW)
    match_names(
        upload,
        answers={dale.pk: (Matched.KNOWN, own), moor.pk: (Matched.LEFT_OUT, None)},
        by=cast.alice,
    )
    kept(upload, cast)
    assert set(figures()) == {("Our Dale site", 4), ("Our Dale site", 5)}
    again = read(send(cast, "Jun-24,Dale,4\n"), cast)
    assert again.names.get().series == own


def test_a_series_of_others_is_no_match(cast: Cast) -> None:
    upload = read(send(cast), cast)
    theirs = open_series(
        measure=the_measure(cast), keeper=cast.commissioner, about="X", by=cast.erin
    )
    with refused("MEA-25"):
        match_names(
            upload, answers={upload.names.first().pk: (Matched.KNOWN, theirs)}, by=cast.alice
        )


def test_all_names_that_are_new_can_be_left_out(cast: Cast) -> None:
    upload = read(send(cast), cast)
    answer_new_names(upload, matched=Matched.LEFT_OUT, by=cast.alice)
    with refused("MEA-23"):
        keep_figures(upload, by=cast.alice, now=NOW)


def test_a_figure_that_came_meanwhile_stays_and_is_counted(cast: Cast) -> None:
    kept(read(send(cast), cast), cast)
    upload = read(send(cast, "Jun-24,Dale,4\nJun-24,Moor,5\n"), cast)
    record_measurement(
        Series.objects.get(about="Dale"), period=date(2024, 6, 1), value=7, stream="s",
        by=cast.alice, now=NOW,
    )  # fmt: skip
    kept(upload, cast)
    assert upload.rows_left_out == 1
    assert (figures()["Dale", 6], figures()["Moor", 6]) == (7, 5)
    assert verify().problems == []


def test_the_columns_can_be_changed_and_the_file_read_again(cast: Cast) -> None:
    upload = read(send(cast), cast)
    layout = Layout.from_plain(upload.layout)
    with refused("MEA-22"):
        read_figures(upload, layout=Layout(**{**vars(layout), "roles": ()}), by=cast.alice, now=NOW)
    marks = {**layout.marks, "*": layout.marks["-"]}
    read(upload, cast, marks=marks)
    assert upload.staged.filter(standing=Standing.NOT_AVAILABLE).count() == 1
    assert upload.staged.count() == 4, "nothing is read twice"


def test_a_file_thrown_away_leaves_no_bytes(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    upload = read(send(cast), cast)
    place = UploadWork.objects.get().content.name
    with django_capture_on_commit_callbacks(execute=True):
        discard_figures(upload, by=cast.alice, now=NOW)
    assert not default_storage.exists(place)
    upload.refresh_from_db()
    assert (upload.state, upload.file_name, upload.columns) == (UploadState.DISCARDED, "", [])
    with pytest.raises(WrongState):
        keep_figures(upload, by=cast.alice, now=NOW)
    assert verify().problems == []


def test_a_file_that_nobody_decides_on_goes(cast: Cast) -> None:
    upload = send(cast)
    assert discard_stale_uploads(before=datetime(2024, 10, 1, tzinfo=UTC)) == 1
    upload.refresh_from_db()
    assert upload.state == UploadState.DISCARDED
    assert not UploadWork.objects.exists()


def test_strangers_and_readers_send_nothing(cast: Cast) -> None:
    for person in (cast.bob, cast.charlie):
        with pytest.raises(NotPermitted):
            receive_figures(
                File(io.BytesIO(b"a,b")), file_name="a", measure=the_measure(cast),
                keeper=cast.provider, by=person,
            )  # fmt: skip


def test_the_quick_digest_is_the_slow_one(cast: Cast) -> None:
    upload = kept(read(send(cast), cast), cast)
    for one in Measurement.objects.filter(upload=upload):
        row = Measurement.objects.values_list(*DIGESTED).get(pk=one.pk)
        assert digest_of(row).hex() == Recorded.ledger_digest(one)
    assert current_measurements(Series.objects.get(about="Dale")).count() == 2
