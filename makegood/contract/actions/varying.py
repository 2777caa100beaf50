"""What can be done to vary a contract in force: write a variation, propose it, and answer it."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.agreeing import Agreed
from makegood.contract.actions.binding import check_arrangement
from makegood.contract.models import (
    VARIED,
    Commitment,
    CommitmentVersion,
    Contract,
    Handover,
    Variation,
)
from makegood.contract.permissions import (
    can_answer_variation,
    can_begin_variation,
    can_write_for,
    can_write_variation,
)
from makegood.contract.queries import (
    as_varied,
    changes_anything,
    due_after_the_end,
    is_change_open,
    next_round,
    version_written,
)
from makegood.contract.states import HANDOVERS, VARIATIONS, ContractState, Side, VariationState
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

LAPSES_AFTER = timedelta(days=14)
"""What nobody sent for so long gives way to what the other side proposes."""


@dataclass(frozen=True, kw_only=True)
class VariationTerms:
    """Why a contract is varied, from when, and what changes in the contract itself; empty: nothing."""

    reason: str
    from_on: date
    ends_on: date | None = None
    uses_option: bool = False
    value: Decimal | None = None
    rests_from_on: date | None = None
    rests_until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class VariedTerms:
    """What a commitment says under a variation: its figures, days and people, or that it is owed no more."""

    baseline: float | None
    alternative: float | None
    target: float | None
    due_on: date
    for_whom: str
    whom: str = ""
    is_released: bool = False


@transaction.atomic
def begin_variation(
    contract: Contract,
    *,
    side: Side,
    terms: VariationTerms,
    by: Person,
    now: datetime | None = None,
) -> Variation:
    """Begin to write what changes in a contract in force, for one side (CON-70 to CON-78)."""
    now = now or timezone.now()
    can_begin_variation(by, contract=contract).require()
    can_write_for(by, contract=contract, side=side).require()
    contract = hold_in_force(contract)
    lapse_drafts(contract, side=side, by=by, now=now)
    rules.check_one_variation_at_a_time(is_open=is_change_open(contract))
    number = contract.variations.count() + 1
    variation = Variation(
        contract=contract,
        number=number,
        signing_round=next_round(contract),
        side=side,
        begun_by=by,
        begun_at=now,
    )
    _put_frame(variation, terms=terms)
    record(variation, act="begin_variation", stream=contract.stream, by=by, now=now)
    return variation


@transaction.atomic
def revise_variation(
    variation: Variation, *, terms: VariationTerms, by: Person, now: datetime | None = None
) -> Variation:
    """Say a variation differently, while it is written."""
    now = now or timezone.now()
    held = _hold_to_write(variation, by=by)
    move(held, table=VARIATIONS, act="revise_variation")
    _put_frame(held, terms=terms)
    record(held, act="revise_variation", stream=held.contract.stream, by=by, now=now)
    return held


@transaction.atomic
def vary_commitment(
    variation: Variation,
    *,
    commitment: Commitment,
    agreed: Agreed | VariedTerms,
    by: Person,
    now: datetime | None = None,
) -> CommitmentVersion:
    """Say what a commitment says under a variation: a part of it, the rest as it stands."""
    now = now or timezone.now()
    held = _hold_to_write(variation, by=by)
    commitment = held.contract.commitments.select_related("measure", "promise").get(
        pk=commitment.pk
    )
    commitment.contract = held.contract
    rules.check_commitment_stands(is_dropped=commitment.is_dropped or commitment.is_released)
    version = version_written(held, commitment=commitment)
    if version is None or version.is_left_out:
        version = _version(commitment, variation=held, of=version)
    for part in fields(agreed):
        setattr(version, part.name, getattr(agreed, part.name))
    _check_fits(as_varied(commitment, by=version), variation=held)
    version.written_by, version.written_at = by, now
    version.save()
    record(version, act="vary_commitment", stream=held.contract.stream, by=by, now=now)
    return version


@transaction.atomic
def leave_commitment(
    variation: Variation, *, commitment: Commitment, by: Person, now: datetime | None = None
) -> CommitmentVersion | None:
    """Leave a commitment alone again, while the variation is written; twice changes nothing."""
    now = now or timezone.now()
    held = _hold_to_write(variation, by=by)
    version = version_written(held, commitment=commitment)
    if version is None or version.is_left_out:
        return version
    version.is_left_out = True
    version.save(update_fields=["is_left_out"])
    record(version, act="leave_commitment", stream=held.contract.stream, by=by, now=now)
    return version


@transaction.atomic
def propose_variation(
    variation: Variation, *, by: Person, now: datetime | None = None
) -> Variation:
    """Propose a variation to the other side; from then on it stays as it is read (CON-73, CON-79)."""
    now = now or timezone.now()
    held = _hold_to_write(variation, by=by)
    move(held, table=VARIATIONS, act="propose_variation")
    rules.check_variation_changes_something(changes=changes_anything(held))
    rules.check_nothing_is_due_after_the_end(due_after_the_end(held), ends_on=held.last_day)
    held.answer = ""
    words = f"{held.proposer} proposes to vary “{held.contract.name}”: {held.reason}"
    _keep(held, act="propose_variation", tells=held.other_side, words=words, by=by, now=now)
    return held


@transaction.atomic
def send_variation_back(
    variation: Variation, *, words: str, by: Person, now: datetime | None = None
) -> Variation:
    """Ask the side that proposes to write it differently, before anybody signed (CON-75)."""
    return _answer(variation, act="send_variation_back", words=words, by=by, now=now)


@transaction.atomic
def decline_variation(
    variation: Variation, *, words: str, by: Person, now: datetime | None = None
) -> Variation:
    """Decline a variation; the contract stays as it is (CON-75)."""
    return _answer(variation, act="decline_variation", words=words, by=by, now=now)


@transaction.atomic
def withdraw_variation(
    variation: Variation, *, by: Person, now: datetime | None = None
) -> Variation:
    """Withdraw what one’s own side proposed, before both have signed."""
    now = now or timezone.now()
    can_write_variation(by, variation=variation).require()
    held = hold_variation(variation)
    was_sent = held.state != VariationState.DRAFTING
    move(held, table=VARIATIONS, act="withdraw_variation")
    words = f"{held.proposer} withdrew what it proposed for “{held.contract.name}”."
    tells = held.other_side if was_sent else None
    _keep(held, act="withdraw_variation", tells=tells, words=words, by=by, now=now)
    return held


def lapse_drafts(contract: Contract, *, side: Side, by: Person, now: datetime) -> None:
    """Withdraw what the other side left unsent for so long that it would keep ``side`` from proposing."""
    old = {"state": VariationState.DRAFTING.value, "begun_at__lt": now - LAPSES_AFTER}
    left: list[Variation | Handover] = [
        *contract.variations.filter(**old).exclude(side=side),
        *contract.handovers.filter(**old).exclude(side=side),
    ]
    for draft in left:
        draft.contract = contract
        is_handover = isinstance(draft, Handover)
        table = HANDOVERS if is_handover else VARIATIONS
        move(draft, table=table, act="withdraw_handover" if is_handover else "withdraw_variation")
        draft.save(update_fields=["state"])
        record(draft, act="lapse_draft", stream=contract.stream, by=by, now=now)
        words = f"{contract.party(side)} proposes a change of “{contract.name}”. "
        tell_members(
            draft.proposer,
            right=Right.WRITE,
            words=f"{words}What you began over {LAPSES_AFTER.days} days ago is withdrawn.",
            path=draft.get_absolute_url(),
            by=by,
            now=now,
        )


def hold_in_force(contract: Contract) -> Contract:
    """Return the contract as it stands, once nobody else can change it; it is in force, and runs."""
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    rules.check_contract_is_in_force(is_in_force=held.state == ContractState.IN_FORCE)
    rules.check_contract_ends_early_once(has_ended=held.is_ended)
    return held


def hold_variation(variation: Variation) -> Variation:
    """Return the variation and its contract as they stand, once nobody else can change them."""
    contract = hold_in_force(variation.contract)
    held = Variation.objects.select_for_update().get(pk=variation.pk)
    held.contract = contract
    return held


def _hold_to_write(variation: Variation, *, by: Person) -> Variation:
    can_write_variation(by, variation=variation).require()
    held = hold_variation(variation)
    rules.check_variation_is_being_written(is_drafting=held.state == VariationState.DRAFTING)
    return held


def _put_frame(variation: Variation, *, terms: VariationTerms) -> None:
    contract = variation.contract
    rules.check_variation_has_its_reason(reason=terms.reason)
    last = terms.ends_on or contract.ends_on
    rules.check_contract_ends_after_it_starts(starts_on=contract.starts_on, ends_on=last)
    rules.check_variation_begins_in_its_contract(
        terms.from_on, starts_on=contract.starts_on, ends_on=last
    )
    rules.check_extension_follows_its_option(
        ends_on=contract.ends_on,
        new_end=terms.ends_on,
        uses_option=terms.uses_option,
        extensions=contract.extensions,
        months=contract.extension_months,
    )
    rules.check_suspension_is_whole(
        first=terms.rests_from_on,
        last=terms.rests_until_on,
        starts_on=contract.starts_on,
        ends_on=last,
    )
    for name, value in asdict(terms).items():
        setattr(variation, name, value)
    variation.was_ends_on, variation.was_value = contract.ends_on, contract.value
    variation.save()


def _version(
    commitment: Commitment, *, variation: Variation, of: CommitmentVersion | None
) -> CommitmentVersion:
    """Return the version in ``variation``, with the words that stand now."""
    version = of or CommitmentVersion(commitment=commitment, variation=variation)
    version.is_left_out = False
    for column in VARIED:
        setattr(version, column, getattr(commitment, column))
    return version


def _check_fits(commitment: Commitment, *, variation: Variation) -> None:
    """Hold a commitment as varied against all that holds for one that is drafted."""
    promised = commitment.promise.for_whom if commitment.promise else commitment.for_whom
    rules.check_commitment_is_due_after_it_starts(
        starts_on=commitment.starts_on, due_on=commitment.due_on
    )
    rules.check_commitment_is_due_within_its_contract(
        due_on=commitment.due_on, ends_on=variation.last_day
    )
    rules.check_commitment_in_numbers_can_be_measured(
        in_numbers=commitment.is_in_numbers,
        has_measure=commitment.measure is not None,
        baseline=commitment.baseline,
        target=commitment.target,
    )
    rules.check_others_are_named(
        differs=commitment.for_whom != promised, whom=commitment.whom if commitment.promise else ""
    )
    check_arrangement(commitment)
    contract = variation.contract
    silent = not contract.is_brought_in and not commitment.says_who_it_is_compared_with
    rules.check_commitments_say_who_they_are_compared_with([commitment.name] if silent else [])


def _answer(
    variation: Variation, *, act: str, words: str, by: Person, now: datetime | None
) -> Variation:
    now = now or timezone.now()
    can_answer_variation(by, variation=variation).require()
    rules.check_answer_has_words(words=words)
    held = hold_variation(variation)
    move(held, table=VARIATIONS, act=act)
    held.answer = words.strip()
    said = "declined" if act == "decline_variation" else "sent back"
    told = f"{held.answerer} {said} your variation of “{held.contract.name}”: {held.answer}"
    _keep(held, act=act, tells=Side(held.side), words=told, by=by, now=now)
    return held


def _keep(
    variation: Variation, *, act: str, tells: Side | None, words: str, by: Person, now: datetime
) -> None:
    variation.save(update_fields=["state", "answer"])
    contract = variation.contract
    record(variation, act=act, stream=contract.stream, by=by, now=now)
    if tells:
        tell_members(
            contract.party(tells),
            right=Right.WRITE,
            words=words,
            path=variation.get_absolute_url(),
            by=by,
            now=now,
        )
