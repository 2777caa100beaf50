"""A group that is not yet an organisation, made through the platform's own actions."""

from __future__ import annotations

from makegood.people.actions import register_organisation
from makegood.people.models import Organisation, Person
from makegood.people.queries import members_of
from makegood.people.states import Kind, LegalForm, Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join


def the_new_ones(cast: Cast) -> Organisation:
    """Return a group of Nia's that aims to be a CIC; Bob reads for it."""
    founder = newcomer("nia")
    made = register_organisation(
        name="The New Ones",
        kind=Kind.PROVIDER,
        legal_form=LegalForm.IN_FORMATION,
        aims_at=LegalForm.CIC_GUARANTEE,
        by=founder,
    )
    join(made, person=cast.bob, role=Role.READER, by=founder)
    return made


def nia(group: Organisation) -> Person:
    """Return who owns the group."""
    return members_of(group).get(role=Role.OWNER).person
