"""All that an organisation owes is given on one page: what is right is kept, the rest is asked again."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    capture_measurement,
    correct_capture,
    give_figure,
    preview_capture,
)
from makegood.capture.forms import RowForm
from makegood.capture.giving import Given, WhyNone
from makegood.capture.queries import figures_due
from makegood.contract.models import Commitment
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.period import add_months
from makegood.kernel.refusal import NotPermitted
from makegood.measures.models import Measurement
from makegood.measures.states import Standing
from tests.factories import handing_over, loop
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time, a_contract_signed_in_time
from tests.rules.refusing import refused

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)


def figures(commitment: Commitment) -> dict[str, float | None]:
    """Return what stands, by month."""
    rows = Measurement.objects.filter(series=commitment.series).current()
    return {f"{row.period:%Y-%m}": row.value for row in rows}


def with_parts(commitment: Commitment) -> Commitment:
    """Let the measure of a commitment name the two numbers it is made of."""
    held = Commitment.objects.select_related("measure_version", "measure", "series__measure").get(
        pk=commitment.pk
    )
    for words in (held.measure_version, held.measure):
        assert words is not None
        words.numerator, words.denominator = "days lost", "days due"
    return held


def test_parts_are_kept_with_the_value_they_make(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    given = Given(numerator=44, denominator=1000)
    kept = give_figure(commitment, period=APRIL, given=given, by=cast.alice)
    assert (kept.value, kept.numerator, kept.denominator) == (4.4, 44, 1000)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (Given(numerator=44), "CAP-36"),
        (Given(numerator=44, denominator=10), "CAP-36"),
        (Given(numerator=44, denominator=1000, value=9.0), "CAP-37"),
        (Given(), "CAP-40"),
        (Given(why_none=WhyNone.OTHER), "CAP-39"),
        (Given(value=101), "MEA-01"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, given: Given, number: str) -> None:
    commitment = a_commitment_in_time(cast)
    with refused(number):
        give_figure(commitment, period=APRIL, given=given, by=cast.alice)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("period", [date(2022, 4, 1), date(2026, 4, 1), date(2024, 4, 2)])
def test_a_figure_is_given_for_a_period_that_asks(cast: Cast, period: date) -> None:
    with refused("CAP-35"):
        give_figure(
            a_commitment_in_time(cast), period=period, given=Given(value=4.0), by=cast.alice
        )


def test_the_year_before_can_be_given(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    period = date(2023, 4, 1)
    assert give_figure(commitment, period=period, given=Given(value=5.0), by=cast.alice).value == 5


def test_only_recorders_give(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    for other in (cast.bob, cast.erin, cast.dana, cast.charlie):
        with pytest.raises(NotPermitted):
            give_figure(commitment, period=APRIL, given=Given(value=4.0), by=other)


def test_a_second_click_adds_nothing(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    for given in (Given(value=4.4), Given(why_none=WhyNone.LATER, words="The trust sends it")):
        period = MAY if given.why_none else APRIL
        first = give_figure(commitment, period=period, given=given, by=cast.alice)
        assert give_figure(commitment, period=period, given=given, by=cast.alice) == first
    with refused("MEA-04"):
        give_figure(commitment, period=APRIL, given=Given(value=4.5), by=cast.alice)
    assert Measurement.objects.count() == 2
    assert verify().problems == []


def test_what_is_held_back_is_not_the_same_as_what_nobody_has(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    few, later = WhyNone.FEW, WhyNone.LATER
    held_back = give_figure(commitment, period=APRIL, given=Given(why_none=few), by=cast.alice)
    lacking = give_figure(commitment, period=MAY, given=Given(why_none=later), by=cast.alice)
    assert (held_back.standing, lacking.standing) == (Standing.SUPPRESSED, Standing.NOT_AVAILABLE)
    assert lacking.note == "It comes later, from somebody else"


def test_what_looks_wrong_is_asked_and_kept_once_somebody_is_sure(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    for month in range(12):
        value = 4.0 + month % 4 / 10
        capture_measurement(commitment, period=add_months(APRIL, month), value=value, by=cast.alice)
    next_on = add_months(APRIL, 12)
    with refused("CAP-38", saying="ten times as much as usual"):
        give_figure(commitment, period=next_on, given=Given(value=42.0), by=cast.alice)
    with refused("CAP-38", saying="outside what is usual"):
        give_figure(commitment, period=next_on, given=Given(value=6.5), by=cast.alice)
    sure = Given(value=42.0, is_sure=True)
    assert give_figure(commitment, period=next_on, given=sure, by=cast.alice).value == 42.0


def page(client: Client, cast: Cast) -> str:
    """Open the page on which the provider gives its figures."""
    address = reverse("give_figures", args=[cast.provider.slug])
    return client.get(address).content.decode()


def test_what_is_right_is_kept_and_the_rest_stays_as_it_was_typed(
    cast: Cast, client: Client
) -> None:
    commitment = a_commitment_in_time(cast)
    client.force_login(cast.alice)
    assert "24 figures are missing, all of them late" in page(client, cast)
    key = commitment.reference
    answers = {
        f"{key}-2024-04-value": "4.4",
        f"{key}-2024-05-value": "4,4",
        f"{key}-2024-06-value": "101",
        f"{key}-2024-07-why_none": "not counted",
        f"{key}-2024-08-value": "",
    }
    address = reverse("give_figures", args=[cast.provider.slug])
    for _ in range(2):
        said = client.post(address, answers).content.decode()
        assert figures(commitment) == {"2024-04": 4.4, "2024-07": None}
        assert "2 figures are recorded. What stands here is not." in said
        assert 'value="4,4"' in said
        assert "has a comma" in said
        assert "the highest possible" in said
        assert f'href="#id_{key}-2024-05-value"' in said
        assert f"{key}-2024-04-value" not in said
    assert Entry.objects.filter(act="record_measurement").count() == 2


def test_all_kept_goes_on_to_what_is_left(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    client.force_login(cast.alice)
    said = client.post(
        reverse("give_figures", args=[cast.provider.slug]),
        {f"{commitment.reference}-2024-04-value": "4.4"},
        follow=True,
    )
    assert said.redirect_chain
    assert "1 figure is recorded" in said.content.decode()
    assert "23 figures are missing" in said.content.decode()


def test_an_empty_page_asks_for_something(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    client.force_login(cast.alice)
    said = client.post(
        reverse("give_figures", args=[cast.provider.slug]),
        {f"{commitment.reference}-2024-04-value": ""},
    ).content.decode()
    assert "Give at least one figure" in said
    assert not Measurement.objects.exists()


def test_a_doubt_is_asked_beside_its_figure_and_kept_on_a_tick(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    for month in range(4):
        capture_measurement(
            commitment, period=add_months(APRIL, month), value=4.1 + month / 10, by=cast.alice
        )
    client.force_login(cast.alice)
    address, key = (
        reverse("give_figures", args=[cast.provider.slug]),
        f"{commitment.reference}-2024-08",
    )
    said = client.post(address, {f"{key}-value": "44"})
    assert "Is the decimal point in its place?" in said.content.decode()
    [form] = said.context["sheet"].rows
    asked = form.data[f"{key}-asked"]
    changed = {f"{key}-value": "45", f"{key}-asked": asked, f"{key}-sure": "on"}
    assert "Is the decimal point" in client.post(address, changed).content.decode()
    client.post(address, {f"{key}-value": "44", f"{key}-asked": asked, f"{key}-sure": "on"})
    assert figures(commitment)["2024-08"] == 44


def test_nobody_else_opens_it_and_a_successor_is_asked_for_its_own_time(
    cast: Cast, client: Client
) -> None:
    contract = a_contract_signed_in_time(cast)
    handing_over.a_handed_over_contract(cast, contract=contract)
    client.force_login(cast.charlie)
    assert client.get(reverse("give_figures", args=[cast.provider.slug])).status_code == 404
    rows = client.get(reverse("give_figures", args=[cast.stranger.slug])).context["sheet"].rows
    assert rows[0].row.span.first == date(2025, 1, 1)


def test_who_handed_over_still_gives_what_is_late_of_its_own_time(
    cast: Cast, client: Client
) -> None:
    contract = a_contract_signed_in_time(cast)
    handing_over.a_handed_over_contract(cast, contract=contract)
    commitment = contract.commitments.get()
    client.force_login(cast.alice)
    address = reverse("give_figures", args=[cast.provider.slug])
    rows = client.get(address).context["sheet"].rows
    assert [form.row.span.first.month for form in rows] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    client.post(address, {f"{commitment.reference}-2024-12-value": "4.4"})
    assert figures(commitment) == {"2024-12": 4.4}
    for by, period in ((cast.alice, date(2025, 1, 1)), (cast.charlie, date(2024, 11, 1))):
        with pytest.raises(NotPermitted):
            give_figure(Commitment.objects.get(), period=period, given=Given(value=4.0), by=by)


def test_a_correction_takes_the_two_numbers(cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    given = Given(numerator=44, denominator=1000)
    give_figure(commitment, period=APRIL, given=given, by=cast.alice)
    parts = {"numerator": 45.0, "denominator": 1000.0, "reason": "One more"}
    held = correct_capture(commitment, period=APRIL, **parts, by=cast.alice)
    assert (held.value, held.numerator, held.version) == (4.5, 45, 2)
    with refused("CAP-36"):
        correct_capture(commitment, period=APRIL, numerator=1.0, reason="So", by=cast.alice)
    with refused("CAP-40"):
        correct_capture(commitment, period=APRIL, reason="So", by=cast.alice)


def test_one_figure_and_its_correction_are_asked_about_too(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    for month in range(6):
        value = 4.0 + month % 4 / 10
        capture_measurement(commitment, period=add_months(APRIL, month), value=value, by=cast.alice)
    client.force_login(cast.alice)
    one = reverse("capture", args=[commitment.reference])
    correct = reverse("correct_figure", args=[commitment.reference, "2024-09"])
    for address, sent, month in (
        (one, {"period": "2024-10-01", "value": "42"}, "2024-10"),
        (correct, {"value": "41", "reason": "A slip"}, "2024-09"),
    ):
        page = client.post(address, sent)
        assert "Is the decimal point in its place?" in page.content.decode(), address
        asked = page.context["form"].data["asked"]
        assert client.post(address, sent | {"asked": asked, "sure": "on"}).status_code == 302
        assert figures(commitment)[month] == float(sent["value"])


def test_a_file_is_asked_about_before_it_is_kept(cast: Cast, client: Client) -> None:
    commitment = a_commitment_in_time(cast)
    rows = [f"{add_months(APRIL, n):%B %Y},{4 + n % 3 / 10}" for n in range(6)]
    data = "\n".join(["period,value", *rows, "October 2024,42"]).encode()
    upload = preview_capture(commitment, data=data, file_name="figures.csv", by=cast.alice)
    client.force_login(cast.alice)
    page = client.get(reverse("upload", args=[commitment.reference, upload.reference]))
    assert "October 2024: 42% is about ten times" in page.content.decode()


def test_the_two_numbers_are_asked_for_where_the_measure_has_them(cast: Cast) -> None:
    commitment = with_parts(a_commitment_in_time(cast))
    [row, *_] = figures_due([commitment], today=date(2024, 5, 10))
    form = RowForm(row=row)
    assert [field.label for field in form.visible_fields()][:3] == [
        "Days lost, April 2024",
        "Days due, April 2024",
        "Staff absence rate, April 2024",
    ]


def test_before_anything_is_due_the_page_says_what_comes_next(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    assert "Nothing is due now" in page(client, cast)
    loop.a_signed_contract(cast)
    assert "The year before" in page(client, cast)
