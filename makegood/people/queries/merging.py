"""What is said to be here twice, and what an organisation has that another would get."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from makegood.people.models import (
    Contact,
    Duplicate,
    Identifier,
    Offer,
    Organisation,
    Person,
    Workplace,
)
from makegood.people.queries.memberships import members_of, memberships_of
from makegood.people.queries.organisations import identifiers_of, open_offers_of, workplaces_of
from makegood.people.states import DuplicateState, Kind


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """One organisation, with all that it says and those who belong to it."""

    organisation: Organisation
    identifiers: Sequence[Identifier]
    workplaces: Sequence[Workplace]
    contacts: int
    """How many; who may see them, the organisation chose."""
    offers: Sequence[Offer]
    roles: Sequence[tuple[str, int]]
    """Each role and how many hold it; who they are is no matter of whoever decides."""


def belongings_of(organisation: Organisation) -> Belongings:
    """Gather what ``organisation`` has, for whoever decides whether it is one with another."""
    held = members_of(organisation).order_by("role").values_list("role")
    return Belongings(
        organisation=organisation,
        identifiers=list(identifiers_of(organisation)),
        workplaces=list(workplaces_of(organisation)),
        contacts=Contact.objects.filter(organisation=organisation, removed_at=None).count(),
        offers=list(open_offers_of(organisation)),
        roles=list(held.annotate(Count("pk"))),
    )


def members_of_both(organisation: Organisation, *, other: Organisation) -> int:
    """Return how many people belong to both: a sign that these are one."""
    there = members_of(other).values("person")
    held = members_of(organisation).filter(person__in=there).order_by()
    return held.values("person").distinct().count()


def duplicates_open() -> QuerySet[Duplicate]:
    """Return all that is said to be here twice and waits for a decision, the first first."""
    found = Duplicate.objects.filter(state=DuplicateState.OPEN)
    return found.select_related("organisation", "other", "said_by")


def duplicates_waiting(person: Person) -> QuerySet[Duplicate]:
    """Return what of it waits for ``person``, who decides on claims.

    Nothing of what they belong to (PEO-70); of a body that decides or audits only for operators.
    """
    own = memberships_of(person).values("organisation")
    found = duplicates_open().exclude(organisation__in=own).exclude(other__in=own)
    if person.is_staff:
        return found
    for side in ("organisation", "other"):
        found = found.exclude(**{f"{side}__is_entrusted": True})
        found = found.exclude(**{f"{side}__kind": Kind.AUDITOR})
    return found


def duplicates_between(organisation: Organisation, *, other: Organisation) -> QuerySet[Duplicate]:
    """Return what waits and says that these two are one, whichever page it was said on."""
    pair = Q(organisation=organisation, other=other) | Q(organisation=other, other=organisation)
    return duplicates_open().filter(pair)


def duplicate_said_by(person: Person, *, organisation: Organisation) -> Duplicate | None:
    """Return what ``person`` last said of ``organisation``, or of what was merged into it."""
    entries = Organisation.objects.filter(Q(pk=organisation.pk) | Q(merged_into=organisation))
    found = Duplicate.objects.filter(Q(organisation__in=entries) | Q(other__in=entries))
    return found.filter(said_by=person).select_related("organisation", "other").last()
