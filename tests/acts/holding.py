"""What holds whatever anybody tried: no promise is lost, and nothing signed is changed by one side."""

from __future__ import annotations

from collections import defaultdict

from makegood.articulate.models import Promise
from makegood.contract.models import Commitment, Contract, Handover, Signature
from makegood.contract.states import (
    ContractState,
    Fate,
    HandoverSide,
    HandoverState,
    Side,
    VariationState,
)
from tests.acts.binding import stands_in
from tests.acts.handing_over import SAID
from tests.acts.proposing import PROMISED
from tests.acts.world import Row, Signed, World


def check(world: World) -> None:
    """Fail unless everything holds."""
    no_promise_vanished(world)
    signatures = signatures_by_round(world)
    handovers_are_signed(world, signatures)
    delivered_by_whom_all_signed_for(world)
    for contract in Contract.objects.exclude(state=ContractState.DRAFTING).order_by("pk"):
        stands = stands_in(contract)
        if contract.state == ContractState.PART_SIGNED:
            key = (contract.pk, contract.signing_round)
            assert stands == world.memory.read.get(key), f"{contract} changed between signatures"
        else:
            assert contract.pk in world.memory.owed, f"{contract} was not signed by both"
            nothing_changed(world, contract, stands=stands)
            both_signed(signatures, contract=contract.pk, round_=contract.signing_round)
            variations_are_signed(signatures, contract=contract)
        no_promise_lost(world, contract, stands=stands)


def no_promise_vanished(world: World) -> None:
    """What was sent promises exactly what was promised when it was sent."""
    found: dict[int, dict[str, Row]] = defaultdict(dict)
    rows = Promise.objects.filter(proposal__in=world.memory.sent, is_struck_out=False)
    for row in rows.values("proposal_id", "reference", *PROMISED):
        found[row.pop("proposal_id")][row.pop("reference")] = row
    assert found == world.memory.sent, "a promise that was sent is lost or changed"


def no_promise_lost(world: World, contract: Contract, *, stands: Signed) -> None:
    """Each promise has one disposition; unless not contracted for a reason, its commitment stands."""
    promised = world.memory.sent[contract.proposal_id]
    assert set(stands.fates) == set(promised), f"{contract} settles other promises than were made"
    owed = {row["promise_id"] for row in stands.commitments.values() if not row["is_dropped"]}
    for reference, fate in stands.fates.items():
        assert fate["contract_id"] == contract.pk, f"{reference} is settled elsewhere"
        if fate["fate"] == Fate.NOT_CONTRACTED:
            assert fate["reason"], f"{reference} is not contracted, for no reason"
            assert fate["promise_id"] not in owed, f"{reference} is contracted after all"
        else:
            assert fate["promise_id"] in owed, f"{reference} is lost"
            assert fate["fate"] == Fate.AS_PROMISED or fate["reason"], f"{reference} says not why"


def nothing_changed(world: World, contract: Contract, *, stands: Signed) -> None:
    """What stands is what both sides signed, first or since."""
    owed = world.memory.owed[contract.pk]
    assert stands.frame == owed.frame, f"{contract} changed: {_differs(stands.frame, owed.frame)}"
    assert stands.fates == owed.fates, f"what became of its promises changed in {contract}"
    assert set(stands.commitments) == set(owed.commitments), f"commitments came or went, {contract}"
    for reference, row in stands.commitments.items():
        signed = owed.commitments[reference]
        assert row == signed, f"{reference} changed: {_differs(row, signed)}"


def _differs(row: Row, signed: Row) -> Row:
    return {
        name: (value, signed.get(name)) for name, value in row.items() if signed.get(name) != value
    }


Rounds = dict[tuple[int, int], dict[str, str]]


def signatures_by_round(world: World) -> Rounds:
    """Return the digest each side signed, by contract and round: those that the world knows of, no others."""
    found: Rounds = defaultdict(dict)
    for one in Signature.objects.all():
        found[one.contract_id, one.signing_round][one.side] = one.terms_digest
    told = {(*key, side) for key, sides in found.items() for side in sides}
    assert told == world.memory.signatures, "signatures came or went"
    return found


def both_signed(found: Rounds, *, contract: int, round_: int) -> None:
    """Both sides signed the same in this round."""
    signed = found.get((contract, round_), {})
    assert set(signed) == {side.value for side in Side}, "one side alone signed"
    assert len(set(signed.values())) == 1, "the sides signed different terms"


def variations_are_signed(found: Rounds, *, contract: Contract) -> None:
    """Whatever stands as varied was signed by both sides."""
    rows = Commitment.objects.filter(contract=contract, varied_by__isnull=False)
    held = [row.varied_by for row in rows.select_related("varied_by")]
    for variation in filter(None, [*held, contract.varied_by]):
        assert variation.state == VariationState.IN_FORCE, f"{variation} is not in force"
        both_signed(found, contract=contract.pk, round_=variation.signing_round)


def handovers_are_signed(world: World, found: Rounds) -> None:
    """Each handover says what it was told to; what binds was signed by all three, to the same."""
    rows = {each.pk: each for each in Handover.objects.order_by("pk")}
    said = {key: {name: getattr(row, name) for name in SAID} for key, row in rows.items()}
    assert said == world.memory.handovers, "a handover came, went or changed"
    for key, row in rows.items():
        is_in_force = row.state == HandoverState.IN_FORCE
        assert is_in_force == (key in world.memory.in_force), f"{row} is {row.state}"
        if is_in_force or row.state == HandoverState.SIGNED:
            signed = found.get((row.contract_id, row.signing_round), {})
            assert set(signed) == {side.value for side in HandoverSide}, (
                f"{row}: somebody is missing"
            )
            assert len(set(signed.values())) == 1, f"{row}: they signed different terms"
            assert signed == world.memory.handed[key], f"{row}: they signed something else"


def delivered_by_whom_all_signed_for(world: World) -> None:
    """Who delivers a contract is who promised, or who took it over last, as all signed."""
    for key, taken_by in Contract.objects.values_list("pk", "taken_over_by"):
        assert taken_by == world.memory.delivers(key), f"contract {key} has another provider"
