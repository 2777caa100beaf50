"""Notices of how published indicators do: from figures and thresholds, the provider told first."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from decimal import Decimal

import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.capture.actions import capture_measurement
from makegood.contract import actions
from makegood.contract.actions import Published
from makegood.contract.models import Contract, Notice
from makegood.contract.queries import notices_visible_to, target_on, why_no_target
from makegood.contract.states import NoticeState, Rating, Side
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from tests.factories import contracting, loop, noticing
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_thresholds_are_agreed_before_anybody_signs(cast: Cast) -> None:
    commitment = contracting.a_drafted_commitment(cast)
    wrong = Published(is_kpi=True, kpi_approaching=4.9, kpi_improvement=4.7)
    with refused("CON-84"):
        actions.agree_on(commitment, agreed=wrong, by=cast.erin)
    actions.agree_on(commitment, agreed=noticing.THRESHOLDS, by=cast.erin)
    commitment.refresh_from_db()
    assert commitment.is_kpi


@pytest.mark.parametrize(
    ("figure", "rating"),
    [
        (4.8, Rating.GOOD),
        (5.0, Rating.APPROACHING),
        (5.2, Rating.IMPROVEMENT),
        (5.3, Rating.INADEQUATE),
    ],
)
def test_a_rating_is_proposed_from_the_last_figure(
    cast: Cast, figure: float, rating: Rating
) -> None:
    """The thresholds, 0.2 and 0.4 from the final target of 4.5, are as far from the step."""
    contract = noticing.with_indicator(cast, trajectory=[noticing.STEP])
    commitment = contract.commitments.get()
    for period, value in ((date(2024, 8, 1), 9.0), (date(2024, 9, 1), figure)):
        capture_measurement(commitment, period=period, value=value, by=cast.alice)
    notice = actions.begin_notice(
        contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin
    )
    held = notice.ratings.get()
    assert (held.figure, held.proposed, held.rating) == (figure, rating, rating)


def test_without_a_target_yet_it_is_other_and_says_why(cast: Cast, client: Client) -> None:
    contract = noticing.with_indicator(cast)
    capture_measurement(
        contract.commitments.get(), period=date(2024, 9, 1), value=4.6, by=cast.alice
    )
    notice = actions.begin_notice(
        contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin
    )
    held = notice.ratings.get()
    assert (held.target, held.proposed) == (None, Rating.OTHER)
    assert held.reason == "It is not due yet, and no step was agreed."
    sign_in(client, cast.erin)
    page = client.get(notice.get_absolute_url()).content.decode()
    assert "There was no target yet." in page
    actions.send_notice(notice, by=cast.erin)


def test_without_a_figure_somebody_says_why(cast: Cast) -> None:
    contract = noticing.with_indicator(cast, trajectory=[noticing.STEP])
    notice = actions.begin_notice(
        contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin
    )
    assert notice.ratings.get().proposed == Rating.OTHER
    with refused("CON-86"):
        actions.send_notice(notice, by=cast.erin)


def test_the_provider_is_told_before_anybody_reads_it(cast: Cast) -> None:
    notice = noticing.a_sent_notice(cast)
    contract = notice.contract
    assert not notices_visible_to(None, contract=contract)
    assert notices_visible_to(cast.alice, contract=contract)
    with refused("CON-88"):
        actions.publish_notice(notice, by=cast.erin)
    later = timezone.now() + timedelta(days=16)
    actions.publish_notice(notice, by=cast.erin, now=later)
    assert notices_visible_to(None, contract=contract)
    assert verify().problems == []


def test_the_provider_replies_once(cast: Cast) -> None:
    notice = actions.reply_to_notice(noticing.a_sent_notice(cast), words="So it is", by=cast.alice)
    assert notice.state == NoticeState.REPLIED
    with pytest.raises(WrongState):
        actions.reply_to_notice(notice, words="Besides", by=cast.alice)
    actions.publish_notice(notice, by=cast.erin)


def test_what_was_sent_stays(cast: Cast) -> None:
    notice = noticing.a_sent_notice(cast)
    with refused("CON-87"):
        actions.rate_indicator(notice.ratings.get(), chosen=Rating.GOOD, reason="x", by=cast.erin)


def test_a_draft_is_withdrawn_on_its_page_and_begun_anew(cast: Cast, client: Client) -> None:
    notice = noticing.a_draft_notice(cast)
    contract = notice.contract
    sign_in(client, cast.erin)
    address = reverse("withdraw_notice", args=[contract.reference, notice.number])
    assert address in client.get(notice.get_absolute_url()).content.decode()
    assert "Withdraw this notice?" in client.get(address).content.decode()
    assert Notice.objects.get().state == NoticeState.DRAFT
    client.post(address)
    assert Notice.objects.get().state == NoticeState.WITHDRAWN
    for person, seen in ((None, 0), (cast.alice, 0), (cast.erin, 1)):
        assert notices_visible_to(person, contract=contract).count() == seen
    again = actions.begin_notice(
        contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin
    )
    assert again.number == 2
    assert verify().problems == []


def test_what_was_sent_is_not_withdrawn(cast: Cast) -> None:
    notice = noticing.a_sent_notice(cast)
    with pytest.raises(WrongState):
        actions.withdraw_notice(notice, by=cast.erin)
    with pytest.raises(IntegrityError, match="CON-87"):
        _sql("UPDATE contract_notice SET state = 'withdrawn', sent_at = NULL")


def test_what_was_withdrawn_stays_withdrawn(cast: Cast) -> None:
    notice = noticing.a_draft_notice(cast)
    with pytest.raises(NotPermitted):
        actions.withdraw_notice(notice, by=cast.alice)
    withdrawn = actions.withdraw_notice(notice, by=cast.erin)
    with pytest.raises(WrongState):
        actions.send_notice(withdrawn, by=cast.erin)
    with refused("CON-87"):
        actions.rate_indicator(notice.ratings.get(), chosen=Rating.GOOD, reason="x", by=cast.erin)
    with pytest.raises(IntegrityError, match="CON-87"):
        _sql("UPDATE contract_notice SET state = 'draft'")


def test_a_provider_does_not_rate_itself(cast: Cast) -> None:
    contract = noticing.with_indicator(cast)
    with pytest.raises(NotPermitted):
        actions.begin_notice(
            contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.alice
        )


def test_a_contract_without_indicators_has_no_notice(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    with refused("CON-89"):
        actions.begin_notice(contract, from_on=noticing.FIRST, until_on=noticing.LAST, by=cast.erin)
    with refused("CON-85"):
        actions.begin_notice(contract, from_on=noticing.LAST, until_on=noticing.FIRST, by=cast.erin)


def test_everyone_takes_a_notice_as_page_document_and_data(cast: Cast, client: Client) -> None:
    notice = noticing.a_published_notice(cast)
    parts = [notice.contract.reference, notice.number]
    page = client.get(reverse("notice", args=parts)).content.decode()
    assert "The payroll moved" in page
    assert "So it is" in page
    pdf = pypdf.PdfReader(io.BytesIO(client.get(reverse("notice_as_pdf", args=parts)).content))
    assert "payroll moved" in " ".join("".join(p.extract_text() for p in pdf.pages).split())
    data = json.loads(client.get(reverse("notice_as_data", args=parts)).content)
    [metric] = data["releases"][0]["contracts"][0]["implementation"]["metrics"]
    assert metric["observations"][0]["measureClassification"]["id"] == "other"
    contract = client.get(reverse("contract", args=parts[:1])).content.decode()
    assert "1 July 2024 to 30 September 2024" in contract


def test_the_law_is_a_hint_and_stops_nobody(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    actions.revise_contract(
        contract,
        assessor=cast.assessors,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        value=Decimal(6_000_000),
        by=cast.erin,
    )
    sign_in(client, cast.erin)
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert "at least 3 published indicators" in page
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        actions.sign_contract(contract, side=side, by=by)
    assert Contract.objects.get().state == "in_force"


def test_the_target_then_is_the_last_step_passed(cast: Cast) -> None:
    commitment = noticing.with_indicator(cast).commitments.get()
    commitment.trajectory = [noticing.STEP]
    assert target_on(commitment, day=date(2024, 9, 30)) == 4.8
    assert target_on(commitment, day=date(2024, 9, 29)) is None
    assert "first step is due on 30 September 2024" in why_no_target(commitment)
    assert target_on(commitment, day=commitment.due_on) == 4.5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_notice SET from_on = '2020-01-01'",
        "UPDATE contract_notice SET state = 'draft'",
        "DELETE FROM contract_notice",
        "UPDATE contract_indicatorrating SET rating = 'good'",
        "DELETE FROM contract_indicatorrating",
    ],
)
def test_the_database_keeps_what_was_published(cast: Cast, statement: str) -> None:
    noticing.a_published_notice(cast)
    assert Notice.objects.get().published_at
    with pytest.raises(IntegrityError):
        _sql(statement)
