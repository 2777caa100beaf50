"""Entering an organisation that is not here, by somebody who has a contract with it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from makegood.people import rules
from makegood.people.actions.descriptions import keep_identifier
from makegood.people.actions.organisations import enter_organisation
from makegood.people.models import Identifier, Organisation, Person
from makegood.people.registers import OTHER
from makegood.people.states import Kind


@transaction.atomic
def find_or_enter_provider(
    name: str, *, number: str = "", by: Person, now: datetime
) -> Organisation:
    """Return the provider of this number, or of this name; enter it, claimed by nobody, if there is none.

    Whoever calls knows that ``by`` may (PEO-35 where several have the name).
    """
    if there := _numbered(number) if number else None:
        return there.merged_into or there
    named = Organisation.objects.filter(name__iexact=name, kind=Kind.PROVIDER)
    stands = Q(pk__in=named.filter(merged_into=None)) | Q(pk__in=named.values("merged_into"))
    found = list(Organisation.objects.filter(stands).order_by("pk")[:2])
    several = [f"{each}, page {each.slug}" for each in found] if len(found) > 1 else []
    rules.check_a_row_names_one(said="its name", found=several)
    if found:
        return found[0]
    made = Organisation(name=name, kind=Kind.PROVIDER)
    enter_organisation(made, owner=None, by=by, now=now)
    if number:
        keep_identifier(made, scheme=OTHER, value=number, by=by, now=now)
    return made


def _numbered(number: str) -> Organisation | None:
    found = rules.check_an_identifier_is_written_as_in_its_register(number, scheme=OTHER)
    own = Identifier.objects.standing().filter(
        is_parents=False, scheme=found.scheme, value=found.value
    )
    held = own.select_related("organisation__merged_into").first()
    return held.organisation if held else None
