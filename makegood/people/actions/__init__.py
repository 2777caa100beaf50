"""What can be done about persons, organisations and memberships."""

from makegood.people.actions.memberships import add_member, end_membership
from makegood.people.actions.organisations import appoint_auditor, register_organisation
from makegood.people.actions.persons import (
    end_session,
    end_sessions,
    name_person,
    put_on_hat,
    welcome_person,
)

__all__ = [
    "add_member",
    "appoint_auditor",
    "end_membership",
    "end_session",
    "end_sessions",
    "name_person",
    "put_on_hat",
    "register_organisation",
    "welcome_person",
]
