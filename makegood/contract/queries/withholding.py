"""What of a contract is withheld, and from whom."""

from datetime import date

from django.db.models import QuerySet

from makegood.articulate.queries import reach_of
from makegood.contract.models import Contract, Withholding
from makegood.people.models import Person


def withholdings_in_force(contract: Contract, *, today: date) -> QuerySet[Withholding]:
    """Return what of ``contract`` is withheld ``today``."""
    return contract.withholdings.filter(lifted_at__isnull=True, until_on__gt=today)


def withheld_from(
    person: Person | None, *, contract: Contract, today: date
) -> dict[str, Withholding]:
    """Return what ``person`` may not read of ``contract``, by part; parties, assessor and auditors may."""
    held = {each.part: each for each in withholdings_in_force(contract, today=today)}
    return {} if not held or is_inside(person, contract=contract) else held


def is_inside(person: Person | None, *, contract: Contract) -> bool:
    """Return whether ``person`` reads all of ``contract``: for a party, the assessor or an auditor."""
    houses = (contract.provider.pk, contract.commissioner.pk, contract.assessor_id)
    return reach_of(person).is_inside(houses, programme=contract.proposal.need.programme_id)
