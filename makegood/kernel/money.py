"""Pounds and pence, exactly: parsed from what people type, shown as people write them."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

PENNY = Decimal("0.01")


class NotMoney(ValueError):
    """What was typed is not an amount of money; the message says what to write."""


def parse_pounds(text: str) -> Decimal:
    """Return ``£12,500``, ``12500`` or ``12,500.50`` as an amount in pounds."""
    cleaned = text.strip().removeprefix("£").replace(",", "").replace(" ", "")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        raise NotMoney(f"“{text}” is not an amount. Write it like 12500 or 12,500.50.") from None
    if not amount.is_finite() or amount != amount.quantize(PENNY):
        raise NotMoney(f"“{text}” is not an amount in pounds and pence.")
    return amount.quantize(PENNY)


def show_pounds(amount: Decimal) -> str:
    """Return ``£12,500`` for whole pounds and ``£12,500.50`` otherwise."""
    whole = amount == amount.to_integral_value()
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.0f}" if whole else f"{sign}£{abs(amount):,.2f}"


@dataclass(frozen=True, kw_only=True)
class PoundsRange:
    """Between ``low`` and ``high`` pounds; what something is worth is never a single number."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise NotMoney(f"The lower end {self.low} is above the upper end {self.high}.")

    def __add__(self, other: "PoundsRange") -> "PoundsRange":
        return PoundsRange(low=self.low + other.low, high=self.high + other.high)

    def __str__(self) -> str:
        return f"{show_pounds(self.low)} to {show_pounds(self.high)}"
