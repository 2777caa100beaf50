"""Drawing steps and taking them: anybody tries anything, and most of it comes to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from makegood.articulate.models import Promise, Proposal
from makegood.articulate.states import NeedState, ProposalState
from makegood.contract.models import Contract, IntendedDecision, Signature, Variation
from makegood.contract.states import ContractState, Side, VariationState
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people.models import Organisation
from makegood.people.states import Right
from tests.acts import binding, deciding, proposing, varying
from tests.acts.holding import check
from tests.acts.looking import directly, look
from tests.acts.tampering import tamper
from tests.acts.world import ACTS, NAMES, Act, LetBe, World

ROOMS = (proposing, deciding, binding, varying)
"""What declares acts."""
PRESS_ON, FITTING = "press on", "one who may"
OTHER = {"look": 12, "open directly": 8, "write past the rules": 30}
"""What is done besides acts, and how often."""
FIT = 0.7
"""How often it is tried by who may, and how often with what it can be done to."""
OTHERS_TRIED = 6
"""So many other acts are thought of where there is nothing yet that one could be done to."""
BY_WRITERS = (
    "revise_proposal",
    "add_promise",
    "revise_promise",
    "strike_out_promise",
    "write_part",
)
"""What those may besides whom a draft's provider let write it."""
MOST_PROPOSALS, PROMISES = 2, 2


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing somebody tries; ``luck`` decides on the rest."""

    name: str
    who: str
    luck: int


def steps(count: int) -> st.SearchStrategy[list[Step]]:
    """Return what draws so many steps; about every third one takes things further."""
    drawn = st.randoms(use_true_random=True)
    return drawn.map(lambda luck: [step(luck.getrandbits(32)) for _ in range(count)])


def step(luck: int) -> Step:
    """Return the step that so much luck comes to."""
    drawn = Random(luck)
    weighed = OTHER | {act.name: act.weight for act in ACTS.values()}
    weighed[PRESS_ON] = sum(weighed.values()) // 2
    [name] = drawn.choices(list(weighed), weights=list(weighed.values()))
    who = FITTING if drawn.random() < FIT else drawn.choice(NAMES)
    return Step(name=name, who=who, luck=luck)


def take(world: World, step: Step) -> None:
    """Take one step; being refused is a fine answer, and whatever happened, all must hold."""
    world.luck = Random(f"{step.luck}, and what follows")
    if step.name in {"look", "open directly"}:
        (look if step.name == "look" else directly)(world)
        return
    if step.name == "write past the rules":
        tamper(world, check=check)
        return
    found = next(_wanted(world), None) if step.name == PRESS_ON else None
    if found:
        name, row, who = found
        attempt(world, ACTS[name], row=row, who=who)
    elif step.name != PRESS_ON:
        for act in (ACTS[step.name], *world.luck.sample(list(ACTS.values()), OTHERS_TRIED)):
            rows = act.among(world)
            fit = [row for row in rows if act.when(row)] if world.happens(FIT) else rows
            if fit:
                row = world.pick(fit)
                attempt(world, act, row=row, who=_who(world, act, row=row, drawn=step.who))
                break
    check(world)


def attempt(world: World, act: Act, *, row: Any, who: str) -> None:
    """Try an act; whoever gets through has the right that it asks for."""
    about = f"{act.name} of {row} by {who}"
    try:
        with transaction.atomic():
            act.do(world, row, world.people[who])
    except Refused as refused:
        world.told.append(f"{about}: {refused.number}")
        world.reach("not permitted" if isinstance(refused, NotPermitted) else "refused by a rule")
        return
    except LetBe:
        return
    world.told.append(f"{about}: done")
    houses = act.of(row)
    proposal = getattr(row, "proposal_id", row.pk)
    is_inside = any(world.belongs(who, each) for each in houses)
    is_inside |= act.name in BY_WRITERS and who in world.memory.insiders.get(proposal, set())
    assert is_inside or not houses, f"{about}: a stranger got through"
    world.reach(f"done: {act.name}")


def _who(world: World, act: Act, *, row: Any, drawn: str) -> str:
    if drawn != FITTING:
        return drawn
    houses = act.of(row)
    fit = [name for each in houses for name in world.who_may(act.right, organisation=each)]
    return world.pick(fit or NAMES)


def _one_of(world: World, right: Right, house: Organisation) -> str:
    return world.pick(world.who_may(right, organisation=house))


def _wanted(world: World) -> Iterator[tuple[str, Any, str]]:
    """Yield what would take things further, beginning anywhere: an act, what it is done to, and by whom."""
    ways = [_with_contracts, _with_proposals, _with_needs]
    world.luck.shuffle(ways)
    for way in ways:
        found = list(way(world))
        world.luck.shuffle(found)
        yield from found


def _with_needs(world: World) -> Iterator[tuple[str, Any, str]]:
    for need in proposing.needs(world):
        buyer = need.commissioner
        sent = Proposal.objects.filter(need=need, state=ProposalState.PROPOSED)
        drafts = Proposal.objects.filter(need=need, state=ProposalState.DRAFT).count()
        if need.state == NeedState.PUBLISHED and drafts + sent.count() < MOST_PROPOSALS:
            house = world.pick([world.cast.provider, world.cast.stranger])
            yield "start_proposal", need, _one_of(world, Right.WRITE, house)
        elif need.state == NeedState.PUBLISHED and not drafts and not world.stays_open(need):
            yield "close_need", need, _one_of(world, Right.WRITE, buyer)
        elif need.state == NeedState.CLOSED and sent:
            decided = IntendedDecision.objects.filter(proposal__in=sent).values("proposal")
            waiting = sent.exclude(pk__in=decided).first()
            act = "intend_decision" if waiting else "decide_need"
            yield act, waiting or need, _one_of(world, Right.WRITE, buyer)
        elif need.proposals.filter(state=ProposalState.STANDSTILL).exists():
            yield "let_time_pass", need, "nia"


def _with_proposals(world: World) -> Iterator[tuple[str, Any, str]]:
    for proposal in proposing.proposals(world):
        takes = proposal.need.state == NeedState.PUBLISHED
        if proposal.state == ProposalState.DRAFT and takes:
            said, writer = world.memory.written[proposal.pk], proposal.provider
            if len(said) < PROMISES:
                yield "add_promise", proposal, _one_of(world, Right.WRITE, writer)
            elif not world.stays_open(proposal.need):
                yield "submit_proposal", proposal, _one_of(world, Right.WRITE, writer)
        elif proposal.state == ProposalState.APPROVED and not hasattr(proposal, "contract"):
            house = proposal.need.commissioner
            yield "draft_contract", proposal, _one_of(world, Right.WRITE, house)


def _with_contracts(world: World) -> Iterator[tuple[str, Any, str]]:
    for contract in binding.contracts(world):
        if contract.state == ContractState.IN_FORCE:
            yield from _with_variations(world, contract)
            continue
        unsettled = Promise.objects.filter(
            proposal=contract.proposal, disposition__isnull=True, is_struck_out=False
        ).first()
        if unsettled:
            buyer = contract.commissioner
            yield "dispose_promise", unsettled, _one_of(world, Right.WRITE, buyer)
            continue
        yield "sign_contract", contract, _signer(world, contract, number=contract.signing_round)


def _signer(world: World, contract: Contract, *, number: int) -> str:
    signed = Signature.objects.filter(contract=contract, signing_round=number)
    held = set(signed.values_list("side", flat=True))
    side = world.pick([side for side in Side if side not in held] or list(Side))
    return _one_of(world, Right.SIGN, contract.party(side))


def _with_variations(world: World, contract: Contract) -> Iterator[tuple[str, Any, str]]:
    held = Variation.objects.filter(contract=contract, state__in=varying.OPEN).first()
    if held is None:
        party = contract.party(world.pick(list(Side)))
        if contract.variations.count() < 3 and not hasattr(contract, "ending"):
            yield "begin_variation", contract, _one_of(world, Right.WRITE, party)
        return
    if held.state == VariationState.DRAFTING:
        act = "propose_variation" if world.memory.changes[held.pk] else "vary_commitment"
        yield act, held, _one_of(world, Right.WRITE, held.proposer)
    else:
        yield "sign_variation", held, _signer(world, contract, number=held.signing_round)
