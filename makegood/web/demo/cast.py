"""Who is in the example programme."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from makegood.people.actions import (
    ListedOrganisation,
    Shown,
    accept_invitation,
    appoint_auditor,
    choose_notices,
    claim_organisation,
    entrust,
    import_organisations,
    invite,
    register_organisation,
    welcome_person,
)
from makegood.people.models import Organisation, Person
from makegood.people.states import Appointment, HowOften, Kind, LegalForm, Role

PEOPLE = ("Alice", "Bob", "Charlie", "Dana", "Dan", "Erin", "Frank", "Grace")

ORGANISATIONS: tuple[tuple[str, str, Kind, LegalForm, str, str], ...] = (
    ("moor", "Moor View Care", Kind.PROVIDER, LegalForm.CIC, "Alice",
     "Community nurses who left the hospital trust to run their own service."),
    ("tees", "Tees Reablement Mutual", Kind.PROVIDER, LegalForm.COMMUNITY_BENEFIT, "Alice",
     "A staff mutual that helps people home after a hospital stay."),
    ("independent", "Independent Together", Kind.PROVIDER, LegalForm.CHARITY, "Alice",
     "Led by disabled people, for disabled people."),
    ("harbour", "Harbour Wellbeing", Kind.PROVIDER, LegalForm.COOPERATIVE, "Charlie",
     "A co-operative of therapists and the people they work with."),
    ("silver", "Silver Thread", Kind.PROVIDER, LegalForm.CHARITY, "Charlie",
     "Older people who visit older people."),
    ("northern", "Northern Home Support", Kind.PROVIDER, LegalForm.COMPANY, "Charlie",
     "Home care in villages that others do not reach."),
    ("valley", "Valley Council", Kind.COMMISSIONER, LegalForm.PUBLIC_BODY, "Erin",
     "Buys social care for the valley."),
    ("dales", "Dales Health Board", Kind.COMMISSIONER, LegalForm.PUBLIC_BODY, "Erin",
     "Buys community health services."),
    ("city", "Harbour City Council", Kind.COMMISSIONER, LegalForm.PUBLIC_BODY, "Frank",
     "Buys social care for the city."),
    ("unit", "The Support Unit", Kind.SUPPORT_UNIT, LegalForm.PUBLIC_BODY, "Frank",
     "Runs the programme and keeps its measures."),
    ("assessors", "Fair Findings", Kind.ASSESSOR, LegalForm.CIC, "Dana",
     "Judges evidence, and is never a party to the contract."),
)  # fmt: skip


@dataclass(kw_only=True)
class Cast:
    """The people by name, and the organisations by their short names."""

    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def owner(self, organisation: str) -> Person:
        """Return who owns the organisation with this short name."""
        return self.people[next(row[4] for row in ORGANISATIONS if row[0] == organisation)]


def gather(*, now: datetime) -> Cast:
    """Make the people and their organisations."""
    cast = Cast(people={person.name: person for person in _people(now=now)})
    for short, name, kind, form, owner, summary in ORGANISATIONS:
        cast.organisations[short] = register_organisation(
            name=f"{name} (example)",
            kind=kind,
            legal_form=form,
            summary=summary,
            is_example=True,
            by=cast.people[owner],
            now=now,
        )
    _join(cast, "moor", person="Bob", role=Role.RECORDER, now=now)
    _join(cast, "dales", person="Bob", role=Role.READER, now=now)
    _join(cast, "unit", person="Frank", role=Role.REVIEWER, now=now)
    _join(cast, "assessors", person="Dana", role=Role.ASSESSOR, now=now)
    _join(cast, "assessors", person="Dan", role=Role.ASSESSOR, now=now)
    return cast


def welcome_operator(*, now: datetime) -> Person:
    """Make the account of whoever runs the example."""
    return welcome_person(email="operator@example.org", name="Operator", is_operator=True, now=now)


def give_trust(cast: Cast, *, by: Person, now: datetime) -> None:
    """Let Grace read everything, for a year from ``now``, and the support unit decide on claims."""
    entrust(cast.organisations["unit"], is_entrusted=True, by=by, now=now)
    appoint_auditor(
        email=cast.people["Grace"].email,
        organisation="The Audit House (example)",
        legal_form=LegalForm.PUBLIC_BODY,
        summary="Reads everything and changes nothing.",
        is_example=True,
        by=by,
        now=now,
    )


def leave_unclaimed(cast: Cast, *, by: Person, now: datetime) -> None:
    """Enter an organisation that nobody looks after, which Charlie says is his."""
    cells = {
        "name": "Hill Foot Lunch Club (example)",
        "kind": Kind.PROVIDER,
        "summary": "A hot lunch on Wednesdays, for whoever comes.",
        "website": "https://lunch.example.org",
    }
    import_organisations([ListedOrganisation(line=2, cells=cells)], by=by, now=now)
    claim_organisation(
        Organisation.objects.get(name=cells["name"]),
        shown=Shown(position="Treasurer", words="Ring the hall on a Wednesday and ask for me."),
        by=cast.people["Charlie"],
        now=now,
    )


def ask_a_newcomer(cast: Cast, *, now: datetime) -> None:
    """Let Moor View Care wait for an answer."""
    invite(
        cast.organisations["moor"],
        email="noor@example.org",
        appointment=Appointment(role=Role.SIGNATORY, signing_limit=Decimal(50_000)),
        by=cast.owner("moor"),
        now=now,
    )


def _people(*, now: datetime) -> Iterator[Person]:
    for name in PEOPLE:
        email = f"{name.lower()}@example.org"
        person = welcome_person(email=email, name=name, now=now)
        choose_notices(HowOften.NEVER, by=person)
        yield person


def _join(cast: Cast, organisation: str, *, person: str, role: Role, now: datetime) -> None:
    asked = invite(
        cast.organisations[organisation],
        email=cast.people[person].email,
        appointment=Appointment(role=role),
        by=cast.owner(organisation),
        now=now,
    )
    accept_invitation(asked, by=cast.people[person], now=now)
