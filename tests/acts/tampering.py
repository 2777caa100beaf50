"""Writes straight at the tables, past every rule, at what was sent or signed.

Each is undone again. The database refuses it, or all that must hold still holds with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, QuerySet

from makegood.articulate.models import Promise, Proposal, ProposalVersion, WrittenPart
from makegood.articulate.states import ProposalState
from makegood.contract.models import (
    Commitment,
    CommitmentVersion,
    Contract,
    Disposition,
    Ending,
    Handover,
    Schedule,
    Signature,
    Variation,
)
from makegood.contract.queries import sides_missing
from makegood.contract.states import (
    ContractState,
    Fate,
    HandoverSide,
    HandoverState,
    Side,
    VariationState,
)
from tests.acts.world import World

Rows = QuerySet[Any]
Write = Callable[[World, Any], int]
SIGNED = (ContractState.PART_SIGNED, ContractState.IN_FORCE)


def promised(world: World) -> Rows:
    return Promise.objects.filter(proposal__in=world.memory.sent)


def sent(world: World) -> Rows:
    return Proposal.objects.filter(pk__in=world.memory.sent)


def signed(world: World) -> Rows:
    return Contract.objects.filter(state__in=SIGNED)


def in_force(world: World) -> Rows:
    return Contract.objects.filter(state=ContractState.IN_FORCE)


def unsigned(world: World) -> Rows:
    return Contract.objects.exclude(state=ContractState.IN_FORCE)


def within(model: type[models.Model]) -> Callable[[World], Rows]:
    """Return what finds the rows of signed contracts."""
    return lambda world: model._default_manager.filter(contract__in=signed(world))


def versions(world: World) -> Rows:
    written = models.Q(variation__state=VariationState.DRAFTING)
    return CommitmentVersion.objects.exclude(written)


def variations(world: World) -> Rows:
    return Variation.objects.exclude(state=VariationState.DRAFTING)


def to(**columns: Any) -> Write:
    """Return a write that sets columns of a row."""
    return lambda world, row: type(row).objects.filter(pk=row.pk).update(**columns)


def delete(world: World, row: Any) -> int:
    """Delete a row by itself, asking nothing else."""
    rows = type(row).objects.filter(pk=row.pk)
    return int(rows._raw_delete(rows.db))


def copy(**columns: Any) -> Write:
    """Return a write that adds a row like another one, but for some columns."""

    def write(world: World, row: Any) -> int:
        row.pk, row._state.adding = None, True
        for name, value in columns.items():
            setattr(row, name, value)
        models.Model.save_base(row, raw=True, force_insert=True)
        return 1

    return write


def undrafted(world: World, contract: Contract) -> int:
    """Put a contract back to drafting, change it, and bring it back as if nothing had been."""
    held, rows = (
        Contract.objects.filter(pk=contract.pk),
        Commitment.objects.filter(contract=contract),
    )
    held.update(state=ContractState.DRAFTING, signing_round=F("signing_round") + 1)
    rows.update(what_changes="nothing much")
    return held.update(state=contract.state, signing_round=contract.signing_round)


def one_hand(world: World, contract: Contract) -> int:
    """Sign for the other side, to other words, and let it be in force."""
    first = Signature.objects.filter(
        contract=contract, signing_round=contract.signing_round
    ).first()
    if first is None:
        return to(state=ContractState.IN_FORCE)(world, contract)
    other = Side.PROVIDER if first.side == Side.COMMISSIONER else Side.COMMISSIONER
    Signature.objects.create(
        contract=contract,
        side=other,
        signing_round=contract.signing_round,
        signed_by=world.people[world.pick(["sam", "cy", "nia"])],
        signed_at=world.now,
        terms_digest="f" * 64,
    )
    return to(state=ContractState.IN_FORCE)(world, contract)


def varied_alone(world: World, contract: Contract) -> int:
    """Change a commitment under whatever variation there is."""
    found = Variation.objects.filter(contract=contract).last()
    rows = Commitment.objects.filter(contract=contract)
    return rows.update(due_on=date(2025, 12, 30), varied_by=found)


def handovers(world: World) -> Rows:
    return Handover.objects.exclude(state=HandoverState.DRAFTING)


def half_signed(world: World) -> Rows:
    return Handover.objects.filter(state=HandoverState.PART_SIGNED)


def of_contracts(world: World) -> Rows:
    """Return the signatures of contracts themselves."""
    return Signature.objects.filter(signing_round=F("contract__signing_round"))


def taken_over(world: World, contract: Contract) -> int:
    """Let another organisation deliver."""
    houses = (world.heirs, world.cast.stranger, world.cast.provider)
    other = next(each for each in houses if each != contract.provider)
    return to(taken_over_by=other)(world, contract)


def succeeded_by(world: World, handover: Handover) -> int:
    """Let a handover go to somebody else."""
    houses = (world.heirs, world.cast.stranger, world.cast.provider)
    gone = {handover.successor_id, handover.outgoing_id}
    return to(successor=next(each for each in houses if each.pk not in gone))(world, handover)


def handed_over(world: World, handover: Handover) -> int:
    """Let a handover be in force, as if all had signed."""
    return to(state=HandoverState.IN_FORCE, in_force_at=world.now)(world, handover)


def handed_by_few(world: World, handover: Handover) -> int:
    """Sign for whoever has not, to other words, and let the contract go."""
    for side in sides_missing(handover):
        Signature.objects.create(
            contract=handover.contract,
            side=side,
            signing_round=handover.signing_round,
            signed_by=world.people["nia"],
            signed_at=world.now,
            terms_digest="f" * 64,
        )
    to(state=HandoverState.SIGNED)(world, handover)
    to(taken_over_by=handover.successor)(world, handover.contract)
    return handed_over(world, handover)


WRITES: Sequence[tuple[str, Callable[[World], Rows], Write]] = (
    ("a promise says less", promised, to(what_changes="less")),
    ("a promise aims lower", promised, to(due_on=date(2030, 1, 1))),
    ("a promise is struck out", promised, to(is_struck_out=True)),
    ("a promise is deleted", promised, delete),
    ("a promise is added", promised, copy(reference="P-ZZZZ-99", position=99)),
    ("a sent proposal is a draft again", sent, to(state=ProposalState.DRAFT)),
    ("a sent proposal says something else", sent, to(title="Something else")),
    ("a sent proposal is deleted", sent, delete),
    (
        "what was sent is rewritten",
        lambda world: ProposalVersion.objects.all(),
        to(title="Something else"),
    ),
    ("what was sent is deleted", lambda world: ProposalVersion.objects.all(), delete),
    (
        "a part that was sent is emptied",
        lambda world: WrittenPart.objects.filter(proposal__in=world.memory.sent),
        to(content={"answers": {}, "rows": []}),
    ),
    ("a commitment aims lower", within(Commitment), to(due_on=date(2025, 12, 30))),
    ("a commitment has another target", within(Commitment), to(target=1.5)),
    ("a commitment is for others", within(Commitment), to(for_whom="others")),
    ("a commitment is left out", within(Commitment), to(is_dropped=True)),
    ("a commitment is let go", within(Commitment), to(is_released=True)),
    ("a commitment forgets its promise", within(Commitment), to(promise=None)),
    ("a commitment is deleted", within(Commitment), delete),
    (
        "a commitment is added",
        within(Commitment),
        copy(reference="K-ZZZZ-99", promise=None, promise_id=None, what_changes="more"),
    ),
    (
        "a promise is not contracted after all",
        within(Disposition),
        to(fate=Fate.NOT_CONTRACTED, reason="We forgot"),
    ),
    ("a disposition has another reason", within(Disposition), to(reason="Nobody knows")),
    ("a disposition is deleted", within(Disposition), delete),
    ("a contract comes into force", unsigned, to(state=ContractState.IN_FORCE)),
    ("a contract is signed by nobody", unsigned, to(state=ContractState.PART_SIGNED)),
    ("one hand signs for both", unsigned, one_hand),
    ("a contract is a draft again", in_force, to(state=ContractState.DRAFTING)),
    ("a contract is drafted behind their backs", signed, undrafted),
    ("a contract ends later", signed, to(ends_on=date(2032, 1, 1))),
    ("a contract is worth more", signed, to(value=9_999_999)),
    ("a contract begins a round", in_force, to(signing_round=9)),
    ("a contract is deleted", signed, delete),
    ("commitments change under a variation", in_force, varied_alone),
    ("a signature covers something else", within(Signature), to(terms_digest="e" * 64)),
    ("a signature is somebody else's", within(Signature), to(side="provider")),
    ("a signature is deleted", within(Signature), delete),
    ("a version is rewritten", versions, to(due_on=date(2025, 12, 30))),
    ("a version is left out", versions, to(is_left_out=True)),
    ("a version is deleted", versions, delete),
    ("a variation comes into force", variations, to(state=VariationState.IN_FORCE)),
    ("a variation is written again", variations, to(state=VariationState.DRAFTING)),
    ("a variation says something else", variations, to(reason="Something else")),
    ("a variation counts from later", variations, to(from_on=date(2025, 6, 1))),
    ("a variation takes a round", variations, to(signing_round=1)),
    ("a variation is deleted", variations, delete),
    ("a contract has another provider", in_force, taken_over),
    ("a draft has another provider", unsigned, taken_over),
    (
        "a contract goes back to who promised",
        lambda world: in_force(world).filter(taken_over_by__isnull=False),
        to(taken_over_by=None),
    ),
    ("a handover goes to another", handovers, succeeded_by),
    ("a handover is signed by all", handovers, to(state=HandoverState.SIGNED)),
    ("a handover comes into force", handovers, handed_over),
    ("a handover is written again", handovers, to(state=HandoverState.DRAFTING)),
    ("a handover says something else", handovers, to(reason="Something else")),
    ("a handover counts from later", handovers, to(from_on=date(2025, 6, 1))),
    ("a handover takes a round", handovers, to(signing_round=1)),
    ("a handover is deleted", handovers, delete),
    ("few hand a contract over", half_signed, handed_by_few),
    ("a successor signs a contract", of_contracts, copy(side=HandoverSide.SUCCESSOR.value)),
    ("a signature is a successor's", of_contracts, to(side=HandoverSide.SUCCESSOR.value)),
    ("an end is rewritten", lambda world: Ending.objects.all(), to(ends_on=date(2025, 8, 1))),
    ("an end is deleted", lambda world: Ending.objects.all(), delete),
    ("a schedule is rewritten", lambda world: Schedule.objects.all(), to(data={})),
    ("a schedule is deleted", lambda world: Schedule.objects.all(), delete),
)


def tamper(world: World, *, check: Callable[[World], None]) -> None:
    """Try one write that has something to write at; if the database lets it, ``check`` must not mind."""
    tries = world.luck.sample(WRITES, len(WRITES))
    found = ((name, write, list(rows(world).order_by("pk"))) for name, rows, write in tries)
    name, write, rows = next((each for each in found if each[2]), ("", delete, []))
    if not rows:
        return
    try:
        with transaction.atomic():
            written = write(world, world.pick(rows))
            world.told.append(f"raw: {name}, {written} let through")
            check(world)
            transaction.set_rollback(True)
    except IntegrityError as refused:
        world.told.append(f"raw: {name}, refused: {str(refused)[:70]}")
        world.reach("a write refused by the database")
        world.reach(f"refused: {name}")
    else:
        world.reach(f"let through: {name}")
