"""After a handover another series goes on with the figures: read as one, and of that contract alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.assess.analysis import inputs_of
from makegood.capture.actions import (
    announce_sample,
    answer_dispute,
    capture_measurement,
    correct_capture,
    draw_sample,
    give_figure,
    open_dispute,
    preview_capture,
)
from makegood.capture.giving import Given
from makegood.capture.queries import (
    figures_due,
    figures_to_draw,
    levels_of,
    periods_without_figure,
)
from makegood.contract.models import Commitment, Contract
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.measures.actions import form_pool, record_measurement
from makegood.measures.models import Series
from makegood.measures.permissions import recorders_of
from makegood.measures.queries import histories, history, versions_of
from makegood.people.actions import close_organisation
from makegood.people.models import Notice
from makegood.web.queries.desk import desk_of
from makegood.web.queries.gap import Step, gap_today
from makegood.web.queries.record import record_of
from makegood.web.queries.trace import record_behind
from tests.factories import handing_over
from tests.factories.cast import Cast
from tests.factories.due import a_contract_signed_in_time, at
from tests.factories.handed_on import a_twin
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2024, 11, 1), date(2024, 12, 1)
JANUARY, FEBRUARY, MARCH = (date(2025, month, 1) for month in (1, 2, 3))


def handed_over(cast: Cast, *, contract: Contract, **changes: object) -> Commitment:
    """Return the one commitment of a contract, as it stands once Charlie’s organisation took over."""
    handing_over.a_handover(cast, contract=contract, **changes)
    return Commitment.objects.get(contract=contract)


def both(cast: Cast) -> tuple[Commitment, Commitment]:
    """Return a commitment that was handed over in January, and its twin that was not."""
    contract = a_contract_signed_in_time(cast)
    twin = a_twin(cast, of=contract)
    capture_measurement(twin, period=NOVEMBER, value=5.0, by=cast.alice)
    return handed_over(cast, contract=contract), twin


def known(commitment: Commitment) -> dict[int, float | None]:
    """Return the values that stand for a commitment, by month."""
    assert commitment.line
    return {day.month: value for day, value in history(commitment.line).items()}


def test_each_contract_reads_its_own_from_the_day_on(cast: Cast) -> None:
    one, twin = both(cast)
    assert one.series == twin.series
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie)
    capture_measurement(twin, period=JANUARY, value=3.1, by=cast.alice)
    capture_measurement(twin, period=DECEMBER, value=4.9, by=cast.alice)
    assert known(one) == {11: 5.0, 12: 4.9, 1: 4.6}
    assert known(twin) == {11: 5.0, 12: 4.9, 1: 3.1}
    assert inputs_of(one, now=MARCH).series == {NOVEMBER: 5.0, DECEMBER: 4.9, JANUARY: 4.6}
    came = {row.span.first: row.came for row in figures_due([one, twin], today=MARCH)}
    assert came[JANUARY] is not None
    assert [one.name[-9:] for one in figures_to_draw(one.contract)] == [
        "2024-11/1", "2024-12/1", "2025-01/1",
    ]  # fmt: skip
    assert list(levels_of(one)) == [NOVEMBER, DECEMBER, JANUARY]
    assert verify().problems == []


def test_it_is_opened_by_the_handover_and_kept_by_who_took_over(cast: Cast) -> None:
    one, twin = both(cast)
    assert one.line
    assert one.series
    made = one.line.last
    assert (made.keeper, made.continues, made.continues_for) == (
        cast.stranger,
        one.series,
        one.contract.reference,
    )
    assert made.continues_from_on == JANUARY
    assert str(made) == (
        f"Staff absence rate of Somebody Else: our staff, {one.contract.reference} from January 2025"
    )
    assert recorders_of(made) == [cast.stranger]
    assert recorders_of(one.series) == [cast.provider]
    assert twin.line
    assert twin.line.parts == (one.series,)
    entry = Entry.objects.get(act="continue_series")
    assert entry.stream == one.contract.stream
    behind = record_behind(entry, person=None)
    assert behind
    assert behind.promises == [one.promise]


def test_neither_records_in_the_time_of_the_other(cast: Cast) -> None:
    one, _ = both(cast)
    for by, period in ((cast.alice, JANUARY), (cast.charlie, DECEMBER)):
        with pytest.raises(NotPermitted):
            capture_measurement(one, period=period, value=4.0, by=by)
        with pytest.raises(NotPermitted):
            give_figure(one, period=period, given=Given(value=4.0), by=by)
    given = give_figure(one, period=DECEMBER, given=Given(value=4.9), by=cast.alice)
    assert given.series == one.series
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie)
    with pytest.raises(NotPermitted):
        correct_capture(one, period=DECEMBER, value=4.8, reason="Payroll", by=cast.charlie)
    correct_capture(one, period=DECEMBER, value=4.8, reason="Payroll", by=cast.alice)
    correct_capture(one, period=JANUARY, value=4.5, reason="Payroll", by=cast.charlie)
    assert one.line
    assert [each.value for each in versions_of(one.line, period=DECEMBER)] == [4.9, 4.8]
    assert known(one) == {11: 5.0, 12: 4.8, 1: 4.5}
    data = b"period,value\n2024-12-01,4.0\n2025-02-01,4.4\n"
    upload = preview_capture(one, data=data, file_name="f.csv", by=cast.charlie)
    assert upload.series == one.line.last
    assert [row["period"] for row in upload.good_rows] == ["2025-02-01"]
    assert (
        "Figures before January 2025 are given by who delivered then"
        in upload.bad_rows[0]["reason"]
    )
    today = date(2025, 2, 15)
    assert periods_without_figure(one, today=today) == []


def test_what_was_recorded_meanwhile_stays_and_it_goes_on_after_it(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = contract.commitments.get()
    capture_measurement(one, period=FEBRUARY, value=4.7, by=cast.alice)
    one = handed_over(cast, contract=contract)
    assert one.line
    assert one.line.last.continues_from_on == MARCH
    owing = {row.span.first: row.owed_by for row in figures_due([one], today=date(2025, 4, 2))}
    assert {day: owing[day] for day in (JANUARY, FEBRUARY, MARCH)} == {
        JANUARY: cast.provider, FEBRUARY: cast.provider, MARCH: cast.stranger,
    }  # fmt: skip
    assert known(one) == {2: 4.7}


def test_a_month_that_was_begun_is_of_who_delivers_at_its_end(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = handed_over(cast, contract=contract, from_on=date(2025, 1, 20))
    assert one.line
    assert one.line.last.continues_from_on == JANUARY
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie)


def test_it_goes_on_again_and_comes_back(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = handed_over(cast, contract=contract)
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie)
    terms = handing_over.handover_terms(cast, successor=cast.provider, from_on=FEBRUARY)
    handing_over.hand_back(cast, contract=Contract.objects.get(pk=contract.pk), terms=terms)
    one = Commitment.objects.get(contract=contract)
    capture_measurement(one, period=FEBRUARY, value=4.4, by=cast.alice)
    assert one.line
    assert [each.keeper for each in one.line.parts] == [cast.provider, cast.stranger, cast.provider]
    assert known(one) == {1: 4.6, 2: 4.4}
    with pytest.raises(NotPermitted):
        capture_measurement(one, period=MARCH, value=4.4, by=cast.charlie)
    assert verify().problems == []


def test_pages_record_and_gap_read_over_the_seam(cast: Cast, client: Client) -> None:
    contract = a_contract_signed_in_time(cast)
    one = handed_over(cast, contract=contract)
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie, now=at(date(2025, 2, 3)))
    assert gap_today(now=timezone.now())[Step.CAPTURED].count == 1
    shown = client.get(reverse("promise", args=[one.name])).content.decode()
    assert "recorded by Moor View Care, then Somebody Else" in shown
    assert client.get(reverse("figure", args=[one.reference, "2025-01"])).status_code == 200
    rows = record_of(one.contract).tables["figures"]
    assert [row["value"] for row in rows] == [4.6]
    entry = Entry.objects.filter(act="record_measurement").latest("pk")
    behind = record_behind(entry, person=None)
    assert behind
    assert behind.promises == [one.promise]


def test_the_figures_of_another_contract_are_not_captured_for_it(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    twin = a_twin(cast, of=contract)
    one = handed_over(cast, contract=contract)
    capture_measurement(twin, period=JANUARY, value=3.1, by=cast.alice)
    assert known(one) == {}
    assert gap_today(now=timezone.now())[Step.CAPTURED].count == 1


def test_a_comparator_that_changed_hands_is_read_on(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    capture_measurement(contract.commitments.get(), period=DECEMBER, value=4.9, by=cast.alice)
    one = handed_over(cast, contract=contract)
    assert one.series
    assert one.measure
    capture_measurement(one, period=JANUARY, value=4.6, by=cast.charlie)
    pool = form_pool(
        name="Like it",
        measure=one.measure,
        series=[one.series],
        keeper=cast.support_unit,
        rule="Near by",
        by=cast.frank,
    )
    assert histories(pool) == {one.series.reference: {DECEMBER: 4.9, JANUARY: 4.6}}
    assert histories(pool, besides=[cast.stranger]) == {one.series.reference: {DECEMBER: 4.9}}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE measures_series SET continues_from_on = '2024-01-01'",
        "UPDATE measures_series SET continues_for = 'C-OTHER' WHERE continues_id IS NOT NULL",
        "UPDATE measures_series SET continues_id = id WHERE continues_id IS NULL",
        "UPDATE contract_commitment SET series_id = (SELECT max(id) FROM measures_series)",
    ],
)
def test_the_database_keeps_with_what_it_goes_on(cast: Cast, sql: str) -> None:
    handed_over(cast, contract=a_contract_signed_in_time(cast))
    with (
        pytest.raises(IntegrityError, match=r"MEA-26|mea_26|CON-03"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_series_goes_on_with_the_one_that_was_agreed(cast: Cast) -> None:
    one = handed_over(cast, contract=a_contract_signed_in_time(cast))
    assert one.line
    with pytest.raises(IntegrityError, match="MEA-26"), transaction.atomic():
        Series.objects.create(
            reference="S-AGAIN",
            measure=one.line.measure,
            about="Again",
            keeper=cast.stranger,
            continues=one.line.last,
            continues_for=one.contract.reference,
            continues_from_on=MARCH,
        )


def test_nothing_is_recorded_in_it_before_its_day(cast: Cast) -> None:
    one = handed_over(cast, contract=a_contract_signed_in_time(cast), from_on=FEBRUARY)
    assert one.line
    assert one.line.at(JANUARY) == one.series
    with refused("MEA-26", saying="Figures before February 2025"):
        _record_straight(one.line.last, cast=cast)


def _record_straight(series: Series, *, cast: Cast) -> None:
    record_measurement(series, period=JANUARY, value=4.0, stream="measures", by=cast.charlie)


def test_who_gave_a_figure_answers_a_dispute_of_it(cast: Cast, client: Client) -> None:
    contract = a_contract_signed_in_time(cast)
    one = contract.commitments.get()
    figure = capture_measurement(one, period=NOVEMBER, value=5.0, by=cast.alice)
    one = handed_over(cast, contract=contract)
    dispute = open_dispute(
        one, measurement=figure, reason="Too low", house=cast.commissioner, by=cast.erin
    )
    assert dispute.answering == cast.provider
    with pytest.raises(NotPermitted):
        answer_dispute(dispute, words="No", by=cast.charlie)
    today = date(2025, 2, 15)
    assert "dispute" not in " ".join(
        task.title for task in desk_of(cast.charlie, today=today).now()
    )
    page = client.get(reverse("figure", args=[one.reference, "2024-11"])).content.decode()
    assert f"{one.name} · Moor View Care" in page
    client.force_login(cast.alice)
    address = reverse("answer_dispute", args=[dispute.reference])
    assert client.get(address).status_code == 200
    answer_dispute(dispute, words="It is as the payroll says", by=cast.alice)


def test_who_took_over_answers_for_who_closed(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = contract.commitments.get()
    figure = capture_measurement(one, period=NOVEMBER, value=5.0, by=cast.alice)
    one = handed_over(cast, contract=contract)
    closed_on = date(2025, 1, 31)
    close_organisation(cast.provider, closed_on=closed_on, reason="It is over", by=cast.alice)
    one = Commitment.objects.get(pk=one.pk)
    dispute = open_dispute(
        one, measurement=figure, reason="Too low", house=cast.commissioner, by=cast.erin
    )
    assert answer_dispute(dispute, words="We looked", by=cast.charlie).answer == "We looked"


def test_who_gave_figures_is_told_that_they_were_drawn(cast: Cast) -> None:
    contract = a_contract_signed_in_time(cast)
    one = contract.commitments.get()
    capture_measurement(one, period=NOVEMBER, value=5.0, by=cast.alice)
    one = handed_over(cast, contract=contract)
    sample = announce_sample(one.contract, size=1, house=cast.assessors, by=cast.dana)
    draw_sample(sample, by=cast.dana)
    told = Notice.objects.filter(words__contains="drew 1 of 1").order_by("person__name")
    assert [one.person.name for one in told] == ["Alice", "Charlie"]
