"""What can be done about persons, organisations and memberships."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import unused_slug
from makegood.people.models import Membership, Organisation, Person, Session
from makegood.people.permissions import can_manage_members
from makegood.people.queries import HAT, belongs_to, person_with_email
from makegood.people.rules import (
    check_a_person_is_known,
    check_an_operator_appoints_auditors,
    check_an_owner_remains,
)
from makegood.people.states import Kind, LegalForm, Role

STREAM = "people"


@transaction.atomic
def register_organisation(
    *,
    name: str,
    kind: Kind,
    legal_form: LegalForm | str = "",
    summary: str = "",
    is_example: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Organisation:
    """Register an organisation; whoever does so becomes its owner (PEO-03)."""
    check_an_operator_appoints_auditors(is_auditing=kind == Kind.AUDITOR, is_operator=by.is_staff)
    organisation = Organisation(
        name=name, kind=kind, legal_form=legal_form, summary=summary, is_example=is_example
    )
    return _register(organisation, owner=by, by=by, now=now or timezone.now())


@transaction.atomic
def appoint_auditor(
    *,
    email: str,
    organisation: str,
    legal_form: LegalForm | str = "",
    summary: str = "",
    is_example: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Membership:
    """Let a person read everything, for the auditing organisation of this name (PEO-03).

    If there is no such organisation yet, it is registered and the auditor owns it.
    """
    now = now or timezone.now()
    check_an_operator_appoints_auditors(is_auditing=True, is_operator=by.is_staff)
    person = check_a_person_is_known(person_with_email(email), email=email)
    new = Organisation(
        name=organisation,
        kind=Kind.AUDITOR,
        legal_form=legal_form,
        summary=summary,
        is_example=is_example,
    )
    standing = Organisation.objects.filter(name=organisation, kind=Kind.AUDITOR).first()
    house = standing or _register(new, owner=person, by=by, now=now)
    return _held_or_joined(person, organisation=house, role=Role.AUDITOR, by=by, now=now)


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
    return _held_or_joined(person, organisation=organisation, role=role, by=by, now=now)


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


def _register(
    organisation: Organisation, *, owner: Person, by: Person, now: datetime
) -> Organisation:
    take_turn(STREAM)
    organisation.slug = unused_slug(
        organisation.name,
        otherwise="organisation",
        taken=lambda slug: Organisation.objects.filter(slug=slug).exists(),
    )
    organisation.registered_at = now
    organisation.save()
    record(organisation, act="register_organisation", stream=STREAM, by=by, now=now)
    _join(owner, organisation=organisation, role=Role.OWNER, by=by, now=now)
    return organisation


def _held_or_joined(
    person: Person, *, organisation: Organisation, role: Role, by: Person, now: datetime | None
) -> Membership:
    take_turn(STREAM)
    held = Membership.objects.current().filter(person=person, organisation=organisation, role=role)
    return held.first() or _join(person, organisation=organisation, role=role, by=by, now=now)


def _join(
    person: Person, *, organisation: Organisation, role: Role, by: Person, now: datetime | None
) -> Membership:
    now = now or timezone.now()
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, since=now
    )
    record(membership, act="add_member", stream=STREAM, by=by, now=now)
    return membership


@transaction.atomic
def welcome_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    is_operator: bool = False,
    now: datetime | None = None,
) -> Person:
    """Make an account outside the sign-up page; whoever does so vouches for the e-mail address."""
    person = Person(
        email=email.lower(),
        name=name,
        is_staff=is_operator,
        is_superuser=is_operator,
        joined_at=now or timezone.now(),
    )
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def name_person(person: Person, *, name: str) -> None:
    """Keep the name a person gave when they made their account."""
    person.name = name
    person.save(update_fields=["name"])


def end_session(session: Session, *, by: Person) -> None:
    """Sign ``by`` out of one browser of theirs."""
    Session.objects.filter(pk=session.pk, person=by).delete()


def end_sessions(*, but: str = "", by: Person) -> None:
    """Sign ``by`` out everywhere, ``but`` for the session kept under that key."""
    Session.objects.filter(person=by).exclude(pk=but).delete()


def put_on_hat(organisation: Organisation, *, session: SessionBase, by: Person) -> None:
    """Let ``by``, who belongs to ``organisation``, act for it in the browser of this session."""
    if belongs_to(by, organisation=organisation):
        session[HAT] = organisation.pk
