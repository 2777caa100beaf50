"""What can be done to weigh proposals: set criteria, name a panel, declare interests, and score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate.actions import tell_those_concerned
from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import NeedState, ProposalState
from makegood.contract import rules
from makegood.contract.models import (
    Criterion,
    Interest,
    InterestWords,
    Moderation,
    PanelMember,
    Score,
)
from makegood.contract.permissions import can_decide_need, can_sit, can_weigh
from makegood.contract.queries import criteria_of, proposals_waiting, scores_missing, seat_of
from makegood.kernel.ledger.append import record
from makegood.kernel.refusal import PLAIN, NotPermitted
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class CriterionSaid:
    """One criterion: its name, how much it counts in hundredths, and what it means."""

    name: str
    weight: int
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a member gives by one criterion: points out of five, and a sentence. Half of it may be missing."""

    criterion: Criterion
    points: int | None = None
    words: str = ""


@transaction.atomic
def set_criteria(
    need: Need, *, criteria: Sequence[CriterionSaid], by: Person, now: datetime | None = None
) -> list[Criterion]:
    """Say by what proposals are weighed, before the need closes; it takes the place of what was (CON-45)."""
    now = now or timezone.now()
    can_decide_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    is_open = held.state == NeedState.DRAFT or held.takes_proposals(now=now)
    rules.check_criteria_are_whole(
        names=[each.name for each in criteria],
        weights=[each.weight for each in criteria],
        takes_proposals=is_open,
    )
    stream = held.programme.stream
    for old in criteria_of(held):
        old.is_struck_out = True
        old.save(update_fields=["is_struck_out"])
        record(old, act="strike_out_criterion", stream=stream, by=by, now=now)
    made = []
    for position, said in enumerate(criteria, start=1):
        criterion = Criterion.objects.create(
            need=held,
            position=position,
            name=said.name,
            words=said.words,
            weight=said.weight,
            set_by=by,
            set_at=now,
        )
        record(criterion, act="set_criterion", stream=stream, by=by, now=now)
        made.append(criterion)
    if held.state == NeedState.PUBLISHED:
        words = f"{held.commissioner} said by what it weighs proposals for “{held.title}”. Read it."
        tell_those_concerned(held, words=words, by=by, now=now)
    return made


@transaction.atomic
def name_panel_member(
    need: Need, *, person: Person, by: Person, now: datetime | None = None
) -> PanelMember:
    """Name somebody to weigh the proposals; they declare their interests first (CON-46)."""
    now = now or timezone.now()
    can_decide_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    can_sit(person, need=held).require()
    sent = PanelMember.objects.filter(need=held, sent_at__isnull=False)
    rules.check_panel_is_whole_before_scores(is_any_sent=sent.exists())
    member = PanelMember.objects.create(need=held, person=person, named_by=by, named_at=now)
    record(member, act="name_panel_member", stream=held.programme.stream, by=by, now=now)
    return member


@transaction.atomic
def take_off_panel(member: PanelMember, *, by: Person, now: datetime | None = None) -> PanelMember:
    """Take somebody off a panel; their scores count no more, and stay on the record."""
    now = now or timezone.now()
    can_decide_need(by, need=member.need).require()
    held = PanelMember.objects.select_for_update().get(pk=member.pk)
    if held.left_at is None:
        held.left_at = now
        held.save(update_fields=["left_at"])
        _record(held, need=held.need, act="take_off_panel", by=by, now=now)
    return held


@transaction.atomic
def declare_interest(
    need: Need,
    *,
    has_interest: bool,
    proposal: Proposal | None = None,
    words: str = "",
    by: Person,
    now: datetime | None = None,
) -> Interest:
    """Say whether one has an interest in any of the proposals; who has one weighs none (CON-46)."""
    now = now or timezone.now()
    member = _held(need, by=by)
    rules.check_interest_is_declared_whole(
        is_declared=member.declared is not None,
        has_interest=has_interest,
        names_proposal=proposal is not None and proposal.need_id == need.pk,
        words=words,
    )
    interest = Interest.objects.create(
        member=member,
        has_interest=has_interest,
        proposal=proposal if has_interest else None,
        declared_at=now,
    )
    if has_interest:
        InterestWords.objects.create(interest=interest, words=words)
    _record(interest, need=need, act="declare_interest", by=by, now=now)
    return interest


@transaction.atomic
def keep_scores(
    proposal: Proposal, *, marks: Iterable[Mark], by: Person, now: datetime | None = None
) -> list[Score]:
    """Keep what one gives a proposal, half done or whole; nobody else reads it yet (CON-47)."""
    now = now or timezone.now()
    member = _weighing(proposal.need, by=by, now=now)
    kept = []
    for mark in marks:
        score, _ = Score.objects.update_or_create(
            member=member,
            proposal=proposal,
            criterion=mark.criterion,
            defaults={"points": mark.points, "words": mark.words, "given_at": now},
        )
        _record(score, need=proposal.need, act="keep_score", by=by, now=now)
        kept.append(score)
    return kept


@transaction.atomic
def send_scores(need: Need, *, by: Person, now: datetime | None = None) -> PanelMember:
    """Send one's scores of every proposal; from now on one reads those of the others (CON-47, CON-48)."""
    now = now or timezone.now()
    member = _weighing(need, by=by, now=now)
    missing = scores_missing(
        member, proposals=list(proposals_waiting(need)), criteria=criteria_of(need)
    )
    _check_it_waits(need, missing=missing, now=now)
    member.sent_at = now
    member.save(update_fields=["sent_at"])
    _record(member, need=need, act="send_scores", by=by, now=now)
    return member


@transaction.atomic
def change_score(
    score: Score, *, points: int, reason: str, by: Person, now: datetime | None = None
) -> Moderation:
    """Change a score of one's own after talking about it; what it was stays, with the reason (CON-49)."""
    now = now or timezone.now()
    need = score.proposal.need
    can_weigh(by, need=need).require()
    member = _held(need, by=by)
    held = Score.objects.select_for_update().get(pk=score.pk, member=member)
    rules.check_each_scores_alone(is_sent=member.sent_at is not None, is_reading=True)
    _check_it_waits(need, now=now)
    rules.check_changed_score_says_why(reason=reason, is_same=points == held.points)
    assert held.points is not None  # CON-47: what was sent is whole
    moderation = Moderation.objects.create(
        score=held,
        was=held.points,
        becomes=points,
        reason=reason,
        moderated_by=by,
        moderated_at=now,
    )
    held.points = points
    held.save(update_fields=["points"])
    _record(moderation, need=need, act="change_score", by=by, now=now)
    _record(held, need=need, act="change_score", by=by, now=now)
    return moderation


def _held(need: Need, *, by: Person) -> PanelMember:
    """Return one's own place on the panel, once nobody else can change it."""
    seat = seat_of(by, need=need)
    if seat is None:
        raise NotPermitted(PLAIN, "Only members of the panel do this.")
    return PanelMember.objects.select_for_update().get(pk=seat.pk)


def _weighing(need: Need, *, by: Person, now: datetime) -> PanelMember:
    """Return one's own place, of who may score now and has not sent yet."""
    can_weigh(by, need=need).require()
    member = _held(need, by=by)
    rules.check_each_scores_alone(is_sent=member.sent_at is not None, is_reading=False)
    _check_it_waits(need, now=now)
    return member


def _check_it_waits(need: Need, *, missing: Sequence[str] = (), now: datetime) -> None:
    now_held = Need.objects.get(pk=need.pk)
    rules.check_scores_are_whole(
        is_closed=not now_held.takes_proposals(now=now),
        waits=now_held.proposals.filter(state=ProposalState.PROPOSED).exists(),
        missing=missing,
    )


def _record(
    row: Criterion | PanelMember | Interest | Score | Moderation,
    *,
    need: Need,
    act: str,
    by: Person,
    now: datetime,
) -> None:
    record(row, act=act, stream=need.programme.stream, by=by, now=now)
