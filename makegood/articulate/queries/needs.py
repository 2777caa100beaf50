"""Which needs can be seen, and by whom; what is said and asked of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from makegood.articulate.models import (
    MeasuredAlternative,
    Need,
    NeedInvitation,
    NeedVersion,
    Programme,
    Proposal,
    Question,
)
from makegood.articulate.reach import Reach, reach_of
from makegood.articulate.states import UNREAD, NeedState, ProposalState, QuestionState
from makegood.people.models import Area, Organisation, Person
from makegood.people.queries import working_in

SOON = timedelta(days=14)
"""How near a closing time is when it is said to be soon."""


class Standing(StrEnum):
    """How a need stands, as a list is narrowed by it."""

    OPEN = "open"
    SOON = "closing soon"
    CLOSED = "closed"


class NeedOrder(StrEnum):
    """In which order needs stand in a list."""

    NEWEST = "newest"
    CLOSING = "closing"
    TITLE = "title"


_ORDERS = {
    NeedOrder.NEWEST: (F("published_at").desc(nulls_first=True), F("pk").desc()),
    NeedOrder.CLOSING: (F("closes_at").asc(nulls_last=True), F("pk").desc()),
    NeedOrder.TITLE: (F("title").asc(), F("pk").desc()),
}


@dataclass(frozen=True, kw_only=True)
class NeedsSought:
    """Which needs are looked for; what is empty narrows nothing."""

    text: str = ""
    standing: str = ""
    programme: Programme | None = None
    commissioner: Organisation | None = None
    area: Area | None = None
    order: NeedOrder = NeedOrder.NEWEST


def needs_open_at(commissioner: Organisation) -> QuerySet[Need]:
    """Return the needs of ``commissioner`` that are written or take proposals."""
    standing = (NeedState.DRAFT, NeedState.PUBLISHED)
    return Need.objects.filter(commissioner=commissioner, state__in=standing)


def needs_called(title: str, *, programme: Programme, commissioner: Organisation) -> QuerySet[Need]:
    """Return the needs of ``commissioner`` in a programme by this title; not what was thrown away."""
    found = Need.objects.filter(programme=programme, commissioner=commissioner, title=title)
    return found.exclude(state=NeedState.DISCARDED)


def needs_visible_to(person: Person | None, *, reach: Reach | None = None) -> QuerySet[Need]:
    """Return the published needs, and the drafts of the person's own organisations.

    What was thrown away nobody sees.

    ``reach`` is theirs, where it was asked for already; so in every ``…_visible_to``.
    """
    own = (reach or reach_of(person)).rows("commissioner", programme="programme")
    seen = ~Q(state__in=UNREAD) | (Q(state=NeedState.DRAFT) & own)
    return Need.objects.filter(seen).select_related("commissioner", "programme")


def needs_found(needs: QuerySet[Need], *, sought: NeedsSought, now: datetime) -> QuerySet[Need]:
    """Keep the needs that answer all that is sought, in its order."""
    needs = needs_matching(needs, text=sought.text)
    is_over = Q(closes_at__lte=now)
    if sought.standing == Standing.CLOSED:
        needs = needs.filter(Q(state=NeedState.CLOSED) | Q(is_over, state=NeedState.PUBLISHED))
    elif sought.standing:
        needs = needs.filter(state=NeedState.PUBLISHED).exclude(is_over)
    if sought.standing == Standing.SOON:
        needs = needs.filter(closes_at__lte=now + SOON)
    if sought.programme:
        needs = needs.filter(programme=sought.programme)
    if sought.commissioner:
        needs = needs.filter(commissioner=sought.commissioner)
    if sought.area:
        needs = needs.filter(commissioner__in=working_in(sought.area))
    return needs.order_by(*_ORDERS[sought.order])


def needs_matching(needs: QuerySet[Need], *, text: str) -> QuerySet[Need]:
    """Keep the needs whose title, description or commissioner holds every word of ``text``."""
    for word in text.split():
        needs = needs.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(commissioner__name__icontains=word)
        )
    return needs


def needs_to_close(*, now: datetime) -> QuerySet[Need]:
    """Return the published needs whose closing time has come."""
    return Need.objects.filter(state=NeedState.PUBLISHED, closes_at__lte=now)


def buyers() -> QuerySet[Organisation]:
    """Return the commissioners that published a need."""
    published = Need.objects.exclude(state__in=UNREAD)
    return Organisation.objects.filter(pk__in=published.values("commissioner"))


def measured_of(need: Need) -> QuerySet[MeasuredAlternative]:
    """Return how the alternative to ``need`` does, by measure, as it stands."""
    held = need.measured.filter(is_struck_out=False)
    return held.select_related("measure", "series__measure").order_by("measure__name")


def versions_of_need(need: Need) -> QuerySet[NeedVersion]:
    """Return what ``need`` said since it was published, the newest version first."""
    return need.versions.order_by("-number")


def questions_of(need: Need) -> QuerySet[Question]:
    """Return what was asked about ``need``, the first question first; who asked is not among it."""
    return need.questions.all()


def needs_waiting(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Return the drafts among ``needs``, and those of which questions wait, with how many: ``waiting``."""
    waiting = Count("questions", filter=Q(questions__state=QuestionState.ASKED))
    return needs.annotate(waiting=waiting).filter(Q(state=NeedState.DRAFT) | Q(waiting__gt=0))


def invitations_to_answer(need: Need) -> QuerySet[NeedInvitation]:
    """Return who was invited to answer ``need``, those withdrawn too, in the order they were."""
    return need.invitations.select_related("organisation", "addressee")


def invited_to_answer(need: Need) -> QuerySet[NeedInvitation]:
    """Return the invitations to answer ``need`` that stand."""
    return invitations_to_answer(need).filter(withdrawn_at=None)


def is_invited(person: Person | None, *, need: Need, provider: Organisation) -> bool:
    """Return whether ``provider`` is invited to answer ``need``, or ``person`` was by e-mail."""
    told = Q(organisation=provider)
    if person is not None:
        told |= Q(addressee__email__in=[each.lower() for each in person.addresses])
    return invited_to_answer(need).filter(told).exists()


def providers_concerned(need: Need) -> QuerySet[Organisation]:
    """Return who is invited to answer ``need``, or writes or made a proposal that still stands."""
    writing = Proposal.objects.filter(
        need=need, state__in=(ProposalState.DRAFT, ProposalState.PROPOSED)
    )
    invited = invited_to_answer(need).filter(organisation__isnull=False)
    either = Q(pk__in=writing.values("provider")) | Q(pk__in=invited.values("organisation"))
    return Organisation.objects.filter(either)
