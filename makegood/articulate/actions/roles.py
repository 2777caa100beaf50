"""What can be done about where a role holds: narrow it to programmes, and carry that on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Programme, ProgrammeRole
from makegood.articulate.permissions import can_narrow
from makegood.articulate.queries import programmes_given, roles_standing
from makegood.kernel.ledger.append import record, take_turn
from makegood.people.actions import hold_with
from makegood.people.models import Invitation, Membership, Person
from makegood.people.states import Role

STREAM = "people"


@transaction.atomic
def narrow_role(
    held: Membership | Invitation,
    *,
    programmes: Collection[Programme],
    by: Person,
    now: datetime | None = None,
) -> Membership | Invitation:
    """Let a role, or one that somebody is invited to, hold in ``programmes`` alone; none: in all.

    ART-11, ART-12, ART-18.
    """
    held = hold_with(held, "organisation")
    can_narrow(by, held=held).require()
    rules.check_a_role_that_is_narrowed_is_held(has_ended=held.has_ended, role=held.role)
    take_turn(STREAM)
    is_owner = held.role == Role.OWNER
    rules.check_owner_is_owner_everywhere(is_owner=is_owner and bool(programmes))
    _hold_in(held, programmes, by=by, now=now or timezone.now())
    return held


def carry_programmes(
    membership: Membership,
    *,
    comes_from: Sequence[Membership | Invitation],
    takes_in: Sequence[Membership | Invitation],
    by: Person,
    now: datetime,
) -> None:
    """Let a role hold in the programmes of all it follows; in all, if one of them held in all.

    What it takes in was for less, and so held in no others (ART-17). Whoever calls knows that
    ``by`` may. An owner's holds in all (ART-11).
    """
    given = [set(programmes_given(each)) for each in comes_from]
    everywhere = membership.role == Role.OWNER or not all(given)
    programmes: set[Programme] = set() if everywhere else set().union(*given)
    rules.check_no_role_is_widened_by_the_way(
        is_wider=not all(_holds_within(each, programmes) for each in takes_in),
        role=membership.role,
        person=str(membership.person),
    )
    _hold_in(membership, programmes, by=by, now=now)


def _holds_within(held: Membership | Invitation, programmes: Collection[Programme]) -> bool:
    given = set(programmes_given(held))
    return not programmes or (bool(given) and given <= set(programmes))


def _hold_in(
    held: Membership | Invitation,
    programmes: Collection[Programme],
    *,
    by: Person,
    now: datetime,
) -> None:
    standing = {role.programme: role for role in roles_standing(held)}
    for programme, role in standing.items():
        if programme not in programmes:
            role.ended_at = now
            role.save(update_fields=["ended_at"])
            record(role, act="end_programme_role", stream=STREAM, by=by, now=now)
    for programme in programmes:
        if programme not in standing:
            role = ProgrammeRole(programme=programme, given_by=by, given_at=now)
            setattr(role, held._meta.model_name or "", held)
            role.save()
            record(role, act="give_programme_role", stream=STREAM, by=by, now=now)
