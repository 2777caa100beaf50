"""What an organisation has that another would get, if both were one."""

from collections.abc import Sequence
from dataclasses import dataclass

from makegood.people.models import Contact, Identifier, Membership, Offer, Organisation, Workplace
from makegood.people.queries.memberships import members_of
from makegood.people.queries.organisations import identifiers_of, open_offers_of, workplaces_of


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """One organisation, with all that it says and those who belong to it."""

    organisation: Organisation
    identifiers: Sequence[Identifier]
    workplaces: Sequence[Workplace]
    contacts: int
    """How many; who may see them, the organisation chose."""
    offers: Sequence[Offer]
    members: Sequence[Membership]


def belongings_of(organisation: Organisation) -> Belongings:
    """Gather what ``organisation`` has, for whoever decides whether it is one with another."""
    return Belongings(
        organisation=organisation,
        identifiers=list(identifiers_of(organisation)),
        workplaces=list(workplaces_of(organisation)),
        contacts=Contact.objects.filter(organisation=organisation, removed_at=None).count(),
        offers=list(open_offers_of(organisation)),
        members=list(members_of(organisation)),
    )
