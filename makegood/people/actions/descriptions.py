"""What an organisation says of itself: its words and its identifiers."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people import rules
from makegood.people.actions.memberships import STREAM
from makegood.people.holding import hold_organisation
from makegood.people.models import Formation, Identifier, Organisation, Person
from makegood.people.permissions import can_describe
from makegood.people.states import Kind, LegalForm


def hold_to_describe(organisation: Organisation, *, by: Person) -> Organisation:
    """Hold an organisation that ``by`` may write for; nobody merges or closes it meanwhile."""
    held = hold_organisation(organisation.pk)
    can_describe(by, organisation=held).require()
    return held


@transaction.atomic
def revise_organisation(
    organisation: Organisation,
    *,
    name: str,
    legal_form: LegalForm | str,
    summary: str,
    website: str,
    by: Person,
    now: datetime | None = None,
) -> Organisation:
    """Say differently what an organisation is; its address here stays the same (PEO-90, PEO-91)."""
    organisation = hold_to_describe(organisation, by=by)
    begun = Formation.objects.filter(organisation=organisation)
    rules.check_formation_ends_by_registering(
        before=organisation.legal_form,
        after=legal_form,
        was_registered=begun.exclude(registered_on=None).exists(),
    )
    rules.check_only_a_provider_is_in_formation(
        is_in_formation=legal_form == LegalForm.IN_FORMATION, kind=Kind(organisation.kind)
    )
    organisation.name = name
    organisation.legal_form = legal_form
    organisation.summary = summary
    organisation.website = website
    organisation.save()
    record(organisation, act="revise_organisation", stream=STREAM, by=by, now=now or timezone.now())
    return organisation


@transaction.atomic
def add_identifier(
    organisation: Organisation,
    *,
    scheme: str,
    value: str,
    is_parents: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Identifier:
    """Give an organisation a number of a register, as the register writes it (PEO-20 to PEO-22)."""
    hold_to_describe(organisation, by=by)
    return keep_identifier(
        organisation, scheme=scheme, value=value, is_parents=is_parents, by=by, now=now
    )


def keep_identifier(
    organisation: Organisation,
    *,
    scheme: str,
    value: str,
    is_parents: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Identifier:
    """Keep a number for ``organisation``; whoever calls knows that ``by`` may (PEO-20 to PEO-22)."""
    now = now or timezone.now()
    found = rules.check_an_identifier_is_written_as_in_its_register(value, scheme=scheme)
    take_turn(STREAM)
    standing = Identifier.objects.standing().filter(scheme=found.scheme, value=found.value)
    is_there = standing.filter(organisation=organisation).exists()
    rules.check_an_identifier_is_given_once(is_there=is_there, identifier=str(found))
    owner = standing.filter(is_parents=False).select_related("organisation").first()
    holder = str(owner.organisation) if owner and not is_parents else ""
    rules.check_an_identifier_is_one_organisations_own(holder=holder, identifier=str(found))
    identifier = Identifier.objects.create(
        organisation=organisation,
        scheme=found.scheme,
        value=found.value,
        is_parents=is_parents,
        added_at=now,
    )
    record(identifier, act="add_identifier", stream=STREAM, by=by, now=now)
    return identifier


@transaction.atomic
def remove_identifier(identifier: Identifier, *, by: Person, now: datetime | None = None) -> None:
    """Take a number off an organisation; that it was there stays on the record."""
    now = now or timezone.now()
    hold_to_describe(identifier.organisation, by=by)
    standing = Identifier.objects.select_for_update().standing()
    held = standing.filter(pk=identifier.pk).first()
    if held is None:
        return
    held.removed_at = now
    held.save(update_fields=["removed_at"])
    record(held, act="remove_identifier", stream=STREAM, by=by, now=now)
