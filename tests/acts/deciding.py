"""What can be tried to decide between proposals: weigh them, decide, stand still, challenge."""

from __future__ import annotations

from datetime import timedelta

from makegood.articulate.actions import close_due_needs
from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import NeedState, ProposalState
from makegood.contract import actions
from makegood.contract.actions import CriterionSaid, Told
from makegood.contract.models import Challenge, PanelMember, Score
from makegood.contract.states import Outcome
from makegood.people.models import Person
from tests.acts.proposing import STALE, bought_by, is_proposed, is_rival, needs, proposals
from tests.acts.world import LetBe, World, act, anybodys, buyer_of, name_of, provider_of
from tests.factories.deciding import marks


def members(world: World) -> list[PanelMember]:
    return list(PanelMember.objects.select_related("need__commissioner", "person").order_by("pk"))


def _is_published(need: Need) -> bool:
    return need.state == NeedState.PUBLISHED


def _is_closed(need: Need) -> bool:
    return need.state == NeedState.CLOSED


def _has_panel(need: Need) -> bool:
    return need.panel.exists()


def _stands_still(proposal: Proposal) -> bool:
    standing = proposal.need.proposals.filter(state=ProposalState.STANDSTILL)
    return proposal.state == ProposalState.DECLINED and standing.exists()


@act(needs, of=buyer_of, when=_is_published)
def set_criteria(world: World, need: Need, by: Person) -> None:
    weights = world.mostly((60, 40), odd=(50, 40))
    said = [
        CriterionSaid(name=f"Criterion {place}", weight=weight, words="What it means")
        for place, weight in enumerate(weights)
    ]
    actions.set_criteria(need, criteria=said, by=by, now=world.now)


@act(needs, of=buyer_of, weight=2)
def name_panel_member(world: World, need: Need, by: Person) -> None:
    name = world.pick(["erin", "frank", "hattie", "charlie", "rae", "rae"])
    actions.name_panel_member(need, person=world.people[name], by=by, now=world.now)
    world.memory.seats[need.pk, name] = None


@act(members, of=lambda member: (member.need.commissioner,))
def take_off_panel(world: World, member: PanelMember, by: Person) -> None:
    actions.take_off_panel(member, by=by, now=world.now)
    if member.left_at is None:
        del world.memory.seats[member.need_id, name_of(member.person)]


@act(needs, of=anybodys, weight=2, when=_has_panel)
def declare_interest(world: World, need: Need, by: Person) -> None:
    has_one = world.happens(0.1)
    about = world.pick([*proposals(world), None])
    words = world.pick(["My sister works there", ""]) if has_one else ""
    actions.declare_interest(
        need, has_interest=has_one, proposal=about, words=words, by=by, now=world.now
    )
    key = (need.pk, name_of(by))
    assert key in world.memory.seats, f"{key} declares without a seat"
    world.memory.seats[key] = has_one


def _weighs(world: World, by: Person, *, need: Need) -> None:
    """Fail unless somebody sits on the panel, has no interest, and is no rival."""
    name = name_of(by)
    assert world.memory.seats.get((need.pk, name)) is False, f"{name} scores without a seat"
    assert not is_rival(world, name, need=need), f"{name} scores a rival"


@act(proposals, of=anybodys, weight=2)
def keep_scores(world: World, proposal: Proposal, by: Person) -> None:
    points = world.pick([0, 3, 5, None])
    given = marks(proposal.need, points=points)
    actions.keep_scores(proposal, marks=given, by=by, now=world.now)
    _weighs(world, by, need=proposal.need)


@act(needs, of=anybodys, when=_is_closed)
def send_scores(world: World, need: Need, by: Person) -> None:
    actions.send_scores(need, by=by, now=world.now)
    _weighs(world, by, need=need)
    world.reach("scores sent")


@act(lambda world: list(Score.objects.order_by("pk")), of=anybodys)
def change_score(world: World, score: Score, by: Person) -> None:
    if score.member.person_id != by.pk:
        raise LetBe  # nobody is shown a form for a score of another's
    actions.change_score(score, points=4, reason="We talked", by=by, now=world.now)
    _weighs(world, by, need=score.proposal.need)


@act(proposals, of=bought_by, weight=2, when=is_proposed)
def intend_decision(world: World, proposal: Proposal, by: Person) -> None:
    is_chosen = world.happens(0.6)
    told = Told(
        outcome=Outcome.APPROVED if is_chosen else Outcome.DECLINED,
        reasons=world.mostly("It promises the most", "Others promise less", odd=""),
        strengths="You know the valley",
        better="A figure for each promise",
    )
    actions.intend_decision(proposal, told=told, by=by, now=world.now)


@act(needs, of=buyer_of, weight=2, when=_is_closed)
def decide_need(world: World, need: Need, by: Person) -> None:
    read = world.pick([None, None, None, STALE])
    if actions.decide_need(need, read_as=read, by=by, now=world.now):
        world.reach("proposals decided together")


@act(proposals, of=bought_by)
def decide_proposal(world: World, proposal: Proposal, by: Person) -> None:
    outcome = world.pick([Outcome.APPROVED, Outcome.APPROVED, Outcome.DECLINED])
    actions.decide_proposal(proposal, outcome=outcome, reasons="So it is", by=by, now=world.now)


@act(proposals, of=provider_of, weight=3, when=_stands_still)
def challenge_decision(world: World, proposal: Proposal, by: Person) -> None:
    actions.challenge_decision(proposal, words="The need says otherwise", by=by, now=world.now)
    world.reach("a decision challenged")


@act(
    lambda world: list(Challenge.objects.select_related("standstill__need").order_by("pk")),
    of=lambda challenge: (challenge.standstill.need.commissioner,),
    weight=2,
)
def answer_challenge(world: World, challenge: Challenge, by: Person) -> None:
    upheld = world.happens(0.3)
    actions.answer_challenge(
        challenge, answer="We read it again", is_upheld=upheld, by=by, now=world.now
    )


@act(needs, of=anybodys, weight=2)
def let_time_pass(world: World, need: Need, by: Person) -> None:
    world.now += timedelta(days=world.pick([1, 20]))
    close_due_needs(now=world.now)
    actions.begin_due_handovers(now=world.now)
    world.let_handovers_count()
    if actions.end_due_standstills(now=world.now):
        world.reach("a standstill over")
