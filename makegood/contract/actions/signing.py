"""What can be done once every promise is settled: sign, or go back to drafting."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.schedules import keep_schedule
from makegood.contract.actions.signatures import (
    by_account,
    check_signature,
    keep_signature,
    tell_of_paper,
)
from makegood.contract.models import Contract, Signature
from makegood.contract.permissions import can_draft, can_sign
from makegood.contract.queries import (
    bound_and_closed,
    bound_by,
    commitments_uncompared,
    parties_in_formation,
    reconciliation,
    signatures_of,
    terms_digest,
)
from makegood.contract.signals import contract_signed
from makegood.contract.states import CONTRACTS, ContractState, Side
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import share_organisations, tell_members
from makegood.people.models import Person
from makegood.people.states import Right


@transaction.atomic
def sign_contract(
    contract: Contract,
    *,
    side: Side,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Sign for one side; in force when both have signed the same terms (CON-01, CON-04, CON-20, CON-21).

    ``terms_read`` is the digest of the terms that were shown (CON-15), where
    they were shown on a page.
    """
    now = now or timezone.now()
    contract = hold_to_sign(contract)
    can_sign(by, contract=contract, side=side).require()
    signature = by_account(side=side, held=signatures_of(contract), by=by, now=now)
    return put_signature(
        contract, signature=signature, terms_read=terms_read, act="sign_contract", by=by, now=now
    )


def hold_to_sign(contract: Contract) -> Contract:
    """Return the contract as it stands, once nobody else can sign or change it, or whom it binds."""
    share_organisations(each.pk for each in bound_by(contract))
    return Contract.objects.select_for_update().get(pk=contract.pk)


def put_signature(
    contract: Contract,
    *,
    signature: Signature,
    terms_read: str | None,
    act: str,
    by: Person,
    now: datetime,
) -> Signature:
    """Put a signature under a contract that is held; whoever calls knows that it may be put there."""
    rules.check_parties_exist_in_law(in_formation=parties_in_formation(contract))
    rules.check_nobody_it_binds_closed(closed=bound_and_closed(contract))
    held = list(signatures_of(contract))
    step = "sign_second" if held else "sign_first"
    terms = terms_digest(contract)
    check_signature(signature, held=held, terms=terms, terms_read=terms_read)
    move(contract, table=CONTRACTS, act=step)
    promises = reconciliation(contract)
    rules.check_no_promise_is_lost(
        promised=[promise.reference for promise in promises],
        disposed=[promise.reference for promise in promises if hasattr(promise, "disposition")],
    )
    rules.check_commitments_say_who_they_are_compared_with(commitments_uncompared(contract))
    number = contract.signing_round
    keep_signature(
        signature, contract=contract, signing_round=number, terms=terms, act=act, by=by, now=now
    )
    contract.save(update_fields=["state"])
    record(contract, act=step, stream=contract.stream, by=by, now=now)
    if contract.state == ContractState.IN_FORCE:
        keep_schedule(contract, number=1, by=by, now=now)
    _tell_of_signature(contract, signature=signature, by=by, now=now)
    if contract.state == ContractState.IN_FORCE:
        transaction.on_commit(
            lambda: contract_signed.send(Contract, contract=contract), robust=True
        )
    return signature


@transaction.atomic
def reopen_contract(
    contract: Contract, *, reason: str, by: Person, now: datetime | None = None
) -> Contract:
    """Go back to drafting before the second signature; the first one no longer counts."""
    now = now or timezone.now()
    can_draft(by, contract=contract).require()
    rules.check_difference_has_a_reason(is_as_promised=False, reason=reason)
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    move(contract, table=CONTRACTS, act="reopen_contract")
    contract.signing_round += 1
    contract.reopened_because = reason
    contract.save(update_fields=["state", "signing_round", "reopened_because"])
    record(contract, act="reopen_contract", stream=contract.stream, by=by, now=now)
    return contract


def _tell_of_signature(
    contract: Contract, *, signature: Signature, by: Person, now: datetime
) -> None:
    """Tell the other side that it is its turn, or all three that the contract is in force.

    A side for which somebody else recorded a paper is told too.
    """
    title, path = contract.proposal.title, reverse("contract", args=[contract.reference])
    side, party = signature.side, contract.party(signature.side)
    if contract.state == ContractState.IN_FORCE:
        words = f"“{title}” is signed by both sides. It is in force."
        told = [(contract.provider, Right.RECORD), (contract.commissioner, Right.WRITE)]
        told.append((contract.assessor, Right.ASSESS))
    else:
        words = f"{party} signed “{title}”. It waits for your signature."
        told = [(contract.party(other), Right.SIGN) for other in Side if other != side]
    for organisation, right in told:
        tell_members(organisation, right=right, words=words, path=path, by=by, now=now)
    tell_of_paper(signature, party=party, signed=f"“{title}”", path=path, by=by, now=now)
