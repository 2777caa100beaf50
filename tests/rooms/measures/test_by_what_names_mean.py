"""Figures of a file are held against one another by the series they mean, and never lost unsaid."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from makegood.contract.models import Commitment
from makegood.kernel.ledger.verify import verify
from makegood.measures.actions import (
    answer_new_names,
    discard_figures,
    keep_figures,
    match_names,
    open_series,
    read_figures,
    receive_figures,
    record_measurement,
    work_on_upload,
    work_on_uploads,
)
from makegood.measures.actions import store as storing
from makegood.measures.models import Measurement, Series, Upload, UploadWork
from makegood.measures.queries import history, owed_to_contracts
from makegood.measures.reading import Layout
from makegood.measures.states import Matched, UploadState
from makegood.people.models import Notice
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rooms.measures.test_many_series import NOW, figures, kept, read, send, the_measure
from tests.rules.refusing import refused

CLASH = "Apr-24,Comparator 01,4.1\nApr-24,COMPARATOR 01,4.9\nMay-24,Comparator 01,4.2\n"


def a_series(cast: Cast, about: str) -> Series:
    return open_series(
        measure=the_measure(cast), keeper=cast.provider, about=about, by=cast.alice, now=NOW
    )


def match(upload: Upload, cast: Cast, **answers: Series | Matched) -> Upload:
    """Say what names of a file mean, and read its row anew."""
    said = {}
    for name, answer in answers.items():
        known = isinstance(answer, Series)
        key = upload.names.get(name=name).pk
        said[key] = (Matched.KNOWN, answer) if known else (answer, None)
    match_names(upload, answers=said, by=cast.alice, now=NOW)
    upload.refresh_from_db()
    return upload


def reasons(upload: Upload) -> dict[int, str]:
    return dict(upload.rejected.values_list("row", "reason"))


@pytest.mark.parametrize("stands", [True, False])
def test_names_that_differ_in_capitals_are_one_series(cast: Cast, stands: bool) -> None:
    if stands:
        a_series(cast, "Comparator 01")
    upload = read(send(cast, CLASH), cast)
    assert (upload.counted["good"], upload.counted["bad"]) == (1, 2)
    assert "different figures" in reasons(upload)[2]
    kept(upload, cast)
    assert upload.state == UploadState.STORED
    assert figures() == {("Comparator 01", 5): 4.2}
    assert verify().problems == []


def test_two_names_for_one_series_are_twins_once_they_are_matched(cast: Cast) -> None:
    own = a_series(cast, "Our sites")
    upload = read(send(cast, "Apr-24,Dale,4.1\nApr-24,Moor,4.9\nMay-24,Moor,5\n"), cast)
    assert (upload.counted["good"], upload.counted["bad"]) == (3, 0)
    match(upload, cast, Dale=own, Moor=own)
    assert (upload.counted["good"], upload.counted["bad"]) == (1, 2)
    assert set(reasons(upload)) == {2, 3}
    assert upload.rejected.get(row=3).cells == ["Apr-24", "Moor", "4.9"]
    match(upload, cast, Moor=Matched.LEFT_OUT)
    assert (upload.counted["good"], upload.counted["bad"]) == (3, 0)
    match(upload, cast, Moor=Matched.NEW)
    kept(upload, cast)
    assert figures() == {("Our sites", 4): 4.1, ("Moor", 4): 4.9, ("Moor", 5): 5.0}
    assert verify().problems == []


def test_the_same_figure_by_two_names_is_taken_once(cast: Cast) -> None:
    own = a_series(cast, "Our sites")
    upload = read(send(cast, "Apr-24,Dale,4.1\nApr-24,Moor,4.1\n"), cast)
    match(upload, cast, Dale=own, Moor=own)
    assert (upload.counted["good"], upload.counted["known"], upload.counted["bad"]) == (1, 1, 0)
    kept(upload, cast)
    assert figures() == {("Our sites", 4): 4.1}


def test_a_figure_against_the_record_comes_back_once_its_name_is_matched(cast: Cast) -> None:
    """The row and the reason are there, though it could be read and stood well alone."""
    own = a_series(cast, "Our sites")
    record_measurement(own, period=NOW.date().replace(month=4, day=1), value=5.92, stream="measures",
                       by=cast.alice, now=NOW)  # fmt: skip
    rows = "Apr-24,Dale,99.0\nMay-24,Dale,4.2\nJun-24,Dale,lots\n"
    upload = read(send(cast, rows), cast)
    assert set(reasons(upload)) == {4}
    match(upload, cast, Dale=own)
    assert (upload.counted["good"], upload.counted["bad"]) == (1, 2)
    assert "another figure for April 2024 already" in reasons(upload)[2]
    assert "another figure" not in reasons(upload)[4]
    match(upload, cast, Dale=Matched.NEW)
    assert (upload.counted["good"], set(reasons(upload))) == (2, {4})
    match(upload, cast, Dale=own)
    kept(upload, cast)
    assert (upload.rows_left_out, set(reasons(upload))) == (0, {2, 4})
    assert list(history(own).values()) == [5.92, 4.2]
    assert verify().problems == []


def test_many_twins_ask_no_more_of_the_database(cast: Cast) -> None:
    def asked(months: int) -> int:
        rows = "".join(
            f"{year}-{month:02d},Place {n},{value}\n"
            for n in range(months) for year in (2022, 2023) for month in range(1, 13) for value in (1, n)
        )  # fmt: skip
        upload = send(cast, rows, name=f"{months}.csv")
        read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            work_on_uploads()
        upload.refresh_from_db()
        assert upload.counted["bad"] == 48 * (months - 1)
        return len(asked)

    assert asked(2) == asked(4)


def stopped(*_: object, **__: object) -> None:
    raise IntegrityError("UNIQUE constraint failed")


def test_keeping_that_cannot_go_on_says_why_and_can_be_thrown_away(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "PIECE", 1)
    upload = read(send(cast), cast)
    other = read(send(cast, "Apr-24,Fen,3\n"), cast)
    keep_figures(upload, by=cast.alice, now=NOW)
    with refused("MEA-28"):
        discard_figures(upload, by=cast.alice, now=NOW)
    keep_figures(other, by=cast.alice, now=NOW)
    some = storing._keep_some
    with monkeypatch.context() as patched:
        patched.setattr(storing, "_keep_some", lambda work: some(work) and stopped())
        assert work_on_uploads() == 0, "the next is taken up, and none of them for ever"
    assert Measurement.objects.count() == 2
    assert (
        "stopped the work on this file (IntegrityError)"
        in UploadWork.objects.get(upload=upload).fault
    )
    assert Notice.objects.filter(words__contains="stopped").count() == 2, "once for each file"
    discard_figures(upload, by=cast.alice, now=NOW)
    UploadWork.objects.update(lease_ends_at=None)
    work_on_uploads()
    assert figures() == {("Fen", 4): 3.0}
    again = kept(read(send(cast), cast), cast)
    assert again.counted["stored"] == 4, "nothing blocks its periods"
    assert verify().problems == []


def test_what_was_kept_whole_is_never_removed(cast: Cast) -> None:
    kept(read(send(cast), cast), cast)
    with pytest.raises(IntegrityError, match="LED-01"), transaction.atomic():
        Measurement.objects.all().delete()


def test_work_taken_over_by_another_is_not_done_twice(cast: Cast) -> None:
    upload = read(send(cast), cast)
    keep_figures(upload, by=cast.alice, now=NOW)
    work = UploadWork.objects.get(upload=upload)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.PREVIEWED)
    with pytest.raises(storing.Overtaken):
        storing._finish(work)
    assert work_on_upload(upload)


@pytest.fixture
def owed(cast: Cast) -> Series:
    """Return a series that a contract in force asks for."""
    contract = loop.a_signed_contract(cast)
    found = Commitment.objects.get(contract=contract).series
    assert found is not None
    return found


def send_beside(owed: Series, cast: Cast, rows: str) -> Upload:
    upload = receive_figures(
        ContentFile(f"month,organisation,rate\n{rows}".encode()),
        file_name="all.csv", measure=owed.measure, keeper=owed.keeper, by=cast.alice, now=NOW,
    )  # fmt: skip
    return read(upload, cast)


def test_no_file_of_many_writes_into_what_a_contract_asks_for(cast: Cast, owed: Series) -> None:
    """MEA-27"""
    had = history(owed)
    upload = send_beside(owed, cast, f"Jul-24,{owed.about},4\nJul-24,Elsewhere,5\n")
    own = upload.names.get(name=owed.about)
    assert (own.matched, own.series) == (Matched.LEFT_OUT, None)
    with refused("MEA-27", saying="Leave it out here"):
        match_names(upload, answers={own.pk: (Matched.KNOWN, owed)}, by=cast.alice, now=NOW)
    with refused("MEA-27"):
        match_names(upload, answers={own.pk: (Matched.NEW, None)}, by=cast.alice, now=NOW)
    answer_new_names(upload, matched=Matched.NEW, by=cast.alice, now=NOW)
    kept(upload, cast)
    assert upload.state == UploadState.STORED
    assert upload.counted["stored"] == 1
    assert history(owed) == had


def test_a_contract_that_asks_meanwhile_stops_the_keeping(
    cast: Cast, owed: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    had = history(owed)
    rows = f"Jul-24,{owed.about},4\nJul-24,Elsewhere,5\n"
    with monkeypatch.context() as before:
        for place in ("makegood.measures.queries.sent", "makegood.measures.actions.receive"):
            before.setattr(f"{place}.owed_to_contracts", none_is_owed)
        known = send_beside(owed, cast, rows)
    assert known.names.get(name=owed.about).series == owed
    with refused("MEA-27"):
        keep_figures(known, by=cast.alice, now=NOW)
    with monkeypatch.context() as before:
        before.setattr("makegood.measures.queries.sent.owed_to_contracts", none_is_owed)
        before.setattr("makegood.measures.actions.receive.owed_to_contracts", none_is_owed)
        known.names.filter(name=owed.about).update(series=None, matched=Matched.NEW)
        keep_figures(known, by=cast.alice, now=NOW)
    work_on_uploads()
    known.refresh_from_db()
    assert (known.counted["stored"], history(owed)) == (1, had)


def none_is_owed(_: QuerySet[Series]) -> set[int]:
    return set()


def test_all_that_contracts_ask_for_is_found_by_one_question(
    cast: Cast, owed: Series, django_assert_num_queries: object
) -> None:
    a_series(cast, "Elsewhere")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert owed_to_contracts(Series.objects.all()) == {owed.pk}
