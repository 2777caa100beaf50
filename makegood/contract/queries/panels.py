"""Who weighs the proposals for a need, by what, and how far their scores lie apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Criterion, PanelMember, Score
from makegood.contract.seats import needs_answered_by
from makegood.people.models import Person

FAR_APART = 2
"""From so many points between the lowest and the highest, a panel should talk."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What every member of the panel that sent scores gave one proposal by one criterion."""

    criterion: Criterion
    scores: Sequence[Score]

    @property
    def points(self) -> list[int]:
        """Return the points that were given, the lowest first."""
        return sorted(score.points for score in self.scores if score.points is not None)

    @property
    def spread(self) -> int:
        """Return how many points lie between the lowest and the highest."""
        return self.points[-1] - self.points[0] if self.points else 0

    @property
    def is_far_apart(self) -> bool:
        """Return whether the panel disagrees so much that it should talk."""
        return self.spread >= FAR_APART

    @property
    def mean(self) -> float | None:
        """Return the mean of the points; None where nobody scored."""
        return sum(self.points) / len(self.points) if self.points else None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One proposal as the whole panel sees it, criterion by criterion."""

    proposal: Proposal
    rows: Sequence[Row]

    @property
    def totals(self) -> list[float]:
        """Return each member's weighted points out of five, the lowest first."""
        by_member: dict[int, float] = defaultdict(float)
        for row in self.rows:
            for score in row.scores:
                by_member[score.member_id] += (score.points or 0) * row.criterion.weight / 100
        return sorted(by_member.values())

    @property
    def highest(self) -> float | None:
        """Return the highest of the weighted points; None where nobody scored."""
        return self.totals[-1] if self.totals else None

    @property
    def mean(self) -> float | None:
        """Return the mean of the weighted points; None where nobody scored."""
        return sum(self.totals) / len(self.totals) if self.totals else None


def criteria_of(need: Need) -> QuerySet[Criterion]:
    """Return by what the proposals for ``need`` are weighed."""
    return need.criteria.filter(is_struck_out=False).order_by("position")


def proposals_weighed(need: Need) -> list[Proposal]:
    """Return the proposals for ``need`` that were sent and not taken back, by title."""
    unsent = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
    found = Proposal.objects.filter(need=need).exclude(state__in=unsent)
    return list(found.select_related("provider").order_by("title", "code"))


def scores_by(member: PanelMember) -> QuerySet[Score]:
    """Return what ``member`` gave so far."""
    return member.scores.select_related("criterion", "proposal").filter(
        criterion__is_struck_out=False
    )


def scores_missing(
    member: PanelMember, *, proposals: Sequence[Proposal], criteria: Iterable[Criterion]
) -> list[str]:
    """Return for which proposals points or a sentence by any of ``criteria`` are missing, by title."""
    wanted = {criterion.pk for criterion in criteria}
    given: dict[int, set[int]] = defaultdict(set)
    for score in scores_by(member):
        if score.points is not None and score.words.strip():
            given[score.proposal_id].add(score.criterion_id)
    return [str(each) for each in proposals if wanted - given[each.pk]]


def sheets_of(
    need: Need, *, proposals: Sequence[Proposal], has_changes: bool = True
) -> list[Sheet]:
    """Return what the panel gave each of ``proposals``: of members who sent theirs alone.

    ``has_changes`` asks how scores were changed besides.
    """
    if not proposals:
        return []
    sent = Score.objects.filter(
        proposal__in=proposals,
        member__sent_at__isnull=False,
        member__interest__has_interest=False,
        member__left_at=None,
    )
    found: dict[tuple[int, int], list[Score]] = defaultdict(list)
    rows = sent.select_related("member__person")
    if has_changes:
        rows = rows.prefetch_related("moderations")
    for score in rows.order_by("member__named_at", "member_id"):
        found[score.proposal_id, score.criterion_id].append(score)
    criteria = list(criteria_of(need))
    return [
        Sheet(
            proposal=proposal,
            rows=[Row(criterion=one, scores=found[proposal.pk, one.pk]) for one in criteria],
        )
        for proposal in proposals
    ]


def needs_weighed_by(person: Person) -> QuerySet[PanelMember, dict[str, int]]:
    """Return the keys of the needs whose proposals ``person`` weighs, who has no interest in any.

    Not those that an organisation of theirs answers, be it only with a draft.
    """
    seats = PanelMember.objects.filter(person=person, left_at=None, interest__has_interest=False)
    return seats.exclude(need__in=needs_answered_by(person)).values("need")  # type: ignore[return-value]


def seats_held(person: Person) -> QuerySet[PanelMember]:
    """Return where ``person`` sits on a panel whose proposals wait, each with how many others still score.

    That is ``others_scoring``.
    """
    waits = Proposal.objects.filter(need=OuterRef("need"), state=ProposalState.PROPOSED)
    others = Q(need__panel__left_at=None, need__panel__sent_at=None) & ~Q(
        need__panel__interest__has_interest=True
    )
    found = PanelMember.objects.filter(Exists(waits), person=person, left_at=None)
    found = found.annotate(others_scoring=Count("need__panel", filter=others))
    return found.select_related("need__commissioner", "interest")
