"""Who sits on the panel of a need, and who may: what permissions and queries both ask."""

from django.db.models import Q, QuerySet

from makegood.articulate.models import Need, ProgrammeRole, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Interest, PanelMember
from makegood.people.models import Membership, Person
from makegood.people.states import Right


def panel_of(need: Need) -> QuerySet[PanelMember]:
    """Return who weighs the proposals for ``need``."""
    found = need.panel.filter(left_at=None).select_related("person", "interest__proposal")
    return found.order_by("named_at", "pk")


def seat_of(person: Person | None, *, need: Need) -> PanelMember | None:
    """Return the place of ``person`` on the panel of ``need``; None where they have none."""
    return panel_of(need).filter(person=person).first() if person else None


def people_who_may_sit(need: Need) -> QuerySet[Person]:
    """Return who may be named to the panel: members of the commissioner, and reviewers in the programme.

    Not those who belong to a provider that proposes, have declared an interest, or sit there already.
    """
    narrowed = ProgrammeRole.objects.filter(ended_at=None, membership__isnull=False)
    elsewhere = narrowed.exclude(
        membership__in=narrowed.filter(programme=need.programme_id).values("membership")
    )
    current = Membership.objects.current().exclude(pk__in=elsewhere.values("membership"))
    able = Q(pk__in=current.filter(organisation=need.commissioner_id).values("person"))
    able |= Q(pk__in=current.carrying(Right.REVIEW).values("person"))
    interested = Interest.objects.filter(member__need=need, has_interest=True)
    found = Person.objects.filter(able, is_active=True).exclude(pk__in=rivals_in(need))
    found = found.exclude(pk__in=interested.values("member__person"))
    return found.exclude(pk__in=panel_of(need).values("person")).order_by("name")


def rivals_in(need: Need) -> QuerySet[Membership, dict[str, int]]:
    """Return the keys of those who belong to a provider that sent a proposal for ``need``.

    Who only writes one is not among them: that somebody does is their own affair until they send it.
    """
    unsent = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
    sent = Proposal.objects.filter(need=need).exclude(state__in=unsent)
    inside = Membership.objects.current().filter(organisation__in=sent.values("provider"))
    return inside.values("person")  # type: ignore[return-value]


def is_rival(person: Person | None, *, need: Need) -> bool:
    """Return whether ``person`` belongs to a provider that writes or sent a proposal for ``need``."""
    return person is not None and needs_answered_by(person).filter(need=need).exists()


def needs_answered_by(person: Person) -> QuerySet[Proposal, dict[str, int]]:
    """Return the keys of the needs for which an organisation of ``person`` writes or sent a proposal."""
    own = Membership.objects.current().filter(person=person)
    made = Proposal.objects.filter(provider__in=own.values("organisation"))
    return made.exclude(state=ProposalState.WITHDRAWN).values("need")  # type: ignore[return-value]


def has_interest(person: Person | None, *, need: Need) -> bool:
    """Return whether ``person`` ever declared an interest in a proposal for ``need``."""
    declared = Interest.objects.filter(member__need=need, has_interest=True)
    return person is not None and declared.filter(member__person=person).exists()
