"""Which organisation follows which, and who is asked whether that is so."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.people.models import Membership, Organisation, Person, Succession
from makegood.people.queries.memberships import organisations_of
from makegood.people.states import STANDING_SUCCESSIONS, Right, SuccessionState


def organisations_called(text: str) -> QuerySet[Organisation]:
    """Return the organisations of this name, and the one whose page has this address.

    Of two that were merged, it is the one that stayed.
    """
    sought = text.strip()
    slug = sought.rstrip("/").rpartition("/")[2]
    found = Organisation.objects.filter(Q(name__iexact=sought) | Q(slug=slug))
    return Organisation.objects.filter(
        Q(pk__in=found.filter(merged_into=None)) | Q(pk__in=found.values("merged_into"))
    )


def successions_of(organisation: Organisation) -> QuerySet[Succession]:
    """Return who follows ``organisation`` and whom it follows, as it stands or waits for an answer."""
    own = Q(predecessor=organisation) | Q(successor=organisation)
    return _successions().filter(own, state__in=STANDING_SUCCESSIONS)


def successions_said_by(person: Person) -> QuerySet[Succession]:
    """Return those that wait and that an organisation of ``person`` said."""
    own = organisations_of(person)
    said = Q(is_said_by_successor=True, successor__in=own)
    said |= Q(is_said_by_successor=False, predecessor__in=own)
    return _open().filter(said)


def successions_asked_of(person: Person, *, decides: bool) -> QuerySet[Succession]:
    """Return those that wait for an organisation of ``person``.

    Whoever ``decides`` on claims is asked, too, where the other side closed or has no owner,
    unless they belong to either side (PEO-70).
    """
    own = organisations_of(person)
    asked = _asking(own)
    if decides:
        asked |= _asking(_left_to_others()) & ~Q(predecessor__in=own) & ~Q(successor__in=own)
    return _open().filter(asked)


def successions_confirmed() -> QuerySet[Succession]:
    """Return those that both sides said; everyone sees them on the two pages."""
    return _successions().filter(state=SuccessionState.CONFIRMED)


def _asking(organisations: QuerySet[Organisation]) -> Q:
    """Return what finds the successions that these answer."""
    asked = Q(is_said_by_successor=True, predecessor__in=organisations)
    return asked | Q(is_said_by_successor=False, successor__in=organisations)


def _left_to_others() -> QuerySet[Organisation]:
    owners = Membership.objects.current().carrying(Right.SETTLE)
    has_one = Exists(owners.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(Q(closed_on__isnull=False) | ~has_one)


def _open() -> QuerySet[Succession]:
    return _successions().filter(state=SuccessionState.NAMED)


def _successions() -> QuerySet[Succession]:
    return Succession.objects.select_related("predecessor", "successor")
