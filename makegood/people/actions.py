"""What can be done about persons, organisations and memberships."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_code
from makegood.people.models import Membership, Organisation, Person
from makegood.people.permissions import can_manage_members
from makegood.people.queries import person_with_email
from makegood.people.rules import check_a_person_is_known, check_an_owner_remains
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
    """Register an organisation; whoever does so becomes its owner."""
    now = now or timezone.now()
    slug = slugify(name)[:70] or "organisation"
    if Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{new_code().lower()}"
    organisation = Organisation.objects.create(
        slug=slug,
        name=name,
        kind=kind,
        legal_form=legal_form,
        summary=summary,
        is_example=is_example,
        registered_at=now,
    )
    record(organisation, act="register_organisation", stream=STREAM, by=by, now=now)
    _join(by, organisation=organisation, role=Role.OWNER, by=by, now=now)
    return organisation


@transaction.atomic
def add_member(
    organisation: Organisation,
    *,
    email: str,
    role: Role,
    by: Person,
    now: datetime | None = None,
) -> Membership:
    """Give a person who has an account a role in ``organisation``."""
    can_manage_members(by, organisation=organisation).require()
    person = check_a_person_is_known(person_with_email(email), email=email)
    held = (
        Membership.objects.current()
        .filter(person=person, organisation=organisation, role=role)
        .first()
    )
    return held or _join(person, organisation=organisation, role=role, by=by, now=now)


@transaction.atomic
def end_membership(membership: Membership, *, by: Person, now: datetime | None = None) -> None:
    """End a membership; the last owner cannot leave (PEO-01)."""
    now = now or timezone.now()
    organisation = membership.organisation
    can_manage_members(by, organisation=organisation).require()
    others = (
        Membership.objects.current()
        .select_for_update()
        .filter(organisation=organisation, role=Role.OWNER)
    )
    check_an_owner_remains(owners_left=others.exclude(pk=membership.pk).count())
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    record(membership, act="end_membership", stream=STREAM, by=by, now=now)


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
