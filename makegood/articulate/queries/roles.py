"""In which programmes a role holds."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from makegood.articulate.models import Programme, ProgrammeRole
from makegood.people.models import Invitation, Membership

Bounded = Membership | Invitation
"""What can be narrowed: a role that somebody holds, or that somebody is invited to."""


def roles_standing(held: Bounded) -> QuerySet[ProgrammeRole]:
    """Return in which programmes alone a role holds, or will for whoever is invited; none: in all."""
    return ProgrammeRole.objects.filter(
        **{held._meta.model_name or "": held}, ended_at=None
    ).select_related("programme")


def programmes_given(held: Bounded) -> QuerySet[Programme]:
    """Return the same as programmes."""
    return Programme.objects.filter(pk__in=roles_standing(held).values("programme"))


def bounds_in_words(
    roles: Iterable[Bounded],
) -> dict[Bounded, str]:
    """Return where alone each of ``roles`` holds, in words; those that hold everywhere are left out."""
    found = list(roles)
    members = [each.pk for each in found if isinstance(each, Membership)]
    invited = [each.pk for each in found if isinstance(each, Invitation)]
    of_these = Q(membership__in=members) | Q(invitation__in=invited)
    standing = ProgrammeRole.objects.filter(of_these, ended_at=None)
    names: dict[Bounded, list[str]] = {}
    for role in standing.select_related("programme", "membership", "invitation"):
        if held := role.membership or role.invitation:
            names.setdefault(held, []).append(str(role.programme))
    return {held: f"only in {', '.join(where)}" for held, where in names.items()}
