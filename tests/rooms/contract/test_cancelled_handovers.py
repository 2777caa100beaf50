"""A handover that all have signed waits for its day; a contract that is ended before it takes it along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract import actions
from makegood.contract.models import Contract, Handover
from makegood.contract.queries import contracts_binding, handovers_visible_to
from makegood.contract.states import HandoverState, Side
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.people.models import Notice, Person
from tests.factories import handing_over, varying
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
LATER = 140
"""In so many days the handover counts; the contract is ended in a hundred."""


def _waiting(cast: Cast, *, days: int = LATER) -> Handover:
    """Return a handover that all have signed, and whose day is to come."""
    contract = varying.a_running_contract(cast)
    return handing_over.a_handover(cast, contract=contract, from_on=varying.in_days(days))


def _end(cast: Cast, handover: Handover, **changes: object) -> None:
    terms = varying.ending_terms(**changes)
    actions.end_contract(handover.contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)


def _told(person: Person) -> set[str]:
    return set(Notice.objects.filter(person=person).values_list("words", flat=True))


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_ends_a_contract_before_that_day_cancels_it_and_all_are_told(cast: Cast) -> None:
    handover = _waiting(cast)
    _end(cast, handover)
    assert Handover.objects.get().state == HandoverState.CANCELLED
    assert Entry.objects.filter(act="cancel_handover").count() == 1
    for person in (cast.alice, cast.charlie, cast.dana):
        [told] = [each for each in _told(person) if "Nobody came" in each]
        assert "so Somebody Else does not take it over: Nobody came" in told
    day = timezone.now() + timedelta(days=LATER + 1)
    assert actions.begin_due_handovers(now=day) == 0
    assert Contract.objects.get().provider == cast.provider
    assert list(contracts_binding(cast.stranger, today=timezone.localdate())) == []
    assert verify().problems == []


@pytest.mark.parametrize("days", [100, 99])
def test_it_does_not_end_on_that_day_or_later_but_once_it_is_handed_over(
    cast: Cast, days: int
) -> None:
    handover = _waiting(cast, days=days)
    with refused("CON-98", saying="Somebody Else takes over on"):
        _end(cast, handover)
    assert Handover.objects.get().state == HandoverState.SIGNED
    assert actions.begin_due_handovers(now=timezone.now() + timedelta(days=days)) == 1
    handover = Handover.objects.get()
    _end(cast, handover)
    assert (Contract.objects.get().is_ended, handover.state) == (True, HandoverState.IN_FORCE)


def test_one_that_waits_for_a_signature_still_keeps_it_from_ending(cast: Cast) -> None:
    contract = varying.a_running_contract(cast)
    day = varying.in_days(LATER)
    handover = handing_over.a_proposed_handover(cast, contract=contract, from_on=day)
    with refused("CON-72"):
        _end(cast, handover)


def test_those_it_concerned_read_why_and_nobody_else(cast: Cast, client: Client) -> None:
    handover = _waiting(cast)
    address = reverse("end_contract", args=[handover.contract.reference])
    sign_in(client, cast.erin)
    assert "then that handover is cancelled" in client.get(address).content.decode()
    _end(cast, handover)
    for person in (cast.alice, cast.charlie, cast.dana, cast.grace):
        sign_in(client, person)
        page = " ".join(client.get(handover.get_absolute_url()).content.decode().split())
        assert "before Somebody Else was to take over. Because: Nobody came" in page
        assert "Cancelled" in page
    contract = Contract.objects.get()
    assert not handovers_visible_to(None, contract=contract)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_handover SET state = 'cancelled'",
        "UPDATE contract_handover SET state = 'withdrawn'",
    ],
)
def test_the_database_keeps_what_all_signed(cast: Cast, statement: str) -> None:
    _waiting(cast)
    with pytest.raises(Error, match="CON-94"):
        _sql(statement)


def test_the_database_cancels_nothing_that_not_all_had_signed(cast: Cast) -> None:
    contract = varying.a_running_contract(cast)
    handing_over.a_draft_handover(cast, contract=contract, from_on=varying.in_days(LATER))
    actions.end_contract(
        contract, side=Side.COMMISSIONER, terms=varying.ending_terms(), by=cast.erin
    )
    with pytest.raises(Error, match="CON-94"):
        _sql("UPDATE contract_handover SET state = 'cancelled'")


def test_what_is_cancelled_stays_so(cast: Cast) -> None:
    _end(cast, _waiting(cast))
    with pytest.raises(Error, match="CON-94"):
        _sql("UPDATE contract_handover SET state = 'signed'")
