"""CON-21: nobody signs with one that closed; it is said before anyone tries."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from makegood.contract.actions import sign_contract
from makegood.contract.models import Contract
from makegood.contract.states import Side
from makegood.people.actions import close_organisation
from makegood.people.models import Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast: Cast) -> Contract:
    """A contract that its provider signed, whose assessor closed then."""
    held = loop.a_settled_contract(cast)
    sign_contract(held, side=Side.PROVIDER, by=cast.alice)
    day = held.ends_on
    now = datetime.combine(day, time(12), tzinfo=UTC)
    close_organisation(cast.assessors, closed_on=day, reason="It ended.", by=cast.dana, now=now)
    return Contract.objects.get(pk=held.pk)


def read(person: Person, name: str, contract: Contract) -> str:
    client = Client()
    client.force_login(person)
    path = reverse(name, args=[contract.reference])
    return client.get(path, follow=True).content.decode()


def test_con_21_nobody_signs_with_one_that_closed(contract: Contract, cast: Cast) -> None:
    """CON-21"""
    with refused("CON-21", saying="Fair Findings closed"):
        sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)


def test_the_contract_says_so_before_anyone_tries(contract: Contract, cast: Cast) -> None:
    shown = read(cast.erin, "contract", contract)
    assert "Nobody can sign any more: Fair Findings closed." in shown
    assert "Read it once more and sign" not in shown
    assert "Nobody can sign any more" in read(cast.erin, "sign_contract", contract)
    client = Client()
    client.force_login(cast.erin)
    assert "Sign the contract" not in client.get(reverse("desk")).content.decode()
