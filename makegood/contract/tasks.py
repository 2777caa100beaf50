"""What contract answers: who judges a proposal, and what keeps an organisation from going."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.dispatch import receiver

from makegood.articulate.models import Proposal
from makegood.articulate.signals import judges_asked, panels_asked
from makegood.contract.models import PanelMember
from makegood.contract.queries import (
    assessors_of,
    contracts_binding,
    contracts_to_take_over,
    needs_weighed_by,
    proposals_awaiting_contract,
    providers_recording,
    series_owed,
)
from makegood.measures.models import Series
from makegood.measures.signals import owed_asked, recorders_asked
from makegood.people.models import Organisation, Person
from makegood.people.signals import closing_asked, merging_asked


@receiver(closing_asked)
def name_contracts(*, organisation: Organisation, today: date, **_: object) -> list[str]:
    """Name the contracts in force that bind it: who is a party, or judges, cannot just go."""
    found = contracts_binding(organisation, today=today)
    return [f"contract {contract.reference} is in force" for contract in found]


@receiver(merging_asked)
def name_what_waits_for_a_contract(
    *, organisation: Organisation, now: datetime, **_: object
) -> list[str]:
    """Name the approved proposals whose contract it may still sign or judge."""
    found = proposals_awaiting_contract(organisation, now=now)
    signed = contracts_to_take_over(organisation)
    return [
        *(f"the proposal “{proposal}” waits for its contract" for proposal in found),
        *(f"it signed that it takes over contract {each.reference}" for each in signed),
    ]


@receiver(judges_asked)
def name_assessor(*, proposal: Proposal, **_: object) -> set[int]:
    """Name the assessor of the proposal's contract, from its draft on: it reads what it judges."""
    return assessors_of(proposal)


@receiver(recorders_asked)
def name_who_owes_figures(*, series: Series, **_: object) -> set[int]:
    """Name who delivers the contracts in force that ask for the figures of ``series``."""
    return providers_recording(series)


@receiver(owed_asked)
def name_series_owed(*, among: "QuerySet[Series]", **_: object) -> set[int]:
    """Name the series that contracts in force ask for."""
    return series_owed(among)


@receiver(panels_asked)
def name_needs_weighed(*, person: Person, **_: object) -> "QuerySet[PanelMember, dict[str, int]]":
    """Name the needs whose proposals ``person`` weighs, and so reads."""
    return needs_weighed_by(person)
