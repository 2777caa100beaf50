"""The seven people of every test, made through the platform's own actions.

Alice owns, Bob belongs, Charlie is a stranger, Dana assesses, Erin commissions, Frank runs the
support unit, Grace audits.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import mail

from makegood.people.actions import (
    appoint_auditor,
    register_organisation,
    welcome_person,
)
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind, Role
from tests.factories.joining import join
from tests.factories.remembered import remembered
from tests.factories.sign_in import with_second_step

PASSWORD = "a long enough sentence"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people, and the organisations they act for."""

    alice: Person
    bob: Person
    charlie: Person
    dana: Person
    erin: Person
    frank: Person
    grace: Person
    operator: Person
    provider: Organisation
    stranger: Organisation
    assessors: Organisation
    commissioner: Organisation
    support_unit: Organisation
    auditors: Organisation


@remembered
def gather() -> Cast:
    """Make the seven and their organisations; Bob reads for Alice's provider."""
    alice, bob, charlie, dana, erin, frank, grace = (
        _person(name) for name in ("Alice", "Bob", "Charlie", "Dana", "Erin", "Frank", "Grace")
    )
    provider = _organisation("Moor View Care", Kind.PROVIDER, owner=alice)
    join(provider, person=bob, role=Role.READER, by=alice)
    assessors = _organisation("Fair Findings", Kind.ASSESSOR, owner=dana)
    join(assessors, person=dana, role=Role.ASSESSOR, by=dana)
    operator = welcome_person(email="olive@example.org", name="Olive", is_operator=True)
    with_second_step(operator)
    auditor = appoint_auditor(email=grace.email, organisation="The Audit House", by=operator)
    mail.outbox.clear()  # so that a test finds the letters of its own acts
    return Cast(
        alice=alice,
        bob=bob,
        charlie=charlie,
        dana=dana,
        erin=erin,
        frank=frank,
        grace=grace,
        provider=provider,
        stranger=_organisation("Somebody Else", Kind.PROVIDER, owner=charlie),
        assessors=assessors,
        commissioner=_organisation("Valley Council", Kind.COMMISSIONER, owner=erin),
        support_unit=_organisation("The Support Unit", Kind.SUPPORT_UNIT, owner=frank),
        auditors=auditor.organisation,
        operator=operator,
    )


def _person(name: str) -> Person:
    return welcome_person(email=f"{name.lower()}@example.org", name=name, password=PASSWORD)


def _organisation(name: str, kind: Kind, *, owner: Person) -> Organisation:
    return register_organisation(name=name, kind=kind, by=owner)
