"""CON-20: nobody signs before it exists; it is said before anyone tries."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from makegood.contract.actions import sign_contract
from makegood.contract.models import Contract, Signature
from makegood.contract.states import Side
from makegood.people.actions import Registered, end_formation
from makegood.people.models import Organisation, Person
from makegood.people.states import LegalForm
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.examples import a_group
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast: Cast) -> Contract:
    """A contract that wants nothing but signatures; its provider is in formation."""
    held = loop.a_settled_contract(cast)
    a_group(cast)
    return Contract.objects.get(pk=held.pk)


def read(person: Person, name: str, contract: Contract) -> str:
    client = Client()
    client.force_login(person)
    path = reverse(name, args=[contract.reference])
    return client.get(path, follow=True).content.decode()


def test_con_20_nobody_signs_before_it_exists(contract: Contract, cast: Cast) -> None:
    """CON-20"""
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        with refused("CON-20", saying="Moor View Care is not registered in law"):
            sign_contract(contract, side=side, by=by)
    assert not Signature.objects.exists()


def test_the_contract_says_so_before_anyone_tries(contract: Contract, cast: Cast) -> None:
    for person in (cast.erin, cast.alice):
        shown = read(person, "contract", contract)
        assert "Moor View Care is in formation, and not registered in law" in shown
        assert "Read it once more and sign" not in shown
        assert "Sign for" not in read(person, "sign_contract", contract)
        client = Client()
        client.force_login(person)
        assert "Sign the contract" not in client.get(reverse("desk")).content.decode()


def test_once_registered_it_signs(contract: Contract, cast: Cast) -> None:
    registered = Registered(
        legal_form=LegalForm.CIO,
        registered_on=contract.drafted_at.date(),
        scheme="GB-CHC",
        number="1090095",
    )
    end_formation(
        Organisation.objects.get(pk=cast.provider.pk), registered=registered, by=cast.alice
    )
    assert "Read it once more and sign" in read(cast.alice, "contract", contract)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    sign_contract(contract, side=Side.PROVIDER, by=cast.alice)
    assert Signature.objects.count() == 2
