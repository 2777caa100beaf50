"""How the register of contracts is narrowed."""

from typing import Any

from django.db.models import QuerySet

from makegood.contract.models import Contract
from makegood.contract.queries import (
    ELSEWHERE,
    HERE,
    Order,
    Wanted,
    parties_in_register,
    programmes_in_register,
)
from makegood.contract.states import Standing
from makegood.kernel.answers import offer
from makegood.kernel.filters import ListFilter, one_found, one_of

STANDINGS = [
    ("", "Any"),
    (Standing.DRAFTING, "Being drafted"),
    (Standing.IN_FORCE, "In force"),
    (Standing.ENDING, "Ending within 6 months"),
    (Standing.ENDED, "Ended"),
]
ORIGINS = [("", "Anywhere"), (HERE, "Made here"), (ELSEWHERE, "Brought in")]
ORDERS = [
    (Order.NEWEST, "Newest first"),
    (Order.ENDS, "What ends first"),
    (Order.NAME, "By title"),
]


class RegisterFilter(ListFilter):
    """Narrows the register."""

    standing = one_of("How it stands", STANDINGS)
    commissioner = one_found("Commissioner", otherwise="Any commissioner")
    provider = one_found("Provider", otherwise="Any provider")
    programme = one_found("Programme", otherwise="Any programme")
    origin = one_of("Where it was made", ORIGINS)
    order = one_of("Order", ORDERS)

    def __init__(self, data: Any = None, *, seen: QuerySet[Contract]) -> None:
        super().__init__(data)
        self.fields["q"].label = "Words or a reference"
        offer(
            self,
            commissioner=parties_in_register(seen, role="need__commissioner"),
            provider=parties_in_register(seen, role="provider"),
            programme=programmes_in_register(seen),
        )

    def wanted(self) -> Wanted:
        """Return what is looked for; a filter that cannot be read narrows nothing."""
        answers = self.answers
        return Wanted(
            text=answers.get("q", ""),
            commissioner=answers.get("commissioner"),
            provider=answers.get("provider"),
            programme=answers.get("programme"),
            standing=answers.get("standing", ""),
            origin=answers.get("origin", ""),
            order=Order(answers.get("order") or Order.NEWEST),
        )
