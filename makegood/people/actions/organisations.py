"""What can be done about organisations."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.references import unused_slug
from makegood.people.actions.formations import begin_formation
from makegood.people.actions.memberships import STREAM, appoint, check_appointment
from makegood.people.holding import hold_organisations
from makegood.people.models import Membership, Organisation, Person
from makegood.people.queries import organisations_like, person_with_email
from makegood.people.rules import (
    check_a_person_is_known,
    check_an_operator_appoints_auditors,
    check_one_of_the_same_name_is_another,
    check_only_a_provider_is_in_formation,
)
from makegood.people.states import LONGEST_AUDIT, Appointment, Kind, LegalForm, Role


@transaction.atomic
def register_organisation(
    *,
    name: str,
    kind: Kind,
    legal_form: LegalForm | str = "",
    summary: str = "",
    aims_at: LegalForm | str = "",
    is_example: bool = False,
    is_another: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Organisation:
    """Register an organisation; whoever does so becomes its owner (PEO-03, PEO-43, PEO-90).

    ``aims_at`` is the legal form that a group in formation aims at, if it knows. ``is_another`` says
    that it is none of those that have such a name already.
    """
    now = now or timezone.now()
    check_an_operator_appoints_auditors(is_auditing=kind == Kind.AUDITOR, is_operator=by.is_staff)
    take_turn(STREAM)
    like = [str(each) for each in organisations_like(name)]
    check_one_of_the_same_name_is_another(like, is_another=is_another)
    organisation = Organisation(
        name=name, kind=kind, legal_form=legal_form, summary=summary, is_example=is_example
    )
    enter_organisation(organisation, owner=by, by=by, now=now)
    if organisation.is_in_formation:
        begin_formation(organisation, aims_at=aims_at, by=by, now=now)
    return organisation


@transaction.atomic
def appoint_auditor(
    *,
    email: str,
    organisation: str,
    legal_form: LegalForm | str = "",
    summary: str = "",
    is_example: bool = False,
    ends_on: date | None = None,
    by: Person,
    now: datetime | None = None,
) -> Membership:
    """Let a person read everything, for the auditing organisation of this name (PEO-03, PEO-06).

    If there is no such organisation yet, it is registered and the auditor owns it. Without a last
    day it is for the longest time there may be.
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
    named = Organisation.objects.filter(name=organisation, kind=Kind.AUDITOR, closed_on=None)
    held = hold_organisations(named.values_list("pk", flat=True)[:1])
    standing = next((each for each in held.values() if each.closed_on is None), None)
    house = standing or enter_organisation(new, owner=person, by=by, now=now)
    last = ends_on or timezone.localdate(now) + LONGEST_AUDIT
    appointment = Appointment(role=Role.AUDITOR, ends_on=last)
    check_appointment(appointment, organisation=house, by=by, now=now)
    return appoint(person, organisation=house, appointment=appointment, by=by, now=now)


def enter_organisation(
    organisation: Organisation, *, owner: Person | None, by: Person, now: datetime
) -> Organisation:
    """Enter a new organisation; one from a list may have no owner yet (PEO-90).

    Whoever calls knows ``by`` may.
    """
    check_only_a_provider_is_in_formation(
        is_in_formation=organisation.is_in_formation, kind=Kind(organisation.kind)
    )
    take_turn(STREAM)
    organisation.slug = unused_slug(
        organisation.name,
        otherwise="organisation",
        taken=lambda slug: Organisation.objects.filter(slug=slug).exists(),
    )
    organisation.registered_at = now
    organisation.save()
    record(organisation, act="register_organisation", stream=STREAM, by=by, now=now)
    if owner:
        owns = Appointment(role=Role.OWNER)
        appoint(owner, organisation=organisation, appointment=owns, by=by, now=now)
    return organisation
