"""What a proposal says already of the contract that is drafted from it: its price, and its days."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.articulate.models import Proposal
from makegood.articulate.queries import prices_of, promises_of
from makegood.kernel.money import show_pounds
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The frame of a contract as its proposal has it; whoever drafts may say otherwise."""

    starts_on: date | None = None
    ends_on: date | None = None
    value: Decimal | None = None
    years: int = 0

    @property
    def price_in_words(self) -> str:
        """Return where the value comes from; nothing where the proposal gives no price."""
        if self.value is None:
            return ""
        over = "1 year" if self.years == 1 else f"{self.years} years"
        return f"The price in the proposal is {show_pounds(self.value)}, over {over}."


def frame_offered(proposal: Proposal, *, person: Person | None) -> Offered:
    """Return what ``proposal`` says of its days and price, as ``person`` may read it."""
    price = prices_of([proposal], person=person)[proposal.pk]
    promises = list(promises_of(proposal))
    is_round = price.whole is not None and price.whole % 1 == 0
    return Offered(
        starts_on=min((each.starts_on for each in promises), default=None),
        ends_on=max((each.due_on for each in promises), default=None),
        value=price.whole.quantize(Decimal(1)) if price.whole and is_round else price.whole,
        years=price.years,
    )
