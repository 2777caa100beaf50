"""Pounds and pence, exactly: parsed from what people type, shown as people write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

PENNY = Decimal("0.01")
LARGEST = 10**11
"""No figure and no amount of pounds is larger than this."""
PLAIN_AMOUNT = re.compile(r"([0-9]+|[0-9]{1,3}([, ][0-9]{3})+)(\.[0-9]+)?")


class NotMoney(ValueError):
    """What was typed is not an amount of money; the message says what to write."""


def parse_pounds(text: str) -> Decimal:
    """Return ``£12,500``, ``12500`` or ``12,500.50`` as an amount in pounds."""
    typed = text.strip().removeprefix("£").strip()
    if not PLAIN_AMOUNT.fullmatch(typed):
        raise NotMoney(f"“{text}” is not an amount. Write it like 12500 or 12,500.50.")
    plain = typed.replace(",", "").replace(" ", "")
    pounds, _, rest = plain.partition(".")
    if len(pounds.lstrip("0")) > len(str(LARGEST)) or Decimal(plain) > LARGEST:
        raise NotMoney(f"“{text}” is too much. Give at most {LARGEST:,} pounds.")
    if rest.rstrip("0")[2:]:
        raise NotMoney(f"“{text}” is not an amount in pounds and pence.")
    return Decimal(plain).quantize(PENNY)


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
