"""What can be done about contacts: add, change and remove them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.models import new_salt
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.memberships import STREAM
from makegood.people.holding import hold_with
from makegood.people.models import Contact, Organisation, Person
from makegood.people.permissions import can_take_down
from makegood.people.rules import check_a_contact_can_be_reached
from makegood.people.states import ShownTo

PERSONAL = ("name", "job", "email", "telephone")


@transaction.atomic
def add_contact(
    organisation: Organisation,
    *,
    name: str,
    job: str = "",
    email: str = "",
    telephone: str = "",
    shown_to: ShownTo,
    by: Person,
    now: datetime | None = None,
) -> Contact:
    """Say whom to reach at an organisation, and who may see it (PEO-24)."""
    now = now or timezone.now()
    held = hold_to_describe(organisation, by=by)
    check_a_contact_can_be_reached(email=email, telephone=telephone)
    contact = Contact.objects.create(
        organisation=held,
        name=name,
        job=job,
        email=email,
        telephone=telephone,
        shown_to=shown_to,
        added_at=now,
    )
    record(contact, act="add_contact", stream=STREAM, by=by, now=now)
    return contact


@transaction.atomic
def revise_contact(
    contact: Contact,
    *,
    name: str,
    job: str,
    email: str,
    telephone: str,
    shown_to: ShownTo,
    by: Person,
    now: datetime | None = None,
) -> None:
    """Say differently whom to reach, or who may see it (PEO-24); one that was removed stays so."""
    hold_to_describe(contact.organisation, by=by)
    check_a_contact_can_be_reached(email=email, telephone=telephone)
    held = Contact.objects.select_for_update().get(pk=contact.pk)
    if held.removed_at:
        return
    held.name, held.job, held.email, held.telephone = name, job, email, telephone
    held.shown_to = shown_to
    held.salt = new_salt()
    held.save()
    record(held, act="revise_contact", stream=STREAM, by=by, now=now or timezone.now())


@transaction.atomic
def remove_contact(contact: Contact, *, by: Person, now: datetime | None = None) -> None:
    """Erase a contact; that there was one stays on the record."""
    now = now or timezone.now()
    hold_to_describe(contact.organisation, by=by)
    wipe(contact, by=by, now=now)


@transaction.atomic
def take_down_contact(contact: Contact, *, by: Person, now: datetime | None = None) -> None:
    """Erase a contact as whoever it names: nobody stays named who does not wish to be."""
    held = hold_with(contact, "organisation")
    if held.removed_at:
        return
    can_take_down(by, contact=held).require()
    wipe(held, by=by, now=now or timezone.now())


def wipe(contact: Contact, *, by: Person, now: datetime) -> None:
    """Leave nothing of a contact but that there was one; whoever calls has asked who may."""
    held = Contact.objects.select_for_update().get(pk=contact.pk)
    if held.removed_at:
        return
    for name in PERSONAL:
        setattr(held, name, "")
    held.salt = new_salt()
    held.removed_at = now
    held.save()
    record(held, act="remove_contact", stream=STREAM, by=by, now=now)
