"""What can be tried once both have signed: vary, answer, sign again, end, and tell how it does."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from makegood.contract import actions
from makegood.contract.actions import VariationTerms
from makegood.contract.models import Commitment, Contract, IndicatorRating, Notice, Variation
from makegood.contract.queries import variation_digest
from makegood.contract.states import ContractState, Ground, Rating, Side, VariationState, Whom
from makegood.people.models import Person
from makegood.people.states import Right
from tests.acts.binding import a_paper, arranged, bought_in, contracts, may_write, of_both, side_of
from tests.acts.proposing import digest
from tests.acts.world import Houses, LetBe, Row, Signed, World, act, name_of
from tests.factories.varying import ending_terms, varied_terms

OPEN = (VariationState.DRAFTING, VariationState.PROPOSED, VariationState.PART_SIGNED)
WITH = (
    "contract__proposal__provider",
    "contract__proposal__need__commissioner",
    "contract__taken_over_by",
)


def variations(world: World) -> list[Variation]:
    return list(Variation.objects.select_related(*WITH).order_by("pk"))


def notices(world: World) -> list[Notice]:
    return list(Notice.objects.select_related(*WITH).order_by("pk"))


def _frame(world: World, contract: Contract) -> VariationTerms:
    kind = world.pick(["nothing", "nothing", "longer", "option", "value", "rest", "odd"])
    plain: Row = {"reason": f"Two houses open later, {world.count()}", "from_on": date(2025, 1, 1)}
    more: dict[str, Row] = {
        "longer": {"ends_on": date(2099, 9, 30)},
        "option": {"ends_on": date(2100, 3, 31), "uses_option": True},
        "value": {"value": Decimal(world.count() * 500)},
        "rest": {"rests_from_on": date(2025, 2, 1), "rests_until_on": date(2025, 3, 1)},
        "odd": {"reason": "", "rests_from_on": date(2025, 2, 1)},
    }
    return VariationTerms(**plain | more.get(kind, {}))


def _said(terms: VariationTerms) -> Row:
    return {field.name: getattr(terms, field.name) for field in fields(terms)}


def _varied_by(variation: Variation) -> Houses:
    return of_both(variation.contract)


def _is_in_force(contract: Contract) -> bool:
    return contract.state == ContractState.IN_FORCE


def _is_written(variation: Variation) -> bool:
    return variation.state == VariationState.DRAFTING


def _is_proposed(variation: Variation) -> bool:
    return variation.state == VariationState.PROPOSED


def _is_open(variation: Variation) -> bool:
    return variation.is_open


def _can_sign(variation: Variation) -> bool:
    return variation.state in {VariationState.PROPOSED, VariationState.PART_SIGNED}


@act(contracts, of=of_both, weight=3, when=_is_in_force)
def begin_variation(world: World, contract: Contract, by: Person) -> None:
    side, terms = side_of(world, contract, by), _frame(world, contract)
    made = actions.begin_variation(contract, side=side, terms=terms, by=by, now=world.now)
    name = name_of(by)
    assert world.may(name, Right.WRITE, organisation=world.party(contract, side=side)), name
    world.memory.frames[made.pk] = _said(terms)
    world.memory.changes[made.pk] = {}


@act(variations, of=lambda variation: (variation.proposer,), when=_is_written)
def revise_variation(world: World, variation: Variation, by: Person) -> None:
    terms = _frame(world, variation.contract)
    actions.revise_variation(variation, terms=terms, by=by, now=world.now)
    world.memory.frames[variation.pk] = _said(terms)


def _varied(world: World, commitment: Commitment) -> Any:
    if world.happens(0.3):
        return arranged(world, commitment)
    change = world.pick(["target", "due_on", "whom", "released", "odd"])
    changes: dict[str, Row] = {
        "target": {"target": world.pick([4.8, 4.95]) if commitment.measure_id else None},
        "due_on": {"due_on": world.pick([date(2025, 12, 31), date(2040, 1, 1)])},
        "whom": {"for_whom": "night staff", "whom": Whom.OTHERS.value},
        "released": {"is_released": True},
        "odd": {"for_whom": "somebody else", "whom": ""},
    }
    return varied_terms(commitment, **changes[change])


@act(variations, of=lambda variation: (variation.proposer,), weight=3, when=_is_written)
def vary_commitment(world: World, variation: Variation, by: Person) -> None:
    among = variation.contract.commitments.filter(is_dropped=False).order_by("pk")
    if not among:
        raise LetBe
    commitment = world.pick(among)
    agreed = _varied(world, commitment)
    actions.vary_commitment(variation, commitment=commitment, agreed=agreed, by=by, now=world.now)
    said = {field.name: getattr(agreed, field.name) for field in fields(agreed)}
    if "pool" in said:
        said["pool_id"] = said.pop("pool") and said["pool"].pk
    of = world.memory.changes[variation.pk]
    of[commitment.reference] = of.get(commitment.reference, {}) | said


@act(variations, of=lambda variation: (variation.proposer,), when=_is_written)
def leave_commitment(world: World, variation: Variation, by: Person) -> None:
    of = world.memory.changes[variation.pk]
    if not of:
        raise LetBe
    reference = world.pick(sorted(of))
    commitment = Commitment.objects.get(reference=reference)
    actions.leave_commitment(variation, commitment=commitment, by=by, now=world.now)
    del of[reference]


@act(variations, of=lambda variation: (variation.proposer,), weight=2, when=_is_written)
def propose_variation(world: World, variation: Variation, by: Person) -> None:
    actions.propose_variation(variation, by=by, now=world.now)


@act(variations, of=lambda variation: (variation.answerer,), when=_is_proposed)
def send_variation_back(world: World, variation: Variation, by: Person) -> None:
    actions.send_variation_back(variation, words="Say why", by=by, now=world.now)


@act(variations, of=lambda variation: (variation.answerer,), when=_is_proposed)
def decline_variation(world: World, variation: Variation, by: Person) -> None:
    world.think_twice(0.6)
    actions.decline_variation(variation, words="No", by=by, now=world.now)


@act(variations, of=lambda variation: (variation.proposer,), when=_is_open)
def withdraw_variation(world: World, variation: Variation, by: Person) -> None:
    world.think_twice(0.6)
    actions.withdraw_variation(variation, by=by, now=world.now)


@act(variations, of=_varied_by, right=Right.SIGN, weight=3, when=_can_sign)
def sign_variation(world: World, variation: Variation, by: Person) -> None:
    contract = variation.contract
    side = side_of(world, contract, by)
    read = digest(world, variation_digest(variation))
    actions.sign_variation(variation, side=side, terms_read=read, by=by, now=world.now)
    name, party = name_of(by), world.party(contract, side=side)
    assert world.may(name, Right.SIGN, organisation=party), f"{name} signed for {party}"
    _keep_signature(world, variation, side=side)


@act(variations, of=_varied_by, when=_can_sign)
def record_paper_variation(world: World, variation: Variation, by: Person) -> None:
    side = side_of(world, variation.contract, by)
    read = digest(world, variation_digest(variation))
    actions.record_paper_variation(
        variation, side=side, paper=a_paper(world), terms_read=read, by=by, now=world.now
    )
    may_write(world, variation.contract, side=side, by=by)
    _keep_signature(world, variation, side=side)


def _keep_signature(world: World, variation: Variation, *, side: Side) -> None:
    contract = variation.contract.pk
    world.memory.signatures.add((contract, variation.signing_round, side.value))
    held = Variation.objects.get(pk=variation.pk)
    if held.state != VariationState.IN_FORCE:
        return
    sides = {one[2] for one in world.memory.signatures if one[:2] == (contract, held.signing_round)}
    assert sides == {side.value for side in Side}, "one side alone varied a contract"
    owed = world.memory.owed[contract]
    world.memory.owed[contract] = _with(held, owed=owed, memory=world)
    world.reach("a variation in force")
    if world.memory.changes[held.pk]:
        world.reach("a changed commitment signed")


def _with(variation: Variation, *, owed: Signed, memory: World) -> Signed:
    """Return what is owed once a variation stands, as the world was told of it."""
    changes, said = memory.memory.changes[variation.pk], memory.memory.frames[variation.pk]
    rows = {ref: row | changes.get(ref, {}) for ref, row in owed.commitments.items()}
    frame = dict(owed.frame)
    frame["ends_on"] = said["ends_on"] or frame["ends_on"]
    frame["value"] = frame["value"] if said["value"] is None else said["value"]
    if said["uses_option"]:
        frame["extensions"] = (frame["extensions"] or 0) - 1 or None
        frame["extension_months"] = frame["extension_months"] if frame["extensions"] else None
    return Signed(frame=frame, commitments=rows, fates=owed.fates)


@act(contracts, of=of_both, right=Right.SIGN, weight=2, when=_is_in_force)
def end_contract(world: World, contract: Contract, by: Person) -> None:
    side = side_of(world, contract, by)
    ground = world.pick([Ground.BREACH, Ground.NOTICE, Ground.OTHER])
    terms = ending_terms(ground=ground, reason=world.mostly("Nobody came", odd=""))
    world.think_twice(0.3)
    actions.end_contract(contract, side=side, terms=terms, by=by, now=world.now)
    name = name_of(by)
    assert world.may(name, Right.SIGN, organisation=world.party(contract, side=side)), name
    owed = world.memory.owed[contract.pk]
    frame = owed.frame | {"ends_on": terms.ends_on}
    world.memory.owed[contract.pk] = Signed(
        frame=frame, commitments=owed.commitments, fates=owed.fates
    )
    world.reach("a contract ended early")


@act(contracts, of=bought_in, when=_is_in_force)
def begin_notice(world: World, contract: Contract, by: Person) -> None:
    first, last = world.pick([(date(2024, 7, 1), date(2024, 9, 30)), (date(2023, 1, 1),) * 2])
    actions.begin_notice(contract, from_on=first, until_on=last, by=by, now=world.now)


@act(
    lambda world: list(IndicatorRating.objects.select_related("notice__contract").order_by("pk")),
    of=lambda rating: (rating.notice.contract.commissioner,),
)
def rate_indicator(world: World, rating: IndicatorRating, by: Person) -> None:
    chosen = world.pick(list(Rating))
    actions.rate_indicator(rating, chosen=chosen, reason="It moved", by=by, now=world.now)


@act(notices, of=lambda notice: (notice.contract.commissioner,))
def send_notice(world: World, notice: Notice, by: Person) -> None:
    actions.send_notice(notice, by=by, now=world.now)


@act(notices, of=lambda notice: (notice.contract.commissioner,))
def withdraw_notice(world: World, notice: Notice, by: Person) -> None:
    world.think_twice(0.5)
    actions.withdraw_notice(notice, by=by, now=world.now)


@act(notices, of=lambda notice: (notice.provider,), right=Right.ANSWER)
def reply_to_notice(world: World, notice: Notice, by: Person) -> None:
    actions.reply_to_notice(notice, words="So it is", by=by, now=world.now)
    assert world.may(name_of(by), Right.ANSWER, organisation=notice.provider), name_of(by)


@act(notices, of=lambda notice: (notice.contract.commissioner,))
def publish_notice(world: World, notice: Notice, by: Person) -> None:
    actions.publish_notice(notice, by=by, now=world.now)
    world.reach("a notice published")
