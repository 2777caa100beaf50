"""What can be done once a variation is proposed: sign it by account or on paper; then it stands."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.schedules import keep_schedule
from makegood.contract.actions.signatures import (
    Paper,
    by_account,
    check_signature,
    keep_signature,
    on_paper,
    tell_of_paper,
)
from makegood.contract.actions.varying import hold_variation
from makegood.contract.models import (
    VARIED,
    Commitment,
    CommitmentVersion,
    Signature,
    Variation,
)
from makegood.contract.permissions import can_record_paper, can_sign_variation
from makegood.contract.queries import (
    as_varied,
    bound_and_closed,
    bound_by,
    parties_in_formation,
    variation_digest,
    variation_signatures,
)
from makegood.contract.signals import contract_varied
from makegood.contract.states import VARIATIONS, Side, VariationState
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import share_organisations, tell_members
from makegood.people.models import Person
from makegood.people.states import Right


@transaction.atomic
def sign_variation(
    variation: Variation,
    *,
    side: Side,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Sign a variation for one side; it stands once both have signed the same (CON-70, CON-19).

    All that holds for the signature of a contract holds for it (CON-04, CON-15, CON-16, CON-20 to CON-22).
    """
    now = now or timezone.now()
    variation = _hold_to_sign(variation)
    can_sign_variation(by, variation=variation, side=side).require()
    signature = by_account(side=side, held=variation_signatures(variation), by=by, now=now)
    return _put(variation, signature=signature, terms_read=terms_read, by=by, now=now)


@transaction.atomic
def record_paper_variation(
    variation: Variation,
    *,
    side: Side,
    paper: Paper,
    terms_read: str | None = None,
    by: Person,
    now: datetime | None = None,
) -> Signature:
    """Record that a side signed a variation on paper; who signed needs no account."""
    now = now or timezone.now()
    variation = _hold_to_sign(variation)
    can_record_paper(by, contract=variation.contract, side=side).require()
    signature = on_paper(paper, side=side, held=variation_signatures(variation), by=by, now=now)
    return _put(variation, signature=signature, terms_read=terms_read, by=by, now=now)


def _hold_to_sign(variation: Variation) -> Variation:
    share_organisations(each.pk for each in bound_by(variation.contract))
    return hold_variation(variation)


def _put(
    variation: Variation,
    *,
    signature: Signature,
    terms_read: str | None,
    by: Person,
    now: datetime,
) -> Signature:
    contract = variation.contract
    rules.check_parties_exist_in_law(in_formation=parties_in_formation(contract))
    rules.check_nobody_it_binds_closed(closed=bound_and_closed(contract))
    held = list(variation_signatures(variation))
    terms = variation_digest(variation)
    check_signature(signature, held=held, terms=terms, terms_read=terms_read)
    step = "sign_variation_second" if held else "sign_variation_first"
    move(variation, table=VARIATIONS, act=step)
    number, act = variation.signing_round, "sign_variation"
    if signature.is_on_paper:
        act = "record_paper_variation"
    keep_signature(
        signature, contract=contract, signing_round=number, terms=terms, act=act, by=by, now=now
    )
    if variation.state == VariationState.IN_FORCE:
        _apply(variation, by=by, now=now)
    variation.save(update_fields=["state"])
    record(variation, act=step, stream=contract.stream, by=by, now=now)
    if variation.state == VariationState.IN_FORCE:
        keep_schedule(contract, number=contract.schedules.count() + 1, by=by, now=now)
        transaction.on_commit(
            lambda: contract_varied.send(type(contract), contract=contract), robust=True
        )
    _tell(variation, signature=signature, by=by, now=now)
    return signature


def _apply(variation: Variation, *, by: Person, now: datetime) -> None:
    """Let everything in the variation stand: each commitment as its version, and the contract."""
    for version in variation.versions.filter(is_left_out=False).order_by("commitment"):
        _apply_version(version, variation=variation, by=by, now=now)
    contract = variation.contract
    changes = variation.ends_on is not None or variation.value is not None
    if not changes:
        return
    contract.ends_on = variation.last_day
    contract.value = variation.new_value
    if variation.uses_option:
        left = (contract.extensions or 0) - 1
        contract.extensions = left or None
        contract.extension_months = contract.extension_months if left else None
    contract.varied_by = variation
    names = ["ends_on", "value", "extensions", "extension_months", "varied_by"]
    contract.save(update_fields=names)
    record(contract, act="apply_variation", stream=contract.stream, by=by, now=now)


def _apply_version(
    version: CommitmentVersion, *, variation: Variation, by: Person, now: datetime
) -> None:
    held = Commitment.objects.select_for_update().get(pk=version.commitment_id)
    stream = variation.contract.stream
    if held.varied_by_id is None:
        first = CommitmentVersion(commitment=held, written_by=by, written_at=now)
        for column in VARIED:
            setattr(first, column, getattr(held, column))
        first.save()
        record(first, act="keep_first_version", stream=stream, by=by, now=now)
    varied = as_varied(held, by=version)
    varied.varied_by = variation
    varied.save()
    record(varied, act="apply_variation", stream=stream, by=by, now=now)


def _tell(variation: Variation, *, signature: Signature, by: Person, now: datetime) -> None:
    """Tell the other side that it is its turn, or all three that the contract is varied."""
    contract, path = variation.contract, variation.get_absolute_url()
    party = contract.party(signature.side)
    if variation.state == VariationState.IN_FORCE:
        words = f"“{contract.name}” is varied: {variation.reason}"
        told = [(contract.provider, Right.RECORD), (contract.commissioner, Right.WRITE)]
        told.append((contract.assessor, Right.ASSESS))
    else:
        words = f"{party} signed a variation of “{contract.name}”. It waits for your signature."
        told = [(contract.party(other), Right.SIGN) for other in Side if other != signature.side]
    for organisation, right in told:
        tell_members(organisation, right=right, words=words, path=path, by=by, now=now)
    signed = f"a variation of “{contract.name}”"
    tell_of_paper(signature, party=party, signed=signed, path=path, by=by, now=now)
