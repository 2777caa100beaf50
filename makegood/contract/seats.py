"""Who sits on the panel of a need, and who may: what permissions and queries both ask."""

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from makegood.articulate.models import Need, ProgrammeRole, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Interest, PanelMember
from makegood.people.models import Membership, Person
from makegood.people.states import Right


class Bench:
    """The panel of a need, and how one person stands to it: read once, for all that a page asks."""

    def __init__(self, person: Person | None, *, need: Need) -> None:
        self.person, self.need = person, need
        rows = list(_seats(need))
        own = [each for each in rows if person is not None and each.person_id == person.pk]
        self.panel = [each for each in rows if each.left_at is None]
        """Who weighs the proposals."""
        self.seat = next((each for each in own if each.left_at is None), None)
        """Their place on it; nothing where they have none."""
        self.has_interest = any(each.stands_aside for each in own)
        """Whether they ever declared an interest in a proposal."""

    @cached_property
    def is_rival(self) -> bool:
        """Return whether they belong to a provider that writes or sent a proposal."""
        return is_rival(self.person, need=self.need)


def panel_of(need: Need) -> QuerySet[PanelMember]:
    """Return who weighs the proposals for ``need``."""
    return _seats(need).filter(left_at=None)


def _seats(need: Need) -> QuerySet[PanelMember]:
    """Return who weighs the proposals for ``need``, or once was to, with what they declared."""
    found = need.panel.select_related("person", "interest__proposal", "interest__told")
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
