"""What pages say of a contract that changed, or is about to: days, choices, and what is owed no more."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from makegood.contract import actions
from makegood.contract.models import Contract
from makegood.contract.states import NoticeBy
from tests.factories import handing_over, loop, varying
from tests.factories.cast import Cast
from tests.factories.contracting import an_additional
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db
SUMMER_NIGHT = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
"""Half past midnight on 1 July, in London."""


def _page(client: Client, name: str, *arguments: object) -> str:
    return " ".join(client.get(reverse(name, args=arguments)).content.decode().split())


@pytest.mark.parametrize(("days", "is_to_come"), [(30, True), (0, False)])
def test_a_variation_that_waits_for_its_day_says_so(
    cast: Cast, client: Client, days: int, is_to_come: bool
) -> None:
    contract = varying.a_running_contract(cast)
    day = varying.in_days(days)
    variation = varying.a_draft_variation(cast, contract=contract, from_on=day)
    terms = varying.varied_terms(contract.commitments.get(), target=4.8)
    actions.vary_commitment(
        variation, commitment=contract.commitments.get(), agreed=terms, by=cast.erin
    )
    actions.propose_variation(variation, by=cast.erin)
    varying.sign_both(variation, cast=cast)
    said = f"Signed</strong> In force from {day:%-d %B %Y}"
    for page in (
        _page(client, "variation", contract.reference, 1),
        _page(client, "contract", contract.reference),
    ):
        assert (said in page) is is_to_come
        assert ("In force</strong>" in page.partition("Variation 1")[2]) is not is_to_come
    thread = _page(client, "promise", contract.proposal.promises.get().reference)
    assert (f"Varied by both sides</a>, in force from {day:%-d %B %Y}" in thread) is is_to_come


def test_when_all_had_signed_a_handover_is_a_day_in_london(cast: Cast, client: Client) -> None:
    handover = handing_over.a_proposed_handover(cast, from_on=date(2025, 7, 1))
    *first, (side, by) = handing_over.signers(cast)
    for early, person in first:
        actions.sign_handover(handover, side=early, by=person, now=SUMMER_NIGHT)
    actions.sign_handover(handover, side=side, by=by, now=SUMMER_NIGHT)
    assert "All had signed by" not in _page(client, "handover", handover.contract.reference, 1)


def test_when_all_had_signed_later_is_said(cast: Cast, client: Client) -> None:
    handover = handing_over.a_proposed_handover(cast, from_on=date(2025, 6, 30))
    for side, by in handing_over.signers(cast):
        actions.sign_handover(handover, side=side, by=by, now=SUMMER_NIGHT)
    page = _page(client, "handover", handover.contract.reference, 1)
    assert "All had signed by 1 July 2025" in page


@pytest.mark.parametrize(
    ("details", "who", "is_offered"),
    [
        (None, "erin", False),
        (actions.Details(notice_months=3, notice_by=NoticeBy.COMMISSIONER), "erin", True),
        (actions.Details(notice_months=3, notice_by=NoticeBy.COMMISSIONER), "alice", False),
        (actions.Details(notice_months=3, notice_by=NoticeBy.EITHER), "alice", True),
    ],
)
def test_notice_is_offered_to_whom_it_was_signed(
    cast: Cast, client: Client, details: actions.Details | None, who: str, is_offered: bool
) -> None:
    contract = varying.a_running_contract(cast, details=details)
    sign_in(client, getattr(cast, who))
    page = _page(client, "end_contract", contract.reference)
    assert ('value="notice"' in page) is is_offered
    assert ("checked" in page) is is_offered


def test_what_is_owed_no_more_is_changed_in_nothing_else(cast: Cast, client: Client) -> None:
    variation = varying.a_draft_variation(cast)
    commitment = variation.contract.commitments.get()
    sign_in(client, cast.erin)
    address = reverse(
        "vary_commitment", args=[variation.contract.reference, 1, commitment.reference]
    )
    assert "Then its promise counts as weakened." in _page_at(client, address)
    typed = {
        "is_released": "on",
        "baseline": "9",
        "alternative": "9",
        "target": "9",
        "for_whom": "nobody",
        **varying.as_typed("due_on", loop.DUE_ON),
    }
    assert client.post(address, typed).status_code == 302
    version = variation.versions.get()
    assert (version.is_released, version.target, version.for_whom) == (
        True,
        commitment.target,
        commitment.for_whom,
    )


def test_what_nobody_promised_is_not_said_to_be_weakened(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    owed = an_additional(cast, contract=contract)
    varying.sign_both_sides(contract, cast=cast)
    varying.a_draft_variation(cast, contract=Contract.objects.get())
    sign_in(client, cast.erin)
    page = _page(client, "vary_commitment", contract.reference, 1, owed.reference)
    assert "counts as weakened" not in page
    assert "Nobody promised it" in page


def _page_at(client: Client, address: str) -> str:
    return client.get(address).content.decode()
