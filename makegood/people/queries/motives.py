"""Why organisations are wanted: what one said, and how many say what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from makegood.kernel.period import first_day_of_quarter
from makegood.people.models import MotiveAnswer, NamedMotive, Organisation
from makegood.people.rules import Tally, figures_shown, moment_of_answer, whole_fives
from makegood.people.states import A_YEAR, Moment, Motive


@dataclass(frozen=True, kw_only=True)
class MotiveFigures:
    """How many organisations name one motive; None where it is hidden (PEO-89)."""

    motive: Motive
    start: int | None
    year: int | None
    kept: int | None
    came: int | None
    went: int | None


@dataclass(frozen=True, kw_only=True)
class MotivesTold:
    """What everyone is told of motives, of how many organisations, and until which day they answered."""

    until: date
    at_start: int
    both: int
    rows: list[MotiveFigures]


def motives_said(organisation: Organisation) -> dict[Moment, MotiveAnswer]:
    """Return what ``organisation`` says now of each moment, with the motives."""
    held = MotiveAnswer.objects.filter(organisation=organisation, superseded_at=None)
    found = held.select_related("answered_by").prefetch_related("motives")
    return {Moment(answer.moment): answer for answer in found}


def moment_now(organisation: Organisation, *, today: date) -> Moment:
    """Return of which moment an answer given ``today`` is (PEO-88)."""
    first = MotiveAnswer.objects.filter(organisation=organisation).first()
    first_on = timezone.localdate(first.answered_at) if first else None
    return moment_of_answer(first_on=first_on, today=today)


def motives_due(*, today: date) -> QuerySet[MotiveAnswer]:
    """Return the answers of the start, first given a year ago or more, that have no second yet."""
    turn = timezone.make_aware(datetime.combine(today - A_YEAR, time.max))
    own = MotiveAnswer.objects.filter(organisation=OuterRef("organisation"))
    first = Subquery(own.order_by("answered_at", "pk").values("answered_at")[:1])
    held = MotiveAnswer.objects.filter(moment=Moment.START, superseded_at=None)
    return (
        held.annotate(first_at=first)
        .filter(first_at__lte=turn, organisation__closed_on=None)
        .exclude(Exists(own.filter(moment=Moment.YEAR_AFTER)))
    )


def motives_told(*, today: date) -> MotivesTold:
    """Return how many name each motive, at the start and after a year, nothing of fewer than five.

    As it stood when the quarter began, and of organisations by whole fives: no answer is seen to come.
    """
    turn = timezone.make_aware(datetime.combine(first_day_of_quarter(today), time.min))
    given = MotiveAnswer.objects.filter(answered_at__lt=turn)
    by_moment: dict[str, dict[int, None]] = {moment: {} for moment in Moment}
    for organisation, moment in given.values_list("organisation", "moment"):
        by_moment[moment].setdefault(organisation)
    start = set(whole_fives([*by_moment[Moment.START]]))
    both = set(whole_fives([one for one in by_moment[Moment.YEAR_AFTER] if one in start]))
    stood = Q(answer__superseded_at=None) | Q(answer__superseded_at__gte=turn)
    named = NamedMotive.objects.filter(stood, answer__in=given).order_by()
    says: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = named.values_list("answer__organisation", "answer__moment", "motive")
    for organisation, moment, motive in rows:
        says[moment, motive].add(organisation)
    return MotivesTold(
        until=timezone.localdate(turn) - timedelta(days=1),
        at_start=len(start),
        both=len(both),
        rows=[
            MotiveFigures(
                motive=motive,
                **figures_shown(
                    _tally(
                        says[Moment.START, motive] & start,
                        says[Moment.YEAR_AFTER, motive] & both,
                        start=start,
                        both=both,
                    )
                ),
            )
            for motive in Motive
        ],
    )


def _tally(before: set[int], after: set[int], *, start: set[int], both: set[int]) -> Tally:
    once = start - both
    return Tally(
        kept=len(before & after & both),
        came=len((after - before) & both),
        went=len((before - after) & both),
        neither=len(both - before - after),
        named=len(before & once),
        unnamed=len(once - before),
    )
