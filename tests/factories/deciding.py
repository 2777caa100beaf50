"""Proposals of two providers for one need, as far as their decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    close_need,
    publish_need,
    start_programme,
    start_proposal,
    submit_proposal,
    write_need,
)
from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import HowKnown
from makegood.contract.actions import (
    CriterionSaid,
    Mark,
    Told,
    challenge_decision,
    decide_need,
    declare_interest,
    intend_decision,
    keep_scores,
    name_panel_member,
    send_scores,
    set_criteria,
    take_off_panel,
)
from makegood.contract.models import Challenge
from makegood.contract.queries import criteria_of
from makegood.contract.states import Outcome
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.loop import DUE_ON, STARTS_ON

CHOSEN = Told(outcome=Outcome.APPROVED, reasons="It promises the most, and says how")
NOT_CHOSEN = Told(
    outcome=Outcome.DECLINED,
    reasons="The other promises more",
    strengths="You know the valley",
    better="A figure for each promise",
)


@dataclass(frozen=True, kw_only=True)
class Contest:
    """A need that several proposals answer: Alice’s is the best, Charlie’s another."""

    need: Need
    proposals: list[Proposal]

    @property
    def best(self) -> Proposal:
        return self.proposals[0]

    @property
    def other(self) -> Proposal:
        return self.proposals[1]


def a_contest(
    cast: Cast, *, days: int | None = 8, proposals: int = 2, is_closed: bool = True
) -> Contest:
    """Return a closed need with proposals of Alice’s and Charlie’s that wait for a decision."""
    count = Need.objects.count()
    programme = start_programme(
        name=f"Contest {count}", summary="", run_by=cast.support_unit, by=cast.frank
    )
    need = write_need(
        programme=programme,
        commissioner=cast.commissioner,
        title=f"Care in valley {count}",
        description="Care",
        alternative="None",
        standstill_days=days,
        by=cast.erin,
    )
    publish_need(need, by=cast.erin)
    need = Need.objects.get(pk=need.pk)
    by = ((cast.provider, cast.alice), (cast.stranger, cast.charlie))
    made = [
        proposed(need, title=f"Care by {provider}", provider=provider, by=person)
        for provider, person in by[:proposals]
    ]
    if is_closed:
        close_need(need, by=cast.erin)
    return Contest(need=Need.objects.get(pk=need.pk), proposals=made)


def proposed(need: Need, *, title: str, provider: Organisation, by: Person) -> Proposal:
    proposal = start_proposal(need=need, provider=provider, title=title, summary="A team", by=by)
    terms = PromiseTerms(
        for_whom="people in the valley",
        what_changes="they know who comes",
        starts_on=STARTS_ON,
        due_on=DUE_ON,
        why_believed="Small teams did it elsewhere",
        how_known=HowKnown.STORIES,
    )
    add_promise(proposal, terms=terms, by=by)
    return submit_proposal(proposal, by=by)


def an_intended_contest(cast: Cast, **kind: object) -> Contest:
    """Return a contest in which it is written what is to be decided on each proposal."""
    contest = a_contest(cast, **kind)  # type: ignore[arg-type]
    intend_decision(contest.best, told=CHOSEN, by=cast.erin)
    intend_decision(contest.other, told=NOT_CHOSEN, by=cast.erin)
    return contest


def a_decided_contest(cast: Cast, *, now: datetime | None = None, days: int | None = 8) -> Contest:
    """Return a contest in which all were told."""
    contest = an_intended_contest(cast, days=days)
    decide_need(contest.need, by=cast.erin, now=now)
    proposals = [Proposal.objects.get(pk=each.pk) for each in contest.proposals]
    return Contest(need=contest.need, proposals=proposals)


def a_challenge(cast: Cast, *, now: datetime | None = None) -> Challenge:
    """Return what Charlie says against a decision."""
    contest = a_decided_contest(cast, now=now)
    words = "The need says nothing of figures"
    return challenge_decision(contest.other, words=words, by=cast.charlie, now=now)


@dataclass(frozen=True, kw_only=True)
class Seats:
    """A contest whose need has two criteria, and the two who weigh its proposals."""

    contest: Contest
    first: Person
    second: Person


def a_panel(cast: Cast, *, declares: bool = True) -> Seats:
    """Return a contest with a panel: Erin, and Frank, who reviews in the programme."""
    contest = a_contest(cast, is_closed=False)
    said = [
        CriterionSaid(name="What changes for people", weight=60),
        CriterionSaid(name="How sure it is", weight=40, words="Why the promises are believed"),
    ]
    set_criteria(contest.need, criteria=said, by=cast.erin)
    close_need(contest.need, by=cast.erin)
    contest = Contest(need=Need.objects.get(pk=contest.need.pk), proposals=contest.proposals)
    if not Membership.objects.filter(person=cast.frank, role=Role.REVIEWER).exists():
        join(cast.support_unit, person=cast.frank, role=Role.REVIEWER, by=cast.frank)
    for person in (cast.erin, cast.frank):
        name_panel_member(contest.need, person=person, by=cast.erin)
        if declares:
            declare_interest(contest.need, has_interest=False, by=person)
    return Seats(contest=contest, first=cast.erin, second=cast.frank)


def marks(need: Need, *, points: int | None = 3, words: str = "As it says") -> list[Mark]:
    """Return the same points by every criterion."""
    return [Mark(criterion=each, points=points, words=words) for each in criteria_of(need)]


def a_scored_contest(cast: Cast) -> Seats:
    """Return a contest of which both members of the panel scored all, and sent nothing."""
    seats = a_panel(cast)
    for person, points in ((seats.first, 4), (seats.second, 2)):
        for proposal in seats.contest.proposals:
            keep_scores(proposal, marks=marks(seats.contest.need, points=points), by=person)
    return seats


def a_weighed_contest(cast: Cast) -> Seats:
    """Return a contest of which both members of the panel sent their scores."""
    seats = a_scored_contest(cast)
    for person in (seats.first, seats.second):
        send_scores(seats.contest.need, by=person)
    return seats


def _challenge(cast: Cast) -> dict[str, object]:
    held = a_challenge(cast)
    return {"reference": held.standstill.need.reference, "challenge": held.public_id}


def _intended(cast: Cast) -> dict[str, object]:
    contest = an_intended_contest(cast)
    return {"reference": contest.need.reference, "code": contest.best.code}


def _panel(cast: Cast) -> dict[str, object]:
    """Return a panel to which one more may be named."""
    join(
        cast.commissioner,
        person=newcomer(f"perry-{Need.objects.count()}"),
        role=Role.READER,
        by=cast.erin,
    )
    return {"reference": a_panel(cast).contest.need.reference}


def _member(cast: Cast) -> dict[str, object]:
    need = a_panel(cast).contest.need
    return {"reference": need.reference, "member": need.panel.order_by("pk")[1].public_id}


def _weighing(cast: Cast) -> dict[str, object]:
    contest = a_panel(cast).contest
    return {"reference": contest.need.reference, "code": contest.best.code}


def _weighed_by_one(cast: Cast) -> dict[str, object]:
    """Return a contest whose scores only those who decide and auditors read."""
    seats = a_weighed_contest(cast)
    need = seats.contest.need
    take_off_panel(need.panel.get(person=seats.second), by=seats.first)
    return {"reference": need.reference}


def _weighed(cast: Cast) -> dict[str, object]:
    contest = a_weighed_contest(cast).contest
    return {"reference": contest.need.reference, "code": contest.best.code}


DECIDING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "contest": lambda cast: {"reference": an_intended_contest(cast).need.reference},
    "contested": _intended,
    "not-chosen": lambda cast: {"code": a_decided_contest(cast).other.code},
    "challenge": _challenge,
    "open-contest": lambda cast: {"reference": a_contest(cast, is_closed=False).need.reference},
    "panel": _panel,
    "undeclared": lambda cast: {"reference": a_panel(cast, declares=False).contest.need.reference},
    "panel-member": _member,
    "weighing": _weighing,
    "scored": lambda cast: {"reference": a_scored_contest(cast).contest.need.reference},
    "weighed": _weighed_by_one,
    "score": lambda cast: _weighed(cast) | {"position": 1},
}
"""Examples of addresses about a decision between proposals."""
