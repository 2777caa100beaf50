"""What can be done about memberships: who belongs to which organisation, as what."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people.models import Membership, Organisation, Person
from makegood.people.permissions import can_manage_members
from makegood.people.queries import person_with_email
from makegood.people.rules import (
    check_a_person_is_known,
    check_an_operator_appoints_auditors,
    check_an_owner_remains,
)
from makegood.people.states import Role

STREAM = "people"


@transaction.atomic
def add_member(
    organisation: Organisation,
    *,
    email: str,
    role: Role,
    by: Person,
    now: datetime | None = None,
) -> Membership:
    """Give a person who has an account a role in ``organisation`` (PEO-02, PEO-03)."""
    can_manage_members(by, organisation=organisation).require()
    check_an_operator_appoints_auditors(is_auditing=role == Role.AUDITOR, is_operator=by.is_staff)
    person = check_a_person_is_known(person_with_email(email), email=email)
    return held_or_joined(person, organisation=organisation, role=role, by=by, now=now)


@transaction.atomic
def end_membership(membership: Membership, *, by: Person, now: datetime | None = None) -> None:
    """End a membership; the last owner cannot leave (PEO-01)."""
    now = now or timezone.now()
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    can_manage_members(by, organisation=organisation).require()
    held = Membership.objects.current().filter(pk=membership.pk).first()
    if held is None:
        return
    owners = Membership.objects.current().filter(organisation=organisation, role=Role.OWNER)
    check_an_owner_remains(owners_left=owners.exclude(pk=held.pk).count())
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(held, act="end_membership", stream=STREAM, by=by, now=now)


def held_or_joined(
    person: Person, *, organisation: Organisation, role: Role, by: Person, now: datetime | None
) -> Membership:
    """Give ``person`` a role, if they do not hold it yet."""
    take_turn(STREAM)
    held = Membership.objects.current().filter(person=person, organisation=organisation, role=role)
    return held.first() or join(person, organisation=organisation, role=role, by=by, now=now)


def join(
    person: Person, *, organisation: Organisation, role: Role, by: Person, now: datetime | None
) -> Membership:
    """Give ``person`` a role they do not hold; whoever calls has taken the turn."""
    now = now or timezone.now()
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, since=now
    )
    record(membership, act="add_member", stream=STREAM, by=by, now=now)
    return membership
