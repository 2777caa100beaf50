"""A need of the example that three answered: a panel weighed them, one was chosen, the standstill is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from makegood.articulate import actions as articulate
from makegood.articulate.models import Need, Programme, Proposal
from makegood.articulate.states import HowKnown
from makegood.contract import actions as contracts
from makegood.contract.models import Criterion, Score
from makegood.contract.states import Outcome
from makegood.kernel.period import add_months, first_day
from makegood.measures.models import Measure
from makegood.web.demo.cast import Cast

CRITERIA = (
    contracts.CriterionSaid(
        name="What changes for people",
        weight=50,
        words="How much better than what happens otherwise, and for whom.",
    ),
    contracts.CriterionSaid(
        name="How sure it is", weight=30, words="Why the promises are to be believed."
    ),
    contracts.CriterionSaid(
        name="Who decides", weight=20, words="How people who are visited decide with you."
    ),
)


@dataclass(frozen=True, kw_only=True)
class Bid:
    """One proposal: who makes it, what it promises, and what each of the two gave by each criterion."""

    provider: str
    title: str
    summary: str
    target: float
    why: str
    points: tuple[tuple[int, int, int], tuple[int, int, int]]
    feedback: tuple[str, str, str] = ("", "", "")


BIDS = (
    Bid(
        provider="silver",
        title="An hour that is yours",
        summary="Older people visit older people, two visits a week, the same person each time.",
        target=205.0,
        why="We have done it in four villages for six years.",
        points=((5, 4, 5), (4, 4, 5)),
    ),
    Bid(
        provider="harbour",
        title="Company and movement",
        summary="Therapists and volunteers visit together and leave exercises to do.",
        target=190.0,
        why="Exercise keeps people steady, and the visits keep them at it.",
        points=((4, 4, 3), (4, 3, 3)),
        feedback=(
            "More hours than now, though fewer than in the proposal we chose.",
            "The evidence on exercise is strong. That on company was left out.",
            "People are asked each year. We looked for a say in between.",
        ),
    ),
    Bid(
        provider="tees",
        title="Visits after reablement",
        summary="Our helpers go on visiting once the six weeks at home are over.",
        target=175.0,
        why="People tell us that the seventh week is the loneliest.",
        points=((4, 2, 2), (1, 2, 2)),
        feedback=(
            "A good bridge for those who leave your service. Others were left out.",
            "One reason was given. A figure from your own service would have helped.",
            "Nobody who is visited decides with you yet. Say how they could.",
        ),
    ),
)
At = Callable[[int, int], datetime]
"""Returns nine in the morning, so many months before this month, so many days later."""


def decide_between_three(
    cast: Cast, *, programme: Programme, measure: Measure, today: date, at: At
) -> None:
    """Let a health board ask, three answer, a panel weigh, and the board decide and wait."""
    erin, frank, bob = (cast.people[name] for name in ("Erin", "Frank", "Bob"))
    need = _ask(cast, programme=programme, now=at(7, 0))
    bids = [
        (bid, _answer(bid, need=need, cast=cast, measure=measure, today=today, now=at(6, 0)))
        for bid in BIDS
    ]
    articulate.close_need(need, by=erin, now=at(5, 0))
    need.refresh_from_db()
    for person in (erin, frank, bob):
        contracts.name_panel_member(need, person=person, by=erin, now=at(5, 1))
    for person in (erin, frank):
        contracts.declare_interest(need, has_interest=False, by=person, now=at(5, 2))
    silver = bids[0][1]
    words = "My mother is one of their visitors."
    contracts.declare_interest(
        need, has_interest=True, proposal=silver, words=words, by=bob, now=at(5, 2)
    )
    criteria = list(need.criteria.filter(is_struck_out=False).order_by("position"))
    for place, person in enumerate((erin, frank)):
        for bid, proposal in bids:
            given = _marks(bid.points[place], criteria=criteria)
            contracts.keep_scores(proposal, marks=given, by=person, now=at(5, 6))
        contracts.send_scores(need, by=person, now=at(5, 8))
    tees = Score.objects.get(member__person=frank, proposal=bids[2][1], criterion=criteria[0])
    reason = "I had read it as for their own patients alone. It is open to some others."
    contracts.change_score(tees, points=2, reason=reason, by=frank, now=at(5, 10))
    for bid, proposal in bids:
        told = _told(bid, criteria=criteria)
        contracts.intend_decision(proposal, told=told, by=erin, now=at(5, 12))
    contracts.decide_need(need, by=erin, now=at(3, 6))
    contracts.end_due_standstills(now=at(2, 0))


def _ask(cast: Cast, *, programme: Programme, now: datetime) -> Need:
    erin = cast.owner("dales")
    need = articulate.write_need(
        programme=programme,
        commissioner=cast.organisations["dales"],
        title="Someone to talk to",
        description="Visits to people over 75 who live alone in the upper dale.",
        alternative="A telephone line on weekdays. Few ring it.",
        standstill_days=8,
        by=erin,
        now=now,
    )
    contracts.set_criteria(need, criteria=CRITERIA, by=erin, now=now)
    articulate.publish_need(need, by=erin, now=now + timedelta(hours=1))
    need.refresh_from_db()
    return need


def _answer(
    bid: Bid, *, need: Need, cast: Cast, measure: Measure, today: date, now: datetime
) -> Proposal:
    owner = cast.owner(bid.provider)
    proposal = articulate.start_proposal(
        need=need,
        provider=cast.organisations[bid.provider],
        title=bid.title,
        summary=bid.summary,
        by=owner,
        now=now,
    )
    start = add_months(first_day(today), 3)
    terms = articulate.PromiseTerms(
        for_whom="people over 75 who live alone",
        what_changes="neighbours give more hours to visit them",
        starts_on=start,
        due_on=add_months(start, 24),
        why_believed=bid.why,
        how_known=HowKnown.BOTH,
        measure=measure,
        baseline=140.0,
        alternative=150.0,
        target=bid.target,
    )
    articulate.add_promise(proposal, terms=terms, by=owner, now=now)
    return articulate.submit_proposal(proposal, by=owner, now=now + timedelta(days=20))


def _marks(points: tuple[int, int, int], *, criteria: list[Criterion]) -> list[contracts.Mark]:
    said = (
        "says nothing of it", "hardly says it", "says some of it", "says most of it",
        "says it clearly", "says more than we asked",
    )  # fmt: skip
    return [
        contracts.Mark(criterion=criterion, points=given, words=f"The proposal {said[given]}.")
        for criterion, given in zip(criteria, points, strict=True)
    ]


def _told(bid: Bid, *, criteria: list[Criterion]) -> contracts.Told:
    if not any(bid.feedback):
        reasons = "It promises the most hours, by people who have done it for years."
        return contracts.Told(outcome=Outcome.APPROVED, reasons=reasons)
    names = [criterion.name for criterion in criteria]
    return contracts.Told(
        outcome=Outcome.DECLINED,
        reasons="Another proposal promises more, and the panel found it surer.",
        by_criterion=list(zip(names, bid.feedback, strict=True)),
    )
