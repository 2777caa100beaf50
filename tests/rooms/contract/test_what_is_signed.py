"""What is signed is what was read, by two people, and stays so in the database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from makegood.contract.actions import (
    dispose_promise,
    draft_contract,
    reopen_contract,
    sign_contract,
)
from makegood.contract.models import Contract, Signature
from makegood.contract.queries import terms_digest
from makegood.contract.states import ContractState, Fate, Side
from makegood.kernel.ledger.verify import verify
from makegood.measures.actions import form_pool, open_agreed_series
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.factories.terms import terms_with_pool
from tests.rules.refusing import refused


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _part_signed(cast: Cast) -> Contract:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    contract.refresh_from_db()
    return contract


def test_nobody_signs_terms_they_have_not_seen(cast: Cast, client: Client) -> None:
    contract = loop.a_settled_contract(cast)
    sign_in(client, cast.alice)
    address = reverse("sign_contract", args=[contract.reference])
    shown = client.get(address).context["form"].initial["terms_read"]
    promise = contract.proposal.promises.get()
    dispose_promise(
        promise, contract=contract, fate=Fate.NOT_CONTRACTED, reason="Too dear", by=cast.erin
    )
    answer = client.post(address, {"agrees": "on", "terms_read": shown}, follow=True)
    assert "The terms have changed since" in answer.content.decode()
    assert not Signature.objects.exists()


def test_one_person_does_not_sign_for_both(cast: Cast) -> None:
    contract = _part_signed(cast)
    join(cast.provider, person=cast.erin, role=Role.SIGNATORY, by=cast.alice)
    with refused("CON-16"):
        sign_contract(contract, side=Side.PROVIDER, by=cast.erin)


def test_a_contract_is_drafted_once(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    with refused("CON-17"):
        draft_contract(
            contract.proposal,
            assessor=cast.assessors,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
            by=cast.erin,
        )


def test_a_provider_is_not_its_own_comparator(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    promise = contract.proposal.promises.get()
    assert promise.measure
    own = open_agreed_series(
        measure=promise.measure, organisation=cast.provider, group="us", by=cast.alice
    )
    pool = form_pool(
        name="Ours",
        measure=promise.measure,
        series=[own],
        keeper=cast.provider,
        rule="ours",
        by=cast.alice,
    )
    terms = terms_with_pool(promise, pool=pool)
    with refused("CON-18"):
        dispose_promise(
            promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin
        )


def test_the_frame_is_part_of_what_is_signed(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    before = terms_digest(contract)
    contract.value = 5  # type: ignore[assignment]  # whole pounds are pounds
    assert terms_digest(contract) != before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contract_contract SET assessor_id = 1",
        "UPDATE contract_contract SET value = 5",
        "UPDATE contract_contract SET ends_on = '2040-01-01'",
        "UPDATE contract_contract SET state = 'drafting'",
        "UPDATE contract_disposition SET reason = 'other'",
        "UPDATE contract_commitment SET target = 9",
        "UPDATE contract_contract SET state = 'nonsense'",
        (
            "INSERT INTO contract_signature (salt, contract_id, side, signing_round, signed_by_id, "
            "signed_at, terms_digest) SELECT 'x', id, 'nobody', 1, 1, drafted_at, 'y' "
            "FROM contract_contract"
        ),
    ],
)
def test_the_database_keeps_what_one_side_signed(cast: Cast, statement: str) -> None:
    _part_signed(cast)
    with pytest.raises(IntegrityError):
        _sql(statement)


def test_the_database_wants_both_to_sign_the_same(cast: Cast) -> None:
    contract = _part_signed(cast)
    _sql(
        "INSERT INTO contract_signature (salt, contract_id, side, signing_round, signed_by_id, "
        "signed_at, terms_digest, scan_digest, paper_digest) "
        f"SELECT 'x', id, 'provider', 1, {cast.alice.pk}, drafted_at, 'other', '', '' "
        "FROM contract_contract"
    )
    with pytest.raises(IntegrityError, match="CON-04"):
        _sql(f"UPDATE contract_contract SET state = 'in_force' WHERE id = {contract.pk}")


def test_reopening_asks_both_to_sign_again(cast: Cast) -> None:
    contract = reopen_contract(_part_signed(cast), reason="A slip", by=cast.erin)
    assert contract.state == ContractState.DRAFTING
    sign_contract(contract, side=Side.PROVIDER, by=cast.alice)
    contract.refresh_from_db()
    assert contract.state == ContractState.PART_SIGNED
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE
    assert verify().problems == []
