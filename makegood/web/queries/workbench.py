"""A programme as the unit that runs it sees it: who is on the way, how far, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from makegood.articulate.models import Aim, Programme, PromiseTag, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Signature
from makegood.contract.states import ContractState
from makegood.people.models import Advice, Person
from makegood.people.states import AdviceState


class Stage(StrEnum):
    """Where a proposal is that was sent, as the pipeline names it."""

    WAITING = "waits for a decision"
    APPROVED = "approved, no contract begun"
    DRAFTING = "contract being drafted"
    SIGNING = "signed by one side"
    IN_FORCE = "in force"
    ENDED = "ended"


UNDECIDED = Q(state__in=(ProposalState.PROPOSED, ProposalState.STANDSTILL)) | Q(
    state=ProposalState.DECLINED,
    decision__standstill__isnull=False,
    decision__standstill__ended_at=None,
)
"""What is not decided, and all that was decided together while it stands still, chosen or not.

Were only one of them to move or to go, everyone here would know who was chosen before it is public.
"""
SENT = UNDECIDED | Q(state=ProposalState.APPROVED)
UNDER_WAY = (Stage.WAITING, Stage.APPROVED, Stage.DRAFTING, Stage.SIGNING)
"""What ought to pass on; a contract in force need not."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """How many proposals are at a stage, and since when the one that waited longest."""

    stage: Stage
    count: int = 0
    since: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Return whether what is at this stage ought to pass on."""
        return self.stage in UNDER_WAY


def with_stage(proposals: QuerySet[Proposal], *, today: date) -> QuerySet[Any]:
    """Add to each proposal that was sent its ``stage``, and ``since`` when it is there."""
    contract = "contract__state"
    is_signed, first = Q(contract__state=ContractState.IN_FORCE), Signature.objects
    signed = first.filter(
        contract__proposal=OuterRef("pk"), signing_round=F("contract__signing_round")
    ).order_by()
    begun, ended = (
        Subquery(signed.values("contract").annotate(at=moment("signed_at")).values("at"))
        for moment in (Min, Max)
    )
    stages = (
        (Stage.ENDED, is_signed & Q(contract__ends_on__lt=today), F("contract__ends_on")),
        (Stage.IN_FORCE, is_signed, ended),
        (Stage.SIGNING, Q(**{contract: ContractState.PART_SIGNED}), begun),
        (Stage.DRAFTING, Q(**{contract: ContractState.DRAFTING}), F("contract__drafted_at")),
        (Stage.APPROVED, Q(state=ProposalState.APPROVED), F("decision__decided_at")),
        (Stage.WAITING, UNDECIDED, F("submitted_at")),
    )
    staged: QuerySet[Any] = proposals.filter(SENT).annotate(
        stage=Case(
            *(When(where, then=Value(stage)) for stage, where, _ in stages),
            output_field=CharField(),
        ),
        since=Coalesce(
            Case(
                *(When(where, then=at) for stage, where, at in stages if stage is not Stage.ENDED),
                output_field=DateTimeField(),
            ),
            F("submitted_at"),
        ),
    )
    return staged


def pipeline(programme: Programme, *, today: date) -> list[Line]:
    """Return how many proposals of ``programme`` are at each stage, the first stage first."""
    staged = with_stage(Proposal.objects.filter(need__programme=programme), today=today)
    rows = staged.order_by().values("stage").annotate(many=Count("pk"), longest=Min("since"))
    found = {row["stage"]: row for row in rows}
    return [
        Line(stage=stage, count=found[stage]["many"], since=found[stage]["longest"])
        if stage in found
        else Line(stage=stage)
        for stage in Stage
    ]


def cases(
    programme: Programme, *, stage: str, text: str, stalled_since: datetime | None, today: date
) -> QuerySet[Any]:
    """Return the proposals of ``programme`` at a stage: what is under way and waited longest first."""
    found = with_stage(Proposal.objects.filter(need__programme=programme), today=today)
    if stage:
        found = found.filter(stage=stage)
    if stalled_since:
        found = found.filter(stage__in=UNDER_WAY, since__lte=stalled_since)
    for word in text.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(provider__name__icontains=word)
            | Q(need__commissioner__name__icontains=word)
        )
    told: QuerySet[Any] = found.select_related(
        "provider", "need__commissioner", "contract"
    ).order_by(Case(When(stage__in=UNDER_WAY, then=Value(0)), default=Value(1)), "since", "code")
    return told


@dataclass(frozen=True, kw_only=True)
class Load:
    """Who advises how many groups for a unit, and since when the first of them."""

    adviser: Person
    groups: int
    since: datetime


def loads(programme: Programme) -> list[Load]:
    """Return the advisers of the unit, those with the most groups first."""
    taken = Advice.objects.filter(unit=programme.run_by_id, state=AdviceState.TAKEN)
    advisers = Person.objects.filter(advises__in=taken).annotate(
        load=Count("advises", filter=Q(advises__in=taken)),
        first_at=Min("advises__taken_at", filter=Q(advises__in=taken)),
    )
    return [
        Load(adviser=each, groups=each.load, since=each.first_at)
        for each in advisers.order_by("-load", "name")
    ]


def groups_waiting(programme: Programme) -> QuerySet[Advice]:
    """Return the groups that asked the unit for an adviser and have none, those waiting longest first."""
    asked = Advice.objects.filter(unit=programme.run_by_id, state=AdviceState.ASKED)
    return asked.select_related("organisation").order_by("asked_at")


def aims_without_promises(programme: Programme) -> Iterable[Aim]:
    """Return the aims of ``programme`` that no promise sent so far names."""
    sent = PromiseTag.objects.filter(
        aim=OuterRef("pk"),
        is_struck_out=False,
        promise__is_struck_out=False,
        promise__proposal__in=Proposal.objects.filter(SENT),
    )
    return Aim.objects.filter(~Exists(sent), programme=programme, ended_at=None)
