"""Who belongs where, in which role, and whose hat they wear."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from makegood.people.models import (
    Invitation,
    Membership,
    MembershipQuerySet,
    Organisation,
    Person,
)
from makegood.people.signals import bounds_asked, bounds_offered
from makegood.people.states import (
    Bearing,
    Hat,
    Kind,
    Role,
)

HAT = "hat"
"""Where a session says which organisation was chosen."""
SEVERAL = 2
Bounded = TypeVar("Bounded", Membership, Invitation)


def memberships_of(person: Person | None) -> MembershipQuerySet:
    """Return the memberships ``person`` holds now, with their organisations."""
    return (
        Membership.objects.current()
        .filter(person=person)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )


def with_bounds(roles: Iterable[Bounded]) -> list[Bounded]:
    """Return memberships or invitations, each saying in ``bounds`` where alone it holds."""
    found = list(roles)
    answers: list[tuple[object, dict[Bounded, str]]]
    answers = bounds_asked.send(Membership, roles=found)  # type: ignore[assignment]
    for _, words in answers:
        for role in found:
            role.bounds = words.get(role, role.bounds)
    return found


def bounds_to_offer() -> list[tuple[str, str]]:
    """Return by what a role can be bound, as later rooms say: pairs of a key and words."""
    answers: list[tuple[object, list[tuple[str, str]]]]
    answers = bounds_offered.send(Invitation)  # type: ignore[assignment]
    return [choice for _, choices in answers for choice in choices]


def organisations_of(person: Person | None, *, kind: Kind | None = None) -> QuerySet[Organisation]:
    """Return the organisations ``person`` belongs to, of one kind if asked.

    What was merged into one of theirs is read with it.
    """
    held = memberships_of(person).values("organisation")
    found = Organisation.objects.filter(Q(pk__in=held) | Q(merged_into__in=held))
    return found.filter(kind=kind) if kind else found


def hats_of(person: Person) -> list[Organisation]:
    """Return the organisations ``person`` may choose to act for, by name."""
    return list(organisations_of(person).filter(merged_into=None))


def hat_worn(person: Person, *, chosen: int | None) -> Hat | None:
    """Return whom ``person`` acts for, having ``chosen`` one; ``None`` if there is no choice."""
    return bearing_of(person, chosen=chosen).hat


def bearing_of(person: Person, *, chosen: int | None) -> Bearing:
    """Return how ``person`` is here, having ``chosen`` an organisation."""
    held = memberships_of(person).values_list("organisation_id", "organisation__name", "role")
    names = {organisation: name for organisation, name, _ in held}
    hat = Hat(organisation=chosen, name=names[chosen]) if chosen in names else Hat()
    return Bearing(
        hat=hat if len(names) >= SEVERAL else None,
        audits=any(role == Role.AUDITOR for _, _, role in held),
    )


def belongs_to(person: Person | None, *, organisation: Organisation) -> bool:
    """Return whether ``person`` has any role in ``organisation``, or in what it was merged into."""
    return person is not None and organisations_of(person).filter(pk=organisation.pk).exists()


def members_of(organisation: Organisation) -> MembershipQuerySet:
    """Return who belongs to ``organisation`` now."""
    return (
        Membership.objects.current()
        .filter(organisation_id=organisation.pk)
        .select_related("person")
        .order_by("person__name", "role")
    )


def organisations_owned_alone(person: Person) -> QuerySet[Organisation]:
    """Return the organisations that would be without a lasting owner if ``person`` left (PEO-01)."""
    owners = Membership.objects.current().filter(role=Role.OWNER)
    others = owners.filter(ends_on=None).exclude(person=person)
    return Organisation.objects.filter(
        pk__in=owners.filter(person=person).values("organisation")
    ).exclude(pk__in=others.values("organisation"))


def others_in(organisation: Organisation, *, but: Person) -> QuerySet[Person]:
    """Return who belongs to ``organisation``, ``but`` for one, by name."""
    held = members_of(organisation).exclude(person=but).order_by()
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


def other_owners(membership: Membership) -> MembershipQuerySet:
    """Return who owns the organisation without a last day, beside ``membership``."""
    owners = Membership.objects.current().filter(role=Role.OWNER, ends_on=None)
    return owners.filter(organisation_id=membership.organisation_id).exclude(pk=membership.pk)


def is_owner(person: Person, *, organisation: Organisation) -> bool:
    """Return whether ``person`` owns ``organisation``, in whatever hat."""
    return memberships_of(person).filter(organisation=organisation, role=Role.OWNER).exists()
