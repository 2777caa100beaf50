"""What can be done about memberships: who belongs to which organisation, as what."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people.holding import hold_organisation, hold_with
from makegood.people.models import Invitation, Membership, Organisation, Person
from makegood.people.permissions import can_end, can_manage_members
from makegood.people.queries import belongs_to, other_owners
from makegood.people.rules import (
    check_a_last_day_is_to_come,
    check_a_limit_is_for_signing,
    check_a_role_that_changes_is_held,
    check_an_audit_ends,
    check_an_operator_appoints_auditors,
    check_an_owner_remains,
    check_one_role_is_all_of_both,
    check_role_fits,
    check_successor_belongs,
)
from makegood.people.signals import appointed
from makegood.people.states import Appointment, Kind, Role

STREAM = "people"


@transaction.atomic
def change_membership(
    membership: Membership, *, appointment: Appointment, by: Person, now: datetime | None = None
) -> Membership:
    """Give a member another role, limit or last day; the old one ends (PEO-01, PEO-03, PEO-38)."""
    now = now or timezone.now()
    membership = hold_with(membership, "organisation")
    organisation = membership.organisation
    can_manage_members(by, organisation=organisation).require()
    check_a_role_that_changes_is_held(has_ended=membership.has_ended, role=Role(membership.role))
    check_appointment(appointment, organisation=organisation, by=by, now=now)
    if appointment.role != Role.OWNER:
        _check_an_owner_remains(membership)
    changed = appoint(
        membership.person,
        organisation=organisation,
        appointment=appointment,
        instead_of=membership,
        by=by,
        now=now,
    )
    if changed.pk != membership.pk:
        _end(membership, by=by, now=now)
    return changed


@transaction.atomic
def end_membership(membership: Membership, *, by: Person, now: datetime | None = None) -> None:
    """End a membership, another's or one's own; the last owner cannot leave (PEO-01)."""
    hold_organisation(membership.organisation_id)
    can_end(by, membership=membership).require()
    _check_an_owner_remains(membership)
    _end(membership, by=by, now=now or timezone.now())


@transaction.atomic
def hand_over(
    organisation: Organisation,
    *,
    leaver: Person,
    successor: Person,
    by: Person,
    now: datetime | None = None,
) -> None:
    """Give all that ``leaver`` does for ``organisation`` to ``successor``, and end it (PEO-09, PEO-37).

    Auditors are appointed, and so hand nothing over.
    """
    now = now or timezone.now()
    hold_organisation(organisation.pk)
    can_manage_members(by, organisation=organisation).require()
    check_successor_belongs(
        belongs=belongs_to(successor, organisation=organisation), is_oneself=leaver == successor
    )
    for held in Membership.objects.current().filter(person=leaver, organisation=organisation):
        if held.role != Role.AUDITOR:
            appoint(
                successor,
                organisation=organisation,
                appointment=held.appointment,
                instead_of=held,
                by=by,
                now=now,
            )
        _check_an_owner_remains(held)
        _end(held, by=by, now=now)


def end_all_memberships(organisation: Organisation, *, by: Person, now: datetime) -> None:
    """End what everyone is in ``organisation``; whoever calls knows that ``by`` may, and who owns it next."""
    theirs = hold_organisation(organisation.pk)
    for held in Membership.objects.current().filter(organisation=theirs):
        _end(held, by=by, now=now)


def end_lapsed_memberships(*, now: datetime | None = None) -> int:
    """End each membership whose last day has passed; return how many."""
    lapsed = list(Membership.objects.lapsed())
    for membership in lapsed:
        with transaction.atomic():
            hold_organisation(membership.organisation_id)
            _end(membership, by=None, now=now or timezone.now())
    return len(lapsed)


def check_appointment(
    appointment: Appointment, *, organisation: Organisation, by: Person, now: datetime
) -> None:
    """Refuse an appointment that no organisation of this kind may make (PEO-03, 05, 06, 07, 96)."""
    role = appointment.role
    check_role_fits(role, kind=Kind(organisation.kind))
    check_an_operator_appoints_auditors(is_auditing=role == Role.AUDITOR, is_operator=by.is_staff)
    check_a_last_day_is_to_come(appointment.ends_on, today=timezone.localdate(now))
    check_an_audit_ends(role, ends_on=appointment.ends_on, today=timezone.localdate(now))
    check_a_limit_is_for_signing(role, limit=appointment.signing_limit)


def appoint(
    person: Person,
    *,
    organisation: Organisation,
    appointment: Appointment,
    instead_of: Membership | Invitation | None = None,
    by: Person,
    now: datetime,
) -> Membership:
    """Make ``person`` what ``appointment`` says; whoever is more already stays as they are (PEO-37).

    ``instead_of`` is what it follows: what bounds that, bounds this.
    """
    take_turn(STREAM)
    open_ones = Membership.objects.filter(
        person=person, organisation=organisation, role=appointment.role, ended_at__isnull=True
    )
    held = open_ones.first()
    follows = instead_of or held
    both = {follows: appointment} if follows else {}
    if held != follows and (standing := open_ones.current().first()):
        both[standing] = standing.appointment
    whole = check_one_role_is_all_of_both(
        _widest([appointment, *both.values()]), role=appointment.role, person=str(person)
    )
    membership = _renewed(held, person, organisation, whole, by=by, now=now)
    appointed.send(
        Membership,
        membership=membership,
        comes_from=[each for each, theirs in both.items() if theirs == whole],
        takes_in=[each for each, theirs in both.items() if theirs != whole],
        by=by,
        now=now,
    )
    return membership


def _widest(found: Sequence[Appointment]) -> Appointment | None:
    """Return the one that is all that the others are, if one is."""
    return next((each for each in found if all(map(each.covers, found))), None)


def _renewed(
    held: Membership | None,
    person: Person,
    organisation: Organisation,
    appointment: Appointment,
    *,
    by: Person,
    now: datetime,
) -> Membership:
    """Return the membership that stands already, or a new one instead of what was ``held``."""
    if held and held.appointment == appointment:
        return held
    if held:
        if appointment.role == Role.OWNER and appointment.ends_on:
            _check_an_owner_remains(held)
        _end(held, by=by, now=now)
    membership = Membership.objects.create(
        person=person,
        organisation=organisation,
        role=appointment.role,
        signing_limit=appointment.signing_limit,
        ends_on=appointment.ends_on,
        since=now,
    )
    record(membership, act="add_member", stream=STREAM, by=by, now=now)
    return membership


def _check_an_owner_remains(membership: Membership) -> None:
    """Refuse that an owner goes or is given a last day, if no other stays without one (PEO-01)."""
    if membership.role != Role.OWNER:
        return
    check_an_owner_remains(owners_left=other_owners(membership).count())


def _end(membership: Membership, *, by: Person | None, now: datetime) -> None:
    held = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).first()
    if held is None:
        return
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    record(held, act="end_membership", stream=STREAM, by=by, now=now)
