"""Ending a contract before its last day: for a reason, once, and what was owed stays to be judged."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from makegood.contract import actions
from makegood.contract.models import Contract
from makegood.contract.queries import commitments_in_force
from makegood.contract.states import Ground, NoticeBy, Side
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.web.queries.desk import desk_of
from tests.factories import loop, varying
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_ended_contract_says_who_when_and_why(cast: Cast, client: Client) -> None:
    ending = varying.an_ended_contract(cast)
    contract = Contract.objects.get()
    assert (contract.ends_on, ending.would_end_on) == (varying.in_days(100), varying.in_days(365))
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert "Ended early" in page
    assert "Nobody came for three weeks" in page
    promise = contract.proposal.promises.get()
    thread = client.get(reverse("promise", args=[promise.reference])).content.decode()
    assert f"ended the contract early. Its last day: {contract.ends_on:%-d %B %Y}" in thread
    assert verify().problems == []


def test_no_option_and_no_notice_is_left_of_an_ended_contract(cast: Cast, client: Client) -> None:
    details = actions.Details(
        extensions=1, extension_months=12, notice_months=2, notice_by=NoticeBy.EITHER
    )
    contract = varying.a_running_contract(cast, details=details)
    assert contract.last_ends_on > contract.ends_on
    terms = varying.ending_terms()
    actions.end_contract(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)
    ended = Contract.objects.get()
    assert (ended.last_ends_on, ended.notice_on) == (ended.ends_on, None)
    today = varying.in_days(0)
    [task] = [one for one in desk_of(cast.erin, today=today).next() if "ends" in one.title]
    assert task.hint == "It was ended early"
    register = client.get(reverse("contracts")).content.decode()
    assert "ended early" in register
    assert "can be extended" not in register


def test_what_was_owed_is_still_judged(cast: Cast) -> None:
    varying.an_ended_contract(cast)
    assert commitments_in_force().count() == 1


def test_a_contract_ends_once_and_is_not_varied_after(cast: Cast) -> None:
    ending = varying.an_ended_contract(cast)
    with refused("CON-81"):
        actions.end_contract(
            ending.contract, side=Side.PROVIDER, terms=varying.ending_terms(), by=cast.alice
        )
    with refused("CON-81"):
        varying.a_draft_variation(cast, contract=ending.contract)


def test_notice_is_as_the_contract_says(cast: Cast) -> None:
    details = actions.Details(notice_months=6, notice_by=NoticeBy.COMMISSIONER)
    contract = varying.a_running_contract(cast, details=details)
    terms = varying.ending_terms(ground=Ground.NOTICE)
    with refused("CON-83"):
        actions.end_contract(contract, side=Side.PROVIDER, terms=terms, by=cast.alice)
    late = varying.ending_terms(ground=Ground.NOTICE, notice_on=varying.in_days(0))
    with refused("CON-83"):
        actions.end_contract(contract, side=Side.COMMISSIONER, terms=late, by=cast.erin)
    actions.end_contract(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)
    assert Contract.objects.get().ends_on == varying.in_days(100)


def test_what_is_over_is_not_ended_in_hindsight(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    terms = varying.ending_terms(notice_on=date(2025, 6, 1), ends_on=date(2025, 9, 30))
    with refused("CON-82"):
        actions.end_contract(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)


def test_readers_do_not_end_a_contract(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    with pytest.raises(NotPermitted):
        actions.end_contract(
            contract, side=Side.COMMISSIONER, terms=varying.ending_terms(), by=cast.alice
        )


def test_a_contract_is_ended_on_its_page(cast: Cast, client: Client) -> None:
    contract = varying.a_running_contract(cast)
    sign_in(client, cast.alice)
    typed = {
        "ground": "breach",
        "reason": "Nobody paid",
        **varying.as_typed("notice_on", varying.in_days(-90)),
        **varying.as_typed("ends_on", varying.in_days(100)),
    }
    address = reverse("end_contract", args=[contract.reference])
    unticked = client.post(address, typed)
    assert "Tick the box" in unticked.content.decode()
    assert "Nobody paid" in unticked.content.decode()
    assert client.post(address, typed | {"agrees": "on"}).status_code == 302
    assert Contract.objects.get().ending.party == cast.provider


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_contract SET ends_on = '2025-08-01'",
        "UPDATE contract_contract SET value = 5",
        "UPDATE contract_ending SET reason = 'other'",
        "DELETE FROM contract_ending",
    ],
)
def test_the_database_keeps_how_it_ended(cast: Cast, statement: str) -> None:
    varying.an_ended_contract(cast)
    with pytest.raises(IntegrityError):
        _sql(statement)
