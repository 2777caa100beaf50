"""What can be tried to hand a contract in force to another provider, and to record in it what happens."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from makegood.capture.actions import (
    capture_gap,
    capture_measurement,
    name_safeguarding_person,
    open_story_link,
)
from makegood.capture.queries import named_person
from makegood.contract import actions
from makegood.contract.actions import HandoverTerms
from makegood.contract.models import Commitment, Contract, Handover
from makegood.contract.queries import handover_digest
from makegood.contract.states import (
    ContractState,
    HandoverGround,
    HandoverSide,
    HandoverState,
)
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Organisation, Person
from makegood.people.queries import members_of
from makegood.people.states import Right, Role
from tests.acts.binding import a_paper, contracts, of_both, side_of
from tests.acts.proposing import digest
from tests.acts.world import Houses, World, act, name_of

WITH = (
    *("contract__proposal__provider", "contract__proposal__need__commissioner"),
    *("contract__taken_over_by", "outgoing", "successor"),
)
SAID = ("contract_id", "side", "outgoing_id", "successor_id", "ground", "reason", "from_on")
"""What of a handover the world remembers, by column."""


def handovers(world: World) -> list[Handover]:
    return list(Handover.objects.select_related(*WITH).order_by("pk"))


def _concerned(handover: Handover) -> Houses:
    return (handover.contract.commissioner, handover.outgoing, handover.successor)


def _proposed_by(handover: Handover) -> Houses:
    return (handover.proposer,)


def _is_in_force(contract: Contract) -> bool:
    return contract.state == ContractState.IN_FORCE


def _is_written(handover: Handover) -> bool:
    return handover.state == HandoverState.DRAFTING


def _can_sign(handover: Handover) -> bool:
    return HandoverState(handover.state).waits_for_signatures


def _can_withdraw(handover: Handover) -> bool:
    return _is_written(handover) or _can_sign(handover)


def _terms(world: World, contract: Contract) -> HandoverTerms:
    others = [each for each in _providers(world) if each != world.deliverer(contract)]
    soon = timezone.localdate(world.now) + timedelta(days=10)
    return HandoverTerms(
        successor=world.mostly(world.heirs, *others, odd=contract.commissioner),
        ground=world.pick(list(HandoverGround)),
        reason=world.mostly(f"The nurses go with it, {world.count()}", odd=""),
        from_on=world.mostly(date(2025, 1, 1), soon, odd=date(2020, 1, 1)),
    )


def _providers(world: World) -> tuple[Organisation, ...]:
    return (world.cast.provider, world.cast.stranger, world.heirs)


def _keep(world: World, handover: Handover, *, terms: HandoverTerms, outgoing: int) -> None:
    world.memory.handovers[handover.pk] = {
        "contract_id": handover.contract_id,
        "side": handover.side,
        "outgoing_id": outgoing,
        "successor_id": terms.successor.pk,
        "ground": terms.ground,
        "reason": terms.reason,
        "from_on": terms.from_on,
    }


@act(contracts, of=of_both, weight=4, when=_is_in_force)
def begin_handover(world: World, contract: Contract, by: Person) -> None:
    side, terms = side_of(world, contract, by), _terms(world, contract)
    made = actions.begin_handover(contract, side=side, terms=terms, by=by, now=world.now)
    party, outgoing = world.party(contract, side=side), world.deliverer(contract)
    assert world.may(name_of(by), Right.WRITE, organisation=party), name_of(by)
    _keep(world, made, terms=terms, outgoing=outgoing.pk)


@act(handovers, of=_proposed_by, when=_is_written)
def revise_handover(world: World, handover: Handover, by: Person) -> None:
    terms = _terms(world, handover.contract)
    actions.revise_handover(handover, terms=terms, by=by, now=world.now)
    outgoing = world.memory.handovers[handover.pk]["outgoing_id"]
    _keep(world, handover, terms=terms, outgoing=outgoing)


@act(handovers, of=_proposed_by, weight=3, when=_is_written)
def propose_handover(world: World, handover: Handover, by: Person) -> None:
    actions.propose_handover(handover, by=by, now=world.now)


@act(handovers, of=_concerned, when=_can_sign)
def decline_handover(world: World, handover: Handover, by: Person) -> None:
    world.think_twice(0.6)
    side = _side_of(world, handover, by)
    words = world.mostly("Not to them", odd="")
    actions.decline_handover(handover, side=side, words=words, by=by, now=world.now)
    party = _party(world, handover, side=side)
    assert world.may(name_of(by), Right.WRITE, organisation=party), name_of(by)


@act(handovers, of=_proposed_by, when=_can_withdraw)
def withdraw_handover(world: World, handover: Handover, by: Person) -> None:
    world.think_twice(0.6)
    actions.withdraw_handover(handover, by=by, now=world.now)


@act(handovers, of=_concerned, right=Right.SIGN, weight=6, when=_can_sign)
def sign_handover(world: World, handover: Handover, by: Person) -> None:
    side, terms = _side_of(world, handover, by), handover_digest(handover)
    read = digest(world, terms)
    actions.sign_handover(handover, side=side, terms_read=read, by=by, now=world.now)
    party = _party(world, handover, side=side)
    assert world.may(name_of(by), Right.SIGN, organisation=party), f"{name_of(by)} for {party}"
    _keep_signature(world, handover, side=side, terms=terms)


@act(handovers, of=_concerned, weight=2, when=_can_sign)
def record_paper_handover(world: World, handover: Handover, by: Person) -> None:
    side, terms = _side_of(world, handover, by), handover_digest(handover)
    paper, read = a_paper(world), digest(world, terms)
    actions.record_paper_handover(
        handover, side=side, paper=paper, terms_read=read, by=by, now=world.now
    )
    houses = (handover.contract.commissioner, _party(world, handover, side=side))
    assert any(world.may(name_of(by), Right.WRITE, organisation=each) for each in houses)
    _keep_signature(world, handover, side=side, terms=terms)


def _side_of(world: World, handover: Handover, by: Person) -> HandoverSide:
    """Return the side somebody would answer for; now and then another one."""
    name = name_of(by)
    own = [side for side in HandoverSide if world.belongs(name, handover.party(side))]
    return world.pick(own) if own and world.happens(0.9) else world.pick(list(HandoverSide))


def _party(world: World, handover: Handover, *, side: HandoverSide) -> Organisation:
    """Return who signs for a side, as the world was told."""
    if side == HandoverSide.COMMISSIONER:
        return handover.contract.commissioner
    said = world.memory.handovers[handover.pk]
    key = said["successor_id" if side == HandoverSide.SUCCESSOR else "outgoing_id"]
    return next(each for each in _providers(world) if each.pk == key)


def _keep_signature(world: World, handover: Handover, *, side: HandoverSide, terms: str) -> None:
    key = (handover.contract_id, handover.signing_round, side.value)
    world.memory.signatures.add(key)
    world.memory.handed.setdefault(handover.pk, {})[side.value] = terms
    world.let_handovers_count()


def owed(world: World) -> list[Commitment]:
    """Return what is owed in contracts that were signed or will be."""
    found = Commitment.objects.filter(is_dropped=False).order_by("pk")
    way = (each.removeprefix("contract__") for each in WITH[:3])
    return list(found.select_related(*(f"contract__{each}" for each in way), "measure"))


@act(
    owed,
    of=lambda commitment: tuple(commitment.contract.providers),
    right=Right.RECORD,
    weight=4,
    when=lambda commitment: _is_in_force(commitment.contract),
)
def record_evidence(world: World, commitment: Commitment, by: Person) -> None:
    name, contract = name_of(by), commitment.contract
    later = 2026 if contract.taken_over_by_id else 2025
    period = date(world.pick([2024, later]), world.pick(range(4, 10)), 1)
    house = commitment.owed_by(period) if commitment.measure_id else world.deliverer(contract)
    try:
        _record(world, commitment, period=period, by=by)
    except NotPermitted:
        once = [world.memory.handovers[key] for key in world.memory.in_force]
        left = {each["outgoing_id"] for each in once if each["contract_id"] == contract.pk}
        if any(world.belongs(name, each) for each in _providers(world) if each.pk in left):
            world.reach("who handed over is refused")
        raise
    left = {world.memory.handovers[key]["outgoing_id"] for key in world.memory.in_force}
    assert house.pk in {world.deliverer(contract).pk, *left}
    assert world.may(name, Right.RECORD, organisation=house), f"{name} recorded for {house}"
    if house != contract.proposal.provider:
        assert not commitment.line or commitment.line.at(period).keeper == house
        world.reach("a successor records")


def _answer_for_safety(house: Organisation, *, world: World) -> None:
    if named_person(house) is None:
        owner = members_of(house).filter(role=Role.OWNER)[0].person
        name_safeguarding_person(house, person=owner, by=owner, now=world.now)


def _record(world: World, commitment: Commitment, *, period: date, by: Person) -> None:
    label = f"Poster {world.count()}"
    if not commitment.measure_id:
        _answer_for_safety(commitment.contract.provider, world=world)
        open_story_link(commitment, label=label, by=by, now=world.now)
    elif world.happens(0.3):
        capture_gap(commitment, period=period, reason="Nobody counted", by=by, now=world.now)
    else:
        capture_measurement(commitment, period=period, value=4.4, by=by, now=world.now)
