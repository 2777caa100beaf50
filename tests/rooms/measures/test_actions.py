"""Measurements: recorded once, corrected beside, uploaded whole or row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.measures.actions import (
    correct_measurement,
    define_measure,
    discard_upload,
    form_pool,
    open_series,
    preview_upload,
    record_gap,
    record_measurement,
    store_upload,
)
from makegood.measures.models import Measurement, Series
from makegood.measures.queries import current_measurements, history, versions_of
from makegood.measures.states import Better, MeasureKind, Standing, UploadState
from tests.factories.cast import Cast
from tests.factories.loop import a_measure
from tests.factories.sheets_sent import a_publishers_workbook
from tests.rules.refusing import refused

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)
NOW = datetime(2024, 9, 5, 9, tzinfo=UTC)
GOOD = b"period,value\n2024-04-01,4.2\n2024-05-01,4.0\n"


@pytest.fixture
def series(cast: Cast) -> Series:
    return open_series(
        measure=a_measure(cast), keeper=cast.provider, organisation=cast.provider, by=cast.alice
    )


def _record(series: Series, cast: Cast, value: float, period: date = APRIL) -> Measurement:
    return record_measurement(
        series, period=period, value=value, stream="contract/C-TEST", by=cast.alice, now=NOW
    )


def test_a_figure_is_recorded_once(series: Series, cast: Cast) -> None:
    _record(series, cast, 4.2)
    with refused("MEA-04", saying="April 2024"):
        _record(series, cast, 4.3)
    assert history(series) == {APRIL: 4.2}


def test_a_correction_stands_and_both_are_kept(series: Series, cast: Cast) -> None:
    _record(series, cast, 4.2)
    with refused("MEA-02"):
        correct_measurement(
            series, period=APRIL, value=3.9, reason=" ", stream="s", by=cast.alice, now=NOW
        )
    correct_measurement(
        series, period=APRIL, value=3.9, reason="Typed twice", stream="s", by=cast.alice, now=NOW
    )
    assert history(series) == {APRIL: 3.9}
    assert [m.value for m in versions_of(series, period=APRIL)] == [4.2, 3.9]
    assert verify().problems == []


@pytest.mark.parametrize(("first", "then"), [("*", "-"), ("-", "*"), ("4", "*")])
def test_held_back_and_not_available_are_two_things(
    series: Series, cast: Cast, first: str, then: str
) -> None:
    rows = f"period,value\n2024-04-01,{first}\n2024-04-01,{then}\n2024-05-01,4\n2024-05-01,4\n"
    upload = preview_upload(
        series, data=rows.encode(), file_name="a.csv", stream="s", by=cast.alice, now=NOW
    )
    assert [bad["row"] for bad in upload.bad_rows] == [2, 3]
    assert "twice" in upload.bad_rows[0]["reason"]
    assert (len(upload.good_rows), upload.known_rows) == (1, 1)


def test_a_mark_against_another_on_the_record_is_a_correction(series: Series, cast: Cast) -> None:
    record_gap(series, period=APRIL, reason="Payroll was down", stream="s", by=cast.alice, now=NOW)
    same, other = b"period,value\n2024-04-01,-\n2024-05-01,4\n", b"period,value\n2024-04-01,*\n"
    known = preview_upload(series, data=same, file_name="a", stream="s", by=cast.alice, now=NOW)
    assert (known.known_rows, known.bad_rows) == (1, [])
    bad = preview_upload(series, data=other, file_name="a", stream="s", by=cast.alice, now=NOW)
    assert "another figure" in bad.bad_rows[0]["reason"] or "already" in bad.bad_rows[0]["reason"]


def test_a_gap_is_not_zero(series: Series, cast: Cast) -> None:
    with refused("MEA-05"):
        record_gap(series, period=APRIL, reason="", stream="s", by=cast.alice, now=NOW)
    record_gap(series, period=APRIL, reason="Payroll was down", stream="s", by=cast.alice, now=NOW)
    kept = current_measurements(series).get()
    assert (kept.value, kept.standing, kept.note) == (
        None,
        Standing.NOT_AVAILABLE,
        "Payroll was down",
    )


@pytest.mark.parametrize("value", [-0.1, 100.1])
def test_a_percentage_stays_within_its_range(series: Series, cast: Cast, value: float) -> None:
    with refused("MEA-01"):
        _record(series, cast, value)


def test_the_future_is_not_measured(series: Series, cast: Cast) -> None:
    with refused("MEA-03", saying="October 2024"):
        _record(series, cast, 4.0, period=date(2024, 10, 1))


def test_a_reader_records_nothing(series: Series, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        record_measurement(series, period=APRIL, value=4.0, stream="s", by=cast.bob, now=NOW)


def _preview(series: Series, cast: Cast, data: bytes = GOOD) -> object:
    return preview_upload(
        series, data=data, file_name="figures.csv", stream="s", by=cast.alice, now=NOW
    )


def test_nothing_is_kept_until_it_is_confirmed(series: Series, cast: Cast) -> None:
    upload = preview_upload(
        series, data=GOOD, file_name="f.csv", stream="s", by=cast.alice, now=NOW
    )
    assert history(series) == {}
    assert store_upload(upload, stream="s", by=cast.alice, now=NOW) == 2
    assert history(series) == {APRIL: 4.2, MAY: 4.0}
    assert verify().problems == []


def test_the_same_file_twice_adds_nothing(series: Series, cast: Cast) -> None:
    for expected in (2, 0):
        upload = preview_upload(
            series, data=GOOD, file_name="f.csv", stream="s", by=cast.alice, now=NOW
        )
        assert upload.bad_rows == []
        assert store_upload(upload, stream="s", by=cast.alice, now=NOW) == expected
    assert verify().problems == []


def test_good_rows_are_kept_and_bad_rows_given_back(series: Series, cast: Cast) -> None:
    _record(series, cast, 9.9)
    data = (
        b"period,value\n2024-04-01,4.2\n2024-05-01,4.0\n2024-13-01,1\n"
        b"2024-06-01,\n2024-07-01,101\n2030-01-01,4\n2024-05-01,4\n2024-08-01,5\n2024-08-01,6\n"
    )
    upload = preview_upload(
        series, data=data, file_name="f.csv", stream="s", by=cast.alice, now=NOW
    )
    assert [row["period"] for row in upload.good_rows] == ["2024-05-01"]
    reasons = {bad["row"]: bad["reason"] for bad in upload.bad_rows}
    assert sorted(reasons) == [2, 4, 5, 6, 7, 9, 10], (
        "the same twice is kept once; two answers are not"
    )
    assert upload.known_rows == 1
    assert "April 2024" in reasons[2]
    assert "not a period" in reasons[4]
    assert "why there is no figure" in reasons[5]
    assert "100" in reasons[6]
    assert "has not begun" in reasons[7]
    assert "different figures" in reasons[9]
    assert reasons[9] == reasons[10]
    assert store_upload(upload, stream="s", by=cast.alice, now=NOW) == 1
    assert history(series) == {APRIL: 9.9, MAY: 4.0}


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7 nonsense", b"place,figure\nLeeds,4\n", b"period,value\n"],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    series: Series, cast: Cast, data: bytes
) -> None:
    with refused("MEA-08", saying="figures.csv"):
        _preview(series, cast, data)
    assert not series.uploads.exists()


def test_the_rows_of_ones_own_are_taken_from_a_workbook_of_many(cast: Cast) -> None:
    own = open_series(
        measure=a_measure(cast), keeper=cast.provider, about="Dale Trust", by=cast.alice
    )
    sent = preview_upload(
        own, data=a_publishers_workbook(), file_name="s.xlsx", stream="s", by=cast.alice, now=NOW
    )
    assert store_upload(sent, stream="s", by=cast.alice, now=NOW) == 3
    kept = {m.period.month: (m.standing, m.value, m.note) for m in current_measurements(own)}
    assert kept == {
        4: (Standing.NOT_AVAILABLE, None, "The file says “.”."),
        5: (Standing.MEASURED, 3.9, ""),
        6: (Standing.SUPPRESSED, None, "The file says “*”."),
    }
    assert verify().problems == []


def test_a_file_of_others_is_refused(series: Series, cast: Cast) -> None:
    with refused("MEA-08", saying="holds several series"):
        _preview(series, cast, a_publishers_workbook())


def test_a_stored_upload_is_stored_once(series: Series, cast: Cast) -> None:
    upload = preview_upload(
        series, data=GOOD, file_name="f.csv", stream="s", by=cast.alice, now=NOW
    )
    store_upload(upload, stream="s", by=cast.alice, now=NOW)
    with pytest.raises(WrongState):
        store_upload(upload, stream="s", by=cast.alice, now=NOW)
    with pytest.raises(WrongState):
        discard_upload(upload, stream="s", by=cast.alice, now=NOW)


def test_a_discarded_upload_keeps_no_figure(series: Series, cast: Cast) -> None:
    upload = preview_upload(
        series, data=GOOD, file_name="f.csv", stream="s", by=cast.alice, now=NOW
    )
    discard_upload(upload, stream="s", by=cast.alice, now=NOW)
    upload.refresh_from_db()
    assert upload.state == UploadState.DISCARDED
    assert history(series) == {}
    assert (upload.file_name, upload.good_rows, upload.bad_rows, upload.columns) == ("", [], [], [])


def test_a_pool_follows_one_measure(series: Series, cast: Cast) -> None:
    other = define_measure(
        name="Falls",
        unit="falls",
        kind=MeasureKind.COUNT,
        better=Better.DOWN,
        definition="d",
        source="ours",
        keeper=cast.provider,
        by=cast.alice,
    )
    with refused("MEA-06"):
        form_pool(
            name="Pool",
            measure=other,
            series=[series],
            keeper=cast.provider,
            rule="r",
            by=cast.alice,
        )


def test_a_measure_is_defined_once(cast: Cast) -> None:
    a_measure(cast)
    with refused("MEA-07", saying="Staff absence rate"):
        a_measure(cast)


def test_a_measure_of_any_name_has_an_address(client: Client, cast: Cast) -> None:
    first = a_measure(cast)
    for name, slug in (("日本", "measure"), ("中国", "measure-")):
        measure = define_measure(
            name=name,
            unit="%",
            kind=MeasureKind.PERCENTAGE,
            better=Better.DOWN,
            definition="d",
            source="ours",
            keeper=cast.provider,
            by=cast.alice,
        )
        assert measure.slug.startswith(slug)
    page = client.get(reverse("measures"))
    assert first.name in page.content.decode()
    assert "日本" in page.content.decode()


def test_rows_overtaken_since_the_preview_are_counted(series: Series, cast: Cast) -> None:
    upload = preview_upload(
        series, data=GOOD, file_name="a.csv", stream="s", by=cast.alice, now=NOW
    )
    _record(series, cast, 9.9)
    assert store_upload(upload, stream="s", by=cast.alice, now=NOW) == 1
    upload.refresh_from_db()
    assert upload.rows_left_out == 1
    assert history(series) == {APRIL: 9.9, MAY: 4.0}
