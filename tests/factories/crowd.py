"""Those whom the guard table tries beside the seven: newcomers, readers, and rivals of each kind."""

from __future__ import annotations

from makegood.articulate.actions import narrow_role, start_programme
from makegood.people.actions import appoint_auditor, register_organisation, welcome_person
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Kind, Role
from tests.factories.cast import PASSWORD, Cast
from tests.factories.joining import join


def crowd(cast: Cast) -> dict[str, Person]:
    """Return everyone who tries addresses, by the names of the guard table's columns."""
    seven = ("alice", "bob", "charlie", "dana", "erin", "frank", "grace")
    readers = {"dan": cast.assessors, "ed": cast.commissioner, "fay": cast.support_unit}
    owners = {"dan": cast.dana, "ed": cast.erin, "fay": cast.frank}
    rivals = {"xan": Kind.ASSESSOR, "yan": Kind.COMMISSIONER, "zoe": Kind.SUPPORT_UNIT}
    made = {name: newcomer(name) for name in ("nia", *readers, *rivals)}
    for name, organisation in readers.items():
        join(organisation, person=made[name], role=Role.READER, by=owners[name])
    for name, kind in rivals.items():
        rival = register_organisation(name=f"Other {kind.words}", kind=kind, by=made[name])
        if kind == Kind.ASSESSOR:
            join(rival, person=made[name], role=Role.ASSESSOR, by=made[name])
    return {name: getattr(cast, name) for name in seven} | made | {"gus": gus(cast)}


def gus(cast: Cast) -> Person:
    """Return an auditor of another programme, who has no business with the one of every example."""
    person, name = newcomer("gus"), "Another programme"
    held = appoint_auditor(email=person.email, organisation="The Audit House", by=cast.operator)
    programme = start_programme(name=name, summary="", run_by=cast.support_unit, by=cast.frank)
    narrow_role(held, programmes=[programme], by=cast.operator)
    return person


def newcomer(name: str) -> Person:
    """Return a person who belongs nowhere."""
    return welcome_person(email=f"{name}@example.org", name=name.title(), password=PASSWORD)


def one_who_holds(role: Role, *, organisation: Organisation) -> Person:
    """Return somebody who holds nothing but ``role``."""
    person = newcomer(f"only-{role}-{organisation.kind}")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person
