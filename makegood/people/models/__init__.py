"""What is stored of people: persons, organisations and what they say, who belongs, and sessions."""

from makegood.people.models.areas import Area, Workplace
from makegood.people.models.claims import Claim, Proof
from makegood.people.models.contacts import Contact
from makegood.people.models.dpulo import DpuloAnswer, DpuloStatement
from makegood.people.models.duplicates import Duplicate, Grounds
from makegood.people.models.formations import (
    Advice,
    AdviserNote,
    Formation,
    Founder,
    StepTaken,
)
from makegood.people.models.identifiers import Identifier, IdentifierQuerySet
from makegood.people.models.invitations import Addressee, Invitation
from makegood.people.models.memberships import Membership, MembershipQuerySet
from makegood.people.models.motives import (
    MotiveAnswer,
    NamedMotive,
)
from makegood.people.models.notices import Notice
from makegood.people.models.offers import Offer
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person, PersonManager
from makegood.people.models.readings import Reading
from makegood.people.models.sessions import Session
from makegood.people.models.successions import Succession

__all__ = [
    "Addressee",
    "Advice",
    "AdviserNote",
    "Area",
    "Claim",
    "Contact",
    "DpuloAnswer",
    "DpuloStatement",
    "Duplicate",
    "Formation",
    "Founder",
    "Grounds",
    "Identifier",
    "IdentifierQuerySet",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "MotiveAnswer",
    "NamedMotive",
    "Notice",
    "Offer",
    "Organisation",
    "Person",
    "PersonManager",
    "Proof",
    "Reading",
    "Session",
    "StepTaken",
    "Succession",
    "Workplace",
]
