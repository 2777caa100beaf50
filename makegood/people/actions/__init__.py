"""What can be done about persons, organisations and memberships."""

from makegood.people.actions.areas import Loaded, add_area, load_areas, remove_area
from makegood.people.actions.contacts import add_contact, remove_contact, revise_contact
from makegood.people.actions.descriptions import (
    add_identifier,
    remove_identifier,
    revise_organisation,
)
from makegood.people.actions.erasure import erase_person
from makegood.people.actions.memberships import add_member, end_membership
from makegood.people.actions.offers import close_offer, make_offer, reopen_offer
from makegood.people.actions.organisations import appoint_auditor, register_organisation
from makegood.people.actions.persons import (
    end_session,
    end_sessions,
    name_person,
    put_on_hat,
    welcome_person,
)

__all__ = [
    "Loaded",
    "add_area",
    "add_contact",
    "add_identifier",
    "add_member",
    "appoint_auditor",
    "close_offer",
    "end_membership",
    "end_session",
    "end_sessions",
    "erase_person",
    "load_areas",
    "make_offer",
    "name_person",
    "put_on_hat",
    "register_organisation",
    "remove_area",
    "remove_contact",
    "remove_identifier",
    "reopen_offer",
    "revise_contact",
    "revise_organisation",
    "welcome_person",
]
