"""What contract answers when it hears that an organisation is to close."""

from datetime import date

from django.dispatch import receiver

from makegood.contract.queries import contracts_binding
from makegood.people.models import Organisation
from makegood.people.signals import closing_asked


@receiver(closing_asked)
def name_contracts(*, organisation: Organisation, today: date, **_: object) -> list[str]:
    """Name the contracts in force that bind it: who is a party, or judges, cannot just go."""
    found = contracts_binding(organisation, today=today)
    return [f"contract {contract.reference} is in force" for contract in found]
