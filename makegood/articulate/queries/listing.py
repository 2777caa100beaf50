"""Somebody’s own proposals: found, in an order, and what of them waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.articulate.models import Clarification, Proposal, WrittenPart
from makegood.articulate.queries.proposals import proposals_visible_to
from makegood.articulate.queries.writers import written_by
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.states import ClarificationState, ProposalState
from makegood.people.models import Person

UNTOUCHED = timedelta(days=14)
"""So long nobody writes in a draft before its writers are told that it waits."""
CLOSES_SOON = timedelta(days=28)


class Stage(StrEnum):
    """How far a proposal is, as a list is narrowed by it."""

    DRAFTS = "drafts"
    SENT = "sent"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    @property
    def states(self) -> tuple[ProposalState, ...]:
        """Return the states of proposals at this stage."""
        return {
            Stage.DRAFTS: (ProposalState.DRAFT,),
            Stage.SENT: (ProposalState.PROPOSED,),
            Stage.DECIDED: (
                ProposalState.STANDSTILL,
                ProposalState.APPROVED,
                ProposalState.DECLINED,
            ),
            Stage.WITHDRAWN: (ProposalState.WITHDRAWN,),
        }[self]


class ProposalOrder(StrEnum):
    """In which order proposals stand in a list."""

    NEWEST = "newest"
    CLOSING = "closing"
    TITLE = "title"


_ORDERS = {
    ProposalOrder.NEWEST: (F("written_at").desc(), F("pk").desc()),
    ProposalOrder.CLOSING: (F("need__closes_at").asc(nulls_last=True), F("pk").desc()),
    ProposalOrder.TITLE: (F("title").asc(), F("pk").desc()),
}


@dataclass(frozen=True, kw_only=True)
class ProposalsSought:
    """Which proposals are looked for; what is empty narrows nothing."""

    text: str = ""
    stage: str = ""
    order: ProposalOrder = ProposalOrder.NEWEST


def own_proposals(person: Person, *, reach: Reach | None = None) -> QuerySet[Proposal]:
    """Return the proposals of the person’s own organisations, and those they were invited to write."""
    reach = reach or reach_of(person)
    own = reach.rows("provider", programme="need__programme") | written_by(person)
    return with_what_waits(proposals_visible_to(person, reach=reach).filter(own))


def proposals_found(
    proposals: QuerySet[Proposal], *, sought: ProposalsSought
) -> QuerySet[Proposal]:
    """Keep the proposals that answer all that is sought, in its order."""
    for word in sought.text.split():
        proposals = proposals.filter(
            Q(title__icontains=word)
            | Q(need__title__icontains=word)
            | Q(provider__name__icontains=word)
        )
    if sought.stage:
        proposals = proposals.filter(state__in=Stage(sought.stage).states)
    return proposals.order_by(*_ORDERS[sought.order])


def with_what_waits(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Say of each when somebody last wrote in it, ``touched_at``, and whether it ``is_asked``."""
    parts = WrittenPart.objects.filter(proposal=OuterRef("pk")).order_by("-written_at")
    asked = Clarification.objects.filter(proposal=OuterRef("pk"), state=ClarificationState.ASKED)
    return proposals.annotate(
        touched_at=Coalesce(Subquery(parts.values("written_at")[:1]), F("written_at")),
        is_asked=Exists(asked),
    )


def is_left_lying(proposal: Proposal, *, now: datetime) -> bool:
    """Return whether a draft is untouched while its need closes soon; ``with_what_waits`` came first."""
    closes_at, touched_at = proposal.need.closes_at, getattr(proposal, "touched_at", None)
    if proposal.state != ProposalState.DRAFT or closes_at is None or touched_at is None:
        return False
    return now - UNTOUCHED >= touched_at and now < closes_at <= now + CLOSES_SOON
