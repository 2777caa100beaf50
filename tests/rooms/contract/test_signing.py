"""No promise is lost (CON-01) and what was signed stays signed (CON-03), by whatever door one tries."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.contrib.admin import site
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from makegood.articulate.models import Promise
from makegood.contract.actions import dispose_promise, sign_contract
from makegood.contract.models import Commitment, Contract, Decision, Disposition, Signature
from makegood.contract.states import ContractState, Fate, Side
from makegood.kernel.refusal import Refused
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in, sign_in_operator
from tests.factories.terms import terms_alone

pytestmark = pytest.mark.django_db
TABLES = {model._meta.db_table: model for model in (Contract, Signature, Disposition, Commitment)}
VERBS = ["INSERT", pytest.param("REPLACE", marks=pytest.mark.sqlite)]
"""SQLite alone has REPLACE, which deletes without asking a delete trigger."""
Values = Mapping[str, object]


def run(sql: str, **values: object) -> int:
    """Run SQL behind the application's back, and return how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def add(table: str, values: Values, *, verb: str = "INSERT") -> int:
    """Insert a row behind the application's back."""
    columns, places = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    return run(f"{verb} INTO {table} ({columns}) VALUES ({places})", **values)


def row_of(table: str, key: int) -> dict[str, object]:
    """Return a row as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [key])
        names = [column[0] for column in cursor.description or ()]
        return dict(zip(names, cursor.fetchone(), strict=True))


def signature(contract: Contract, cast: Cast, *, side: Side = Side.COMMISSIONER) -> Values:
    return {
        "salt": "0" * 32,
        "contract_id": contract.pk,
        "side": side.value,
        "signing_round": contract.signing_round,
        "signed_by_id": cast.erin.pk,
        "signed_at": "2026-01-01 00:00:00+00:00",
        "terms_digest": "0" * 64,
    }


def is_refused(act: Callable[[], object], *, saying: str) -> None:
    """Fail unless the database refuses, with the rule's number."""
    with pytest.raises(Error, match=saying), transaction.atomic():
        act()


# Nobody signs while a promise has no disposition: page, admin, action, raw SQL.


def test_the_action_refuses_a_lost_promise(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    for side, person in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        with pytest.raises(Refused, match="Say what becomes of P-"):
            sign_contract(contract, side=side, by=person)
    assert not Signature.objects.exists()


def test_the_page_refuses_a_lost_promise(cast: Cast, client: Client) -> None:
    contract = loop.a_draft_contract(cast)
    sign_in(client, cast.erin)
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert "Nobody can sign until all are." in page
    assert "Read it once more and sign" not in page
    address = reverse("sign_contract", args=[contract.reference])
    said = client.post(address, {"agrees": "on"}, follow=True).content.decode()
    assert "Nobody can sign yet. Say what becomes of P-" in said
    assert not Signature.objects.exists()
    assert Contract.objects.get().state == ContractState.DRAFTING


@pytest.mark.parametrize("state", [ContractState.PART_SIGNED, ContractState.IN_FORCE])
def test_raw_sql_cannot_move_a_contract_past_a_lost_promise(cast: Cast, state: str) -> None:
    contract = loop.a_draft_contract(cast)
    update = "UPDATE contract_contract SET state = %(state)s WHERE id = %(key)s"
    is_refused(lambda: run(update, state=state, key=contract.pk), saying="CON-01|CON-04")


def test_raw_sql_cannot_sign_past_a_lost_promise(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    is_refused(lambda: add("contract_signature", signature(contract, cast)), saying="CON-01")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", [ContractState.PART_SIGNED, ContractState.IN_FORCE])
def test_raw_sql_cannot_begin_a_contract_signed(cast: Cast, state: str, verb: str) -> None:
    proposal = loop.an_approved_promise(cast).proposal
    values = {
        "salt": "0" * 32,
        "reference": "C-WXYZ",
        "proposal_id": proposal.pk,
        "assessor_id": cast.assessors.pk,
        "starts_on": "2024-04-01",
        "ends_on": "2025-04-01",
        "state": state,
        "signing_round": 1,
        "reopened_because": "",
        "drafted_by_id": cast.erin.pk,
        "drafted_at": "2024-01-01 00:00:00+00:00",
    }
    is_refused(lambda: add("contract_contract", values, verb=verb), saying="CON-01|CON-04")


@pytest.mark.parametrize("state", [ContractState.PART_SIGNED, ContractState.IN_FORCE])
def test_raw_sql_cannot_say_that_somebody_signed(cast: Cast, state: str) -> None:
    contract = loop.a_settled_contract(cast)
    update = "UPDATE contract_contract SET state = %(state)s WHERE id = %(key)s"
    is_refused(lambda: run(update, state=state, key=contract.pk), saying="CON-04")


def test_raw_sql_cannot_bring_back_a_signature_to_other_words(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    again = "UPDATE contract_contract SET state = 'drafting', signing_round = 2"
    run(again)
    run("UPDATE contract_commitment SET what_changes = 'nothing much'")
    back = "UPDATE contract_contract SET state = 'part_signed', signing_round = {}"
    is_refused(lambda: run(back.format(1)), saying="CON-03")
    is_refused(lambda: run(back.format(2)), saying="CON-04")


def test_a_disposition_without_its_commitment_does_not_count(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    values = {
        "salt": "0" * 32,
        "promise_id": Promise.objects.get().pk,
        "contract_id": contract.pk,
        "fate": Fate.AS_PROMISED.value,
        "reason": "",
        "decided_by_id": cast.erin.pk,
        "decided_at": "2024-01-01 00:00:00+00:00",
    }
    add("contract_disposition", values)
    is_refused(lambda: add("contract_signature", signature(contract, cast)), saying="CON-01")


# The promises themselves cannot be made to vanish, nor be added, once they are submitted.


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articulate_promise",
        "UPDATE articulate_promise SET is_struck_out = TRUE",
        "UPDATE articulate_promise SET target = 5",
        "UPDATE articulate_proposal SET state = 'draft'",
        "DELETE FROM articulate_proposal",
    ],
)
def test_raw_sql_cannot_lose_a_submitted_promise(cast: Cast, sql: str) -> None:
    loop.a_submitted_proposal(cast)
    is_refused(lambda: run(sql), saying="ART-05")


@pytest.mark.parametrize("verb", VERBS)
def test_raw_sql_cannot_add_a_promise_after_submission(cast: Cast, verb: str) -> None:
    loop.a_submitted_proposal(cast)
    held = Promise.objects.get()
    values = row_of("articulate_promise", held.pk)
    if verb == "INSERT":
        values |= {"id": held.pk + 1, "reference": "P-NEW-02", "position": 2}
    is_refused(lambda: add("articulate_promise", values, verb=verb), saying="ART-05")


# What was signed stays signed.


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contract_commitment SET target = 5",
        "UPDATE contract_commitment SET is_dropped = TRUE",
        "UPDATE contract_disposition SET fate = 'not contracted', reason = 'x'",
        "DELETE FROM contract_commitment",
        "DELETE FROM contract_disposition",
        "UPDATE contract_signature SET terms_digest = 'x'",
        "DELETE FROM contract_signature",
        "UPDATE contract_contract SET state = 'drafting'",
        "UPDATE contract_contract SET assessor_id = assessor_id + 1",
        "DELETE FROM contract_contract",
        "UPDATE contract_decision SET reasons = 'x'",
        "DELETE FROM contract_decision",
    ],
)
def test_raw_sql_cannot_change_what_was_signed(cast: Cast, sql: str) -> None:
    loop.a_signed_contract(cast)
    is_refused(lambda: run(sql), saying="CON-03|CON-70|LED-01")


@pytest.mark.sqlite
@pytest.mark.parametrize("table", sorted(TABLES))
def test_raw_sql_cannot_replace_what_was_signed(cast: Cast, table: str) -> None:
    loop.a_signed_contract(cast)
    key = TABLES[table]._base_manager.values_list("pk", flat=True)[0]
    values = row_of(table, key)
    is_refused(
        lambda: add(table, values | {"salt": "1" * 32}, verb="REPLACE"),
        saying="CON-03|CON-70|LED-01",
    )


def test_a_half_signed_contract_is_locked_too(cast: Cast) -> None:
    contract = loop.a_draft_contract(cast)
    promise = Promise.objects.get()
    terms = terms_alone(promise)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    for sql in (
        "UPDATE contract_commitment SET target = 5",
        "UPDATE contract_disposition SET fate = 'changed', reason = 'x'",
    ):
        is_refused(lambda sql=sql: run(sql), saying="CON-03")
    with pytest.raises(Refused, match="A party has signed"):
        dispose_promise(
            promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms, by=cast.erin
        )


# The admin looks and does nothing else.


@pytest.mark.parametrize("model", [Contract, Signature, Commitment, Disposition, Decision])
def test_a_superuser_finds_no_way_to_change_it(cast: Cast, client: Client, model: type) -> None:
    loop.a_signed_contract(cast)
    cast.grace.is_staff = cast.grace.is_superuser = True
    cast.grace.save()
    sign_in_operator(client, cast.grace)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    key = model._base_manager.values_list("pk", flat=True)[0]
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.post(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_change", args=[key]), {"state": "x"}).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[key]), {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    client.post(reverse(f"{name}_changelist"), bulk)
    assert model._base_manager.filter(pk=key).exists()


def test_the_admin_looks_only_at_every_row_the_ledger_covers() -> None:
    for model, door in site._registry.items():
        if model._meta.app_label in {"articulate", "contract", "capture", "assess", "measures"}:
            assert type(door).__name__ == "LookOnly", model
