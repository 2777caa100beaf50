"""What is stored of people: persons, organisations, who belongs to which, and sessions."""

from makegood.people.models.memberships import Membership, MembershipQuerySet
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person, PersonManager
from makegood.people.models.sessions import Session

__all__ = [
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "Person",
    "PersonManager",
    "Session",
]
