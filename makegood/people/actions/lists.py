"""Bringing in a list of organisations: good rows go in, bad ones come back with the reason."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from makegood.kernel.refusal import RuleBroken
from makegood.people import rules
from makegood.people.actions.areas import keep_area
from makegood.people.actions.descriptions import keep_identifier
from makegood.people.actions.memberships import appoint
from makegood.people.actions.organisations import enter_organisation
from makegood.people.holding import hold_organisations
from makegood.people.lists import ListedOrganisation
from makegood.people.models import Area, Identifier, Membership, Organisation, Person
from makegood.people.queries import identifiers_of, person_with_email
from makegood.people.registers import OTHER
from makegood.people.states import Appointment, Became, Kind, LegalForm, Role

is_website = URLValidator(schemes=["http", "https"])
LONGEST = {"name": 160, "summary": 2000, "website": 200, "why it closed": 2000}
FEW = 3
"""So many of one name are told apart to whoever brings in a list."""
NO_REASON = "It closed before it came here. The list does not say why."


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one row, and why where it was refused."""

    row: ListedOrganisation
    became: Became
    reason: str = ""


@transaction.atomic
def import_organisations(
    rows: Iterable[ListedOrganisation],
    *,
    is_rehearsal: bool = False,
    by: Person,
    now: datetime | None = None,
) -> list[Outcome]:
    """Bring in each good row and say what became of each (PEO-30); a rehearsal keeps nothing.

    A row whose number or name is here already adds nothing but an owner where there was none, so
    that the same list can be brought in again. One that leads to several is asked about (PEO-35).
    """
    rules.check_an_operator_brings_in_lists(is_operator=by.is_staff)
    listed = list(rows)
    hold_organisations(_given_an_owner(listed))
    outcomes = list(_outcomes(listed, by=by, now=now or timezone.now()))
    if is_rehearsal:
        transaction.set_rollback(True)
    return outcomes


def _given_an_owner(rows: Iterable[ListedOrganisation]) -> Iterator[int]:
    """Yield the keys of those that are here and that a row names an owner of."""
    for row in rows:
        with suppress(RuleBroken):
            if row["owner"] and (there := _there(row, kind=_kind(row))):
                yield there.pk


def _outcomes(
    rows: Iterable[ListedOrganisation], *, by: Person, now: datetime
) -> Iterator[Outcome]:
    for row in rows:
        try:
            with transaction.atomic():
                became = _bring_in(row, by=by, now=now)
        except RuleBroken as broken:
            yield Outcome(row=row, became=Became.REFUSED, reason=broken.sentence)
        else:
            yield Outcome(row=row, became=became)


def _bring_in(row: ListedOrganisation, *, by: Person, now: datetime) -> Became:
    _check(row)
    kind = _kind(row)
    owner = rules.check_a_person_is_known(
        person_with_email(row["owner"]), email=row["owner"]
    ) if row["owner"] else None  # fmt: skip
    if there := _there(row, kind=kind):
        return _claim(there, owner=owner, by=by, now=now)
    closed_on = _closed_on(row, today=timezone.localdate(now))
    areas = [_area(code) for code in row.several("area codes")]
    organisation = Organisation(
        name=row["name"],
        kind=kind,
        legal_form=_legal_form(row),
        summary=row["summary"],
        website=row["website"],
        closed_on=closed_on,
        closing_reason=(row["why it closed"] or NO_REASON) if closed_on else "",
    )
    enter_organisation(organisation, owner=owner, by=by, now=now)
    for number in row.several("identifiers"):
        keep_identifier(organisation, scheme=OTHER, value=number, by=by, now=now)
    for area in areas:
        keep_area(organisation, area=area, by=by, now=now)
    return Became.NEW


def _kind(row: ListedOrganisation) -> Kind:
    kinds = {kind.words: kind for kind in Kind} | {kind.value: kind for kind in Kind}
    said = row["kind"].lower()
    rules.check_a_cell_is_one_of(said, column="kind", known=kinds)
    return kinds[said]


def _check(row: ListedOrganisation) -> None:
    rules.check_a_row_fits_its_list(
        is_too_wide=row.is_too_wide,
        too_long=[name for name, most in LONGEST.items() if len(row[name]) > most],
        is_named=bool(row["name"]),
    )
    forms = {"", *(form.lower() for form in LegalForm)}
    rules.check_a_cell_is_one_of(row["legal form"].lower(), column="legal form", known=forms)
    rules.check_a_website_can_be_opened(opens=_opens(row["website"]), website=row["website"])


def _there(row: ListedOrganisation, *, kind: Kind) -> Organisation | None:
    """Return who is here already under one of the row's numbers, or under its name."""
    numbered = Identifier.objects.none()
    for number in row.several("identifiers"):
        found = rules.check_an_identifier_is_written_as_in_its_register(number, scheme=OTHER)
        own = Identifier.objects.standing().filter(is_parents=False)
        numbered |= own.filter(scheme=found.scheme, value=found.value)
    by_number = Organisation.objects.filter(pk__in=numbered.values("organisation"))
    if one := _the_one(by_number, said="its numbers"):
        return one
    named = Organisation.objects.filter(name__iexact=row["name"], kind=kind)
    stands = Q(pk__in=named.filter(merged_into=None)) | Q(pk__in=named.values("merged_into"))
    return _the_one(Organisation.objects.filter(stands), said="its name")


def _the_one(found: QuerySet[Organisation], *, said: str) -> Organisation | None:
    few = list(found.order_by("registered_at", "pk")[:FEW])
    several = [_told_apart(each) for each in few] if len(few) > 1 else []
    rules.check_a_row_names_one(said=said, found=several)
    return few[0] if few else None


def _told_apart(organisation: Organisation) -> str:
    numbers = " and ".join(map(str, identifiers_of(organisation))) or "no number"
    return f"{organisation} ({numbers}, page {organisation.slug})"


def _claim(there: Organisation, *, owner: Person | None, by: Person, now: datetime) -> Became:
    held = Membership.objects.current().filter(organisation=there)
    if owner is None or held.exists():
        return Became.THERE
    owns = Appointment(role=Role.OWNER)
    appoint(owner, organisation=there, appointment=owns, by=by, now=now)
    return Became.CLAIMED


def _legal_form(row: ListedOrganisation) -> str:
    return {form.lower(): form.value for form in LegalForm}.get(row["legal form"].lower(), "")


def _closed_on(row: ListedOrganisation, *, today: date) -> date | None:
    closed_on = rules.check_a_cell_is_a_day(row["closed on"], column="closed on")
    if closed_on:
        rules.check_a_closing_day_is_not_to_come(closed_on=closed_on, today=today)
    return closed_on


def _area(code: str) -> Area:
    return rules.check_an_area_is_known(Area.objects.filter(code=code.upper()).first(), code=code)


def _opens(website: str) -> bool:
    try:
        is_website(website)
    except ValidationError:
        return not website
    return True
