"""Erasing a person: what leads to them goes, what they did for organisations stays as a former member's."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from makegood.kernel.erasures import erasures_noted, note_erasure, note_missing
from makegood.kernel.ledger.append import record
from makegood.kernel.personal import ADDRESSES, AtErasure, tables_about_people
from makegood.kernel.refusal import Refused
from makegood.people.actions.claims import withdraw_claim
from makegood.people.actions.contacts import wipe
from makegood.people.actions.formations import close_advice
from makegood.people.actions.founders import wipe_founder
from makegood.people.actions.memberships import STREAM
from makegood.people.holding import hold_organisations
from makegood.people.models import Advice, Founder, Membership, Organisation, Person
from makegood.people.queries import (
    claims_of,
    contacts_reached_at,
    invitations_sent_to,
    organisations_owned_alone,
)
from makegood.people.rules import check_no_organisation_is_orphaned
from makegood.people.signals import person_erased
from makegood.people.states import AdviceState

NOWHERE = "erased.invalid"
"""A domain that no letter reaches, by RFC 2606."""
PERSON = "person"
"""What a person who was erased is called where erasures are noted."""


@transaction.atomic
def erase_person(*, by: Person, now: datetime | None = None) -> Person:
    """Erase ``by``, who asks for it, and return the husk; the only owner is refused (PEO-40).

    What goes is what each table declares as deleted (``kernel.personal``), what stands under an
    address of theirs first, while it still leads there. An address they did not show to be theirs
    leads nowhere: it may be another's.
    """
    now = now or timezone.now()
    _hold_organisations(by)
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if person.erased_at:
        return person
    alone = [str(organisation) for organisation in organisations_owned_alone(person)]
    check_no_organisation_is_orphaned(owned_alone=alone)
    _end_memberships(person, now=now)
    for claim in claims_of(person):
        withdraw_claim(claim, by=person, now=now)
    name, addresses = person.name, list(person.addresses)
    for held in sorted(tables_about_people(), key=lambda held: held.key != ADDRESSES):
        if held.at_erasure is AtErasure.DELETED:
            held.rows_of(person).delete()
    for contact in contacts_reached_at(addresses):
        wipe(contact, by=person, now=now)
    _leave_groups(person, now=now)
    _empty(person, now=now)
    note_erasure(PERSON, key=str(person.public_id), at=now)
    person_erased.send(Person, person=person, name=name, addresses=addresses)
    return person


@transaction.atomic
def note_people_erased(*, now: datetime | None = None) -> int:
    """Note whoever was erased and no note names: the server ended before, or it was another's act."""
    gone = Person.objects.filter(erased_at__isnull=False).values_list("public_id", flat=True)
    return note_missing(PERSON, keys=map(str, gone), at=now or timezone.now())


def erase_people_again(*, now: datetime | None = None) -> tuple[int, list[str]]:
    """Erase whoever was erased since the backup that was restored; return how many, and who could not be.

    Who owns an organisation alone in that backup could not: their numbers are returned.
    """
    now = now or timezone.now()
    noted = list(dict.fromkeys(erasures_noted(PERSON)))
    left = []
    found = list(Person.objects.filter(public_id__in=noted, erased_at__isnull=True))
    for person in found:
        try:
            erase_person(by=person, now=now)
        except Refused:
            left.append(str(person.public_id))
    return len(found) - len(left), left


def _hold_organisations(person: Person) -> None:
    """Wait for whoever else acts for an organisation that has something of theirs; an owner remains."""
    addresses = list(person.addresses)
    theirs = (
        Q(memberships__person=person)
        | Q(claims__claimed_by=person)
        | Q(founders__person=person)
        | Q(advice__adviser=person)
        | Q(advice_given__adviser=person)
        | Q(contacts__in=contacts_reached_at(addresses))
        | Q(invitations__in=invitations_sent_to(addresses))
    )
    hold_organisations(Organisation.objects.filter(theirs).values_list("pk", flat=True))


def _end_memberships(person: Person, *, now: datetime) -> None:
    for held in Membership.objects.current().filter(person=person):
        held.ended_at = now
        held.save(update_fields=["ended_at"])
        record(held, act="end_membership", stream=STREAM, by=person, now=now)


def _leave_groups(person: Person, *, now: datetime) -> None:
    """Wipe what they wrote of themselves as founders, and advise nobody any longer."""
    for founder in Founder.objects.filter(person=person, removed_at=None):
        wipe_founder(founder, by=person, now=now)
    for advice in Advice.objects.filter(adviser=person, state=AdviceState.TAKEN):
        close_advice(advice, because="Their adviser left.", by=person, now=now)


def _empty(person: Person, *, now: datetime) -> None:
    person.groups.clear()
    person.user_permissions.clear()
    person.name = ""
    person.email = f"{person.public_id}@{NOWHERE}"
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.erased_at = now
    person.save()
