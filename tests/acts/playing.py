"""Drawing steps and taking them: anybody tries anything, and most of it comes to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from makegood.articulate.models import Need, Promise, Proposal
from makegood.articulate.states import NeedState, ProposalState
from makegood.contract.models import (
    Challenge,
    Contract,
    Handover,
    IntendedDecision,
    Notice,
    Score,
    Signature,
    Variation,
)
from makegood.contract.queries import indicators_of, is_change_open, panel_of, sides_missing
from makegood.contract.states import (
    OPEN_HANDOVERS,
    ContractState,
    HandoverState,
    NoticeState,
    Side,
    VariationState,
)
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people.models import Organisation
from makegood.people.states import Right
from tests.acts import binding, deciding, handing_over, proposing, varying
from tests.acts.holding import check
from tests.acts.looking import directly, look
from tests.acts.tampering import tamper
from tests.acts.world import ACTS, NAMES, Act, LetBe, World, name_of

ROOMS = (proposing, deciding, binding, varying, handing_over)
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
ASK_THEMSELVES = {
    "start_proposal": "of the provider that is chosen",
    "accept_writing": "of who was asked",
    "end_writing": "of who writes, or the provider",
    "declare_interest": "of the panel",
    "keep_scores": "of the panel",
    "send_scores": "of the panel",
    "change_score": "of the panel",
    "let_time_pass": "nobody's: it is the clock",
}
"""The acts that are no house's: each fails by itself if somebody got through who may not, of whom it says."""
MOST_PROPOSALS, PROMISES = 2, 2


Further = tuple[str, Any, str]
"""What takes things further: an act, what it is done to, and by whom."""


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
    may = any(world.may(who, act.right, organisation=each) for each in houses)
    may |= act.name in BY_WRITERS and who in world.memory.insiders(proposal)
    assert may or act.name in ASK_THEMSELVES, f"{about}: without the right to {act.right}"
    world.reach(f"done: {act.name}")


def _who(world: World, act: Act, *, row: Any, drawn: str) -> str:
    if drawn != FITTING:
        return drawn
    houses = act.of(row)
    fit = [name for each in houses for name in world.who_may(act.right, organisation=each)]
    return world.pick(fit or NAMES)


def _one_of(world: World, right: Right, house: Organisation) -> str:
    return world.pick(world.who_may(right, organisation=house))


def _wanted(world: World) -> Iterator[Further]:
    """Yield what would take things further, beginning anywhere."""
    ways = [_with_contracts, _with_proposals, _with_needs]
    world.luck.shuffle(ways)
    for way in ways:
        found = list(way(world))
        world.luck.shuffle(found)
        yield from found


def _with_needs(world: World) -> Iterator[Further]:
    for need in proposing.needs(world):
        buyer = need.commissioner
        sent = Proposal.objects.filter(need=need, state=ProposalState.PROPOSED)
        drafts = Proposal.objects.filter(need=need, state=ProposalState.DRAFT).count()
        if need.state == NeedState.PUBLISHED and drafts + sent.count() < MOST_PROPOSALS:
            house = world.pick([world.cast.provider, world.cast.stranger])
            yield "start_proposal", need, _one_of(world, Right.WRITE, house)
        elif need.state == NeedState.PUBLISHED and not drafts and not world.stays_open(need):
            close = ("close_need", need, _one_of(world, Right.WRITE, buyer))
            yield from list(_with_panel(world, need)) or [close]
        elif need.state == NeedState.CLOSED and sent:
            if scores := list(_with_scores(world, need)):
                yield from scores
                continue
            decided = IntendedDecision.objects.filter(proposal__in=sent).values("proposal")
            waiting = sent.exclude(pk__in=decided).first()
            act = "intend_decision" if waiting else "decide_need"
            yield act, waiting or need, _one_of(world, Right.WRITE, buyer)
        elif need.proposals.filter(state=ProposalState.STANDSTILL).exists():
            yield from _with_challenges(world, need)
            yield "let_time_pass", need, "nia"


def _with_panel(world: World, need: Need) -> Iterator[Further]:
    """Yield what a need has before it closes, where a panel weighs what is proposed."""
    if need.standstill_days is None:
        return
    seats = {name: has for (of, name), has in world.memory.seats.items() if of == need.pk}
    if not need.criteria.exists():
        yield "set_criteria", need, _one_of(world, Right.WRITE, need.commissioner)
    elif not seats:
        yield "name_panel_member", need, _one_of(world, Right.WRITE, need.commissioner)
    else:
        yield from (("declare_interest", need, name) for name, has in seats.items() if has is None)


def _with_scores(world: World, need: Need) -> Iterator[Further]:
    """Yield what whoever sits on the panel has still to score and send."""
    sent = Proposal.objects.filter(need=need, state=ProposalState.PROPOSED)
    for member in panel_of(need).filter(sent_at=None):
        name = name_of(member.person)
        scored = Score.objects.filter(member=member, points__isnull=False).values("proposal")
        if member.weighs and not proposing.is_rival(world, name, need=need):
            waiting = sent.exclude(pk__in=scored).first()
            yield ("keep_scores", waiting, name) if waiting else ("send_scores", need, name)


def _with_challenges(world: World, need: Need) -> Iterator[Further]:
    """Yield that who was not chosen says something against it, and that it is answered."""
    for open_still in Challenge.objects.filter(standstill__need=need, answered_at=None):
        yield "answer_challenge", open_still, _one_of(world, Right.WRITE, need.commissioner)
    for each in need.proposals.filter(state=ProposalState.DECLINED).order_by("pk"):
        if not Challenge.objects.filter(decision__proposal=each).exists():
            yield "challenge_decision", each, _one_of(world, Right.WRITE, each.provider)


def _with_proposals(world: World) -> Iterator[Further]:
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


def _with_contracts(world: World) -> Iterator[Further]:
    for contract in binding.contracts(world):
        if contract.state == ContractState.IN_FORCE:
            yield from list(_with_notices(world, contract)) or _with_changes(world, contract)
            continue
        unsettled = Promise.objects.filter(
            proposal=contract.proposal, disposition__isnull=True, is_struck_out=False
        ).first()
        if unsettled:
            buyer = contract.commissioner
            yield "dispose_promise", unsettled, _one_of(world, Right.WRITE, buyer)
            continue
        plain = contract.commitments.filter(measure__isnull=False, is_kpi=False).first()
        if plain and contract.state == ContractState.DRAFTING and world.happens(0.7):
            yield "agree_on", plain, _one_of(world, Right.WRITE, contract.commissioner)
            continue
        yield "sign_contract", contract, _signer(world, contract, number=contract.signing_round)


def _signer(world: World, contract: Contract, *, number: int) -> str:
    signed = Signature.objects.filter(contract=contract, signing_round=number)
    held = set(signed.values_list("side", flat=True))
    side = world.pick([side for side in Side if side not in held] or list(Side))
    return _one_of(world, Right.SIGN, contract.party(side))


def _with_variations(world: World, contract: Contract) -> Iterator[Further]:
    held = Variation.objects.filter(contract=contract, state__in=varying.OPEN).first()
    if hasattr(contract, "ending"):
        return
    if held is None:
        party = contract.party(world.pick(list(Side)))
        if contract.variations.count() < 2 and _is_quiet(contract):
            yield "begin_variation", contract, _one_of(world, Right.WRITE, party)
        return
    if held.state == VariationState.DRAFTING:
        act = "propose_variation" if world.memory.changes[held.pk] else "vary_commitment"
        yield act, held, _one_of(world, Right.WRITE, held.proposer)
    else:
        yield "sign_variation", held, _signer(world, contract, number=held.signing_round)


def _with_changes(world: World, contract: Contract) -> Iterator[Further]:
    yield from _with_variations(world, contract)
    yield from _with_handovers(world, contract)
    if _is_quiet(contract):
        party = contract.party(world.pick(list(Side)))
        yield "end_contract", contract, _one_of(world, Right.SIGN, party)


def _is_quiet(contract: Contract) -> bool:
    """Return whether a contract runs, and no change of it is open."""
    return not is_change_open(contract) and not hasattr(contract, "ending")


def _with_handovers(world: World, contract: Contract) -> Iterator[Further]:
    held = Handover.objects.filter(contract=contract, state__in=OPEN_HANDOVERS).first()
    if held is None:
        if contract.taken_over_by:
            yield from _with_evidence(world, contract)
        if contract.handovers.count() < 2 and _is_quiet(contract):
            party = contract.party(world.pick(list(Side)))
            yield "begin_handover", contract, _one_of(world, Right.WRITE, party)
    elif held.state == HandoverState.DRAFTING:
        yield "propose_handover", held, _one_of(world, Right.WRITE, held.proposer)
    elif held.state == HandoverState.SIGNED:
        yield "let_time_pass", contract.proposal.need, "nia"
    else:
        party = held.party(world.pick(sides_missing(held)))
        yield "sign_handover", held, _one_of(world, Right.SIGN, party)


def _with_evidence(world: World, contract: Contract) -> Iterator[Further]:
    """Yield that whoever delivers records something, or whoever did so once."""
    owed = [each for each in handing_over.owed(world) if each.contract_id == contract.pk]
    if owed and world.happens(0.5):
        house = world.pick([contract.provider, contract.promised_by])
        yield "record_evidence", world.pick(owed), _one_of(world, Right.RECORD, house)


def _with_notices(world: World, contract: Contract) -> Iterator[Further]:
    buyer, held = contract.commissioner, Notice.objects.filter(contract=contract).last()
    if held is None:
        if indicators_of(contract).exists():
            yield "begin_notice", contract, _one_of(world, Right.WRITE, buyer)
        return
    unsaid = held.ratings.filter(reason="").first()
    if held.state == NoticeState.DRAFT:
        act = "rate_indicator" if unsaid else "send_notice"
        yield act, unsaid or held, _one_of(world, Right.WRITE, buyer)
    elif held.state == NoticeState.SENT:
        yield "reply_to_notice", held, _one_of(world, Right.ANSWER, contract.provider)
    elif held.state == NoticeState.REPLIED:
        yield "publish_notice", held, _one_of(world, Right.WRITE, buyer)
