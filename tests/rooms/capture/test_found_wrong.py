"""A figure that was found wrong looks wrong everywhere until it is corrected, and somebody is asked to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import (
    answer_item,
    capture_measurement,
    check_figure,
    close_sample,
    correct_capture,
    open_dispute,
    resolve_dispute,
    stand_by_figure,
)
from makegood.capture.models import Sample
from makegood.capture.queries import figures_under, found_wrong, items_of, quality_shown
from makegood.capture.states import DisputeOutcome, Found, Level
from makegood.contract.actions import begin_notice
from makegood.contract.models import Commitment
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.measures.models import Measurement
from makegood.people.models import Notice, Organisation
from tests.factories import loop, noticing
from tests.factories.cast import Cast
from tests.factories.checking import a_dispute, a_figure_found_wrong
from tests.factories.sampling import a_drawn_sample
from tests.rules.refusing import refused

MARK = "found wrong, not corrected"
WHY = "Two teams are left out"


def held() -> Commitment:
    return Commitment.objects.get()


def found(commitment: Commitment) -> list[float | None]:
    assert commitment.series_id
    return [one.value for one in found_wrong([commitment.series_id]).values()]


def page(name: str, *args: str, client: Client | None = None) -> str:
    return (client or Client()).get(reverse(name, args=args)).content.decode()


def as_alice(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.alice)
    return client


def a_sample_with_one_wrong(cast: Cast) -> Sample:
    sample = a_drawn_sample(cast)
    first, second = items_of(sample)
    answer_item(first, found=Found.WRONG, true_value=9.5, note="The payroll", by=cast.dana)
    answer_item(second, found=Found.RIGHT, by=cast.dana)
    return sample


def test_a_dispute_that_is_open_or_ends_well_finds_nothing_wrong(cast: Cast) -> None:
    dispute = a_dispute(cast)
    assert found(held()) == []
    resolve_dispute(dispute, outcome=DisputeOutcome.STANDS, why="So it is", by=cast.erin)
    assert found(held()) == []


def test_what_a_dispute_found_wrong_stays_so_until_it_is_corrected(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    [one] = found_wrong([figure.series_id]).values()
    assert (one.value, one.why, one.house, one.stood_by) == (4.9, WHY, str(cast.commissioner), "")
    assert one.what.startswith(f"a dispute by {cast.commissioner}, ended on ")
    correct_capture(held(), period=figure.period, value=5.1, reason="A slip", by=cast.alice)
    assert found(held()) == []
    correct_capture(held(), period=figure.period, value=4.9, reason="Back", by=cast.alice)
    assert found(held()) == [4.9], "the same figure again is the figure that was found wrong"


def test_a_drawn_figure_counts_as_wrong_once_its_sample_closes(cast: Cast) -> None:
    sample = a_sample_with_one_wrong(cast)
    assert found(held()) == []
    close_sample(sample, by=cast.dana)
    assert held().series_id
    [one] = found_wrong([held().series_id]).values()
    assert (one.true_value, one.why) == (9.5, "The payroll")
    assert one.href == sample.get_absolute_url()
    [told] = Notice.objects.filter(words__contains="Correct it, or stand by it")
    assert told.person == cast.alice
    assert "should be 9.5%" in told.words


def test_one_query_finds_all_that_is_wrong_of_all_series(cast: Cast) -> None:
    a_figure_found_wrong(cast)
    keys = set(Measurement.objects.values_list("series", flat=True))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(found_wrong(keys)) == 1
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert found_wrong([]) == {}
    assert len(queries) == 0


def test_every_page_of_the_figure_says_so_and_no_more_once_it_is_corrected(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    owed, client = held(), as_alice(cast)
    assert owed.promise
    month = f"{figure.period:%Y-%m}"
    pages = (
        ("capture", owed.reference),
        ("promise", owed.promise.reference),
        ("figure", owed.reference, month),
        ("contract_figures", owed.contract.reference),
        ("organisation_figures", cast.provider.slug),
        ("correct_figure", owed.reference, month),
    )
    for name, *args in pages:
        assert MARK in page(name, *args, client=client).lower(), name
    contract = page("contract", owed.contract.reference)
    assert "1 found wrong" in contract
    chart = page("promise", owed.promise.reference)
    assert "Found wrong, and not corrected: Apr 2024." in chart, "the text beside the chart"
    assert "1 figure was found wrong and is not corrected." in chart
    table = page("contract_figures_table", owed.contract.reference)
    assert "not corrected" in table
    narrowed = reverse("contract_figures", args=[owed.contract.reference])
    assert MARK in client.get(narrowed, {"state": "found wrong"}).content.decode()
    correct_capture(owed, period=figure.period, value=5.1, reason="A slip", by=cast.alice)
    for name, *args in pages:
        assert MARK not in page(name, *args, client=client).lower(), name
    assert "found wrong" not in page("contract", owed.contract.reference)


def test_whoever_judges_sees_it(cast: Cast) -> None:
    a_figure_found_wrong(cast)
    client = Client()
    client.force_login(cast.dana)
    said = page("assess", held().reference, client=client)
    assert MARK in said
    assert "1 figure was found wrong and is not corrected." in said


def test_the_desk_asks_who_owes_it_until_it_is_corrected(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    client, href = as_alice(cast), reverse("correct_figure", args=[held().reference, "2024-04"])
    desk = page("desk", client=client)
    assert "Correct a figure that was found wrong" in desk
    assert href in desk
    given = page("give_figures", cast.provider.slug, client=client)
    assert "1 figure was found wrong: correct it" in given
    assert WHY in given
    assert href in given
    correct_capture(held(), period=figure.period, value=5.1, reason="A slip", by=cast.alice)
    assert "found wrong" not in page("desk", client=client)
    assert "found wrong" not in page("give_figures", cast.provider.slug, client=client)


def test_who_records_is_told_that_a_dispute_found_it_wrong(cast: Cast) -> None:
    a_figure_found_wrong(cast)
    [told] = Notice.objects.filter(words__contains="has to be corrected")
    assert (told.person, told.right) == (cast.alice, "record what happened")


def test_nobody_is_asked_for_one_that_closed(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    Organisation.objects.filter(pk=cast.provider.pk).update(
        closed_on=timezone.localdate(), closing_reason="The money ended"
    )
    assert "Correct a figure" not in page("desk", client=as_alice(cast))
    said = page("figure", held().reference, f"{figure.period:%Y-%m}")
    assert "has closed, so nobody is asked to correct it." in said


def test_who_stands_by_it_says_why_and_is_asked_no_more(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    owed, client = held(), as_alice(cast)
    said = {"period": figure.period, "reason": "Both teams joined in May", "by": cast.alice}
    kept = stand_by_figure(owed, **said)
    assert (kept.value, kept.version) == (4.9, 2)
    assert stand_by_figure(owed, **said) == kept, "a second click"
    with refused("CAP-76"):
        stand_by_figure(owed, **said | {"reason": "Another"})
    shown = page("figure", owed.reference, "2024-04", client=client)
    assert MARK in shown.lower()
    assert "stands by it: Both teams joined in May" in shown
    assert "Correct a figure" not in page("desk", client=client)
    assert quality_shown(owed, today=timezone.localdate()).wrong == 1
    [told] = Notice.objects.filter(words__contains="stands by")
    assert told.person == cast.erin
    again = open_dispute(
        owed, measurement=kept, reason="Still", house=cast.commissioner, by=cast.erin
    )
    resolve_dispute(again, outcome=DisputeOutcome.WRONG, why="Not so", by=cast.erin)
    assert "Correct a figure" in page("desk", client=client), "found wrong anew"
    assert verify().problems == []


def test_only_who_owes_it_stands_by_it_and_only_what_was_found_wrong(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    for other in (cast.bob, cast.charlie, cast.dana, cast.erin):
        with pytest.raises(NotPermitted):
            stand_by_figure(held(), period=figure.period, reason="So", by=other)
    with refused("CAP-45"):
        stand_by_figure(held(), period=figure.period, reason=" ", by=cast.alice)
    correct_capture(held(), period=figure.period, value=5.1, reason="A slip", by=cast.alice)
    with refused("CAP-76"):
        stand_by_figure(held(), period=figure.period, reason="So", by=cast.alice)


def test_the_page_to_stand_by_it_keeps_what_is_said(cast: Cast) -> None:
    a_figure_found_wrong(cast)
    client, where = as_alice(cast), reverse("stand_by_figure", args=[held().reference, "2024-04"])
    assert "Stand by this figure?" in client.get(where).content.decode()
    said = client.post(where, {"reason": "Both joined in May"}, follow=True).content.decode()
    assert "Both joined in May" in said


def test_a_check_does_not_clear_it(cast: Cast) -> None:
    figure = a_figure_found_wrong(cast)
    check_figure(
        held(),
        measurement=figure,
        level=Level.VERIFIED,
        how="The payroll",
        house=cast.assessors,
        by=cast.dana,
    )
    [row] = [r for r in figures_under(held().contract, today=loop.DUE_ON) if r.is_found_wrong]
    assert row.is_to_be_corrected


def test_a_notice_says_that_its_figure_was_found_wrong(cast: Cast) -> None:
    contract = noticing.with_indicator(cast)
    figure = capture_measurement(
        contract.commitments.get(), period=noticing.LAST.replace(day=1), value=4.9, by=cast.alice
    )
    begun = begin_notice(contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin)
    client = Client()
    client.force_login(cast.erin)
    where = ("notice", contract.reference, str(begun.number))
    assert "found wrong" not in page(*where, client=client)
    said = {"measurement": figure, "reason": "No", "house": cast.commissioner, "by": cast.erin}
    dispute = open_dispute(contract.commitments.get(), **said)
    resolve_dispute(dispute, outcome=DisputeOutcome.WRONG, why=WHY, by=cast.erin)
    assert "1 figure was found wrong and is not corrected:" in page(*where, client=client)
    rated = ("rate_indicator", *where[1:], contract.commitments.get().reference)
    assert "1 figure was found wrong and is not corrected:" in page(*rated, client=client)
    correct_capture(
        contract.commitments.get(), period=figure.period, value=5.1, reason="So", by=cast.alice
    )
    assert "found wrong" not in page(*where, client=client)
