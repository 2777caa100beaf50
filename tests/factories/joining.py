"""Joining an organisation as everybody does: asked by an owner, and saying yes."""

from __future__ import annotations

from typing import Any

from makegood.people.actions import accept_invitation, invite
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Appointment, Role


def join(
    organisation: Organisation, *, person: Person, role: Role, by: Person, **more: Any
) -> Membership:
    """Let ``by`` invite ``person``, who accepts; ``more`` is what else an appointment says."""
    appointment = Appointment(role=role, **more)
    asked = invite(organisation, email=person.email, appointment=appointment, by=by)
    return accept_invitation(asked, by=person)
