"""What of a contract is withheld, and from whom."""

from datetime import date

from django.db.models import QuerySet

from makegood.contract.models import Contract, Withholding
from makegood.contract.parties import is_party
from makegood.people.models import Person


def withholdings_in_force(contract: Contract, *, today: date) -> QuerySet[Withholding]:
    """Return what of ``contract`` is withheld ``today``."""
    return contract.withholdings.filter(lifted_at__isnull=True, until_on__gt=today)


def withheld_from(
    person: Person | None, *, contract: Contract, today: date
) -> dict[str, Withholding]:
    """Return what ``person`` may not read of ``contract``, by part; parties, assessor and auditors may.

    Neither may whoever once delivered it, nor who is asked to take it over, before both parties agree.
    """
    held = {each.part: each for each in withholdings_in_force(contract, today=today)}
    return {} if not held or is_party(person, contract=contract) else held
