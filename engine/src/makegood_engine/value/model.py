"""A model of value: its outcomes, its costs, and the figures that they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from makegood_engine.value.dated import Rate
from makegood_engine.value.ranges import Range

Floats = NDArray[np.float64]
Figures = Mapping[str, "Floats | float"]
"""A figure for each input by name: one number, or one a draw."""
SHARE = "share"
"""In place of a unit: a part of 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that came of it; each part names an input of the model.

    It arises in `years` years from `from_year` on (0 is now); `drop_off` is lost each year from
    its second on. `rate` discounts it; None is the model's.
    """

    name: str
    who: str
    quantity: str
    proxy: str
    deadweight: str
    displacement: str
    attribution: str
    drop_off: str
    from_year: int = 1
    years: int = 1
    rate: Rate | None = None

    def first(self, figures: Figures) -> "Floats | float":
        """What it is worth in its first year, not discounted."""
        return (
            figures[self.quantity]
            * figures[self.proxy]
            * (1 - figures[self.deadweight])
            * (1 - figures[self.displacement])
            * (1 - figures[self.attribution])
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """Something paid, the same `amount` (an input's name) in each of `years` years.

    `rate` discounts it; None is the model's.
    """

    name: str
    amount: str
    from_year: int = 0
    years: int = 1
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model. `inputs` holds each figure under its name; several parts may share one.

    `rate` discounts what has none of its own. `words` says what an input is called where its name
    is a key. `sources` says where values and rates come from, with dates; `reasons` why figures
    that should be ranges are none, and what has another rate.
    """

    name: str
    currency: str
    price_year: int
    rate: Rate
    outcomes: tuple[Outcome, ...]
    costs: tuple[Cost, ...]
    inputs: Mapping[str, Range]
    seed: int = 2026
    draws: int = 20_000
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    words: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """What an input is called in front of people."""
        return self.words.get(name, name)

    def unit_of(self, name: str) -> str:
        """What an input is in: "share", the currency, or "" for a number of something."""
        for one in self.outcomes:
            if name in (one.deadweight, one.displacement, one.attribution, one.drop_off):
                return SHARE
        money = {*(one.proxy for one in self.outcomes), *(cost.amount for cost in self.costs)}
        return self.currency if name in money else ""

    @property
    def parts(self) -> tuple[Outcome | Cost, ...]:
        """Every outcome, then every cost."""
        return (*self.outcomes, *self.costs)

    def factor(self, part: Outcome | Cost, year: int) -> float:
        """What 1 of an outcome or a cost in a year is worth in year 0."""
        return (part.rate or self.rate).factor(year)

    @property
    def ranging(self) -> tuple[str, ...]:
        """The inputs that are ranges, in order."""
        return tuple(name for name, one in self.inputs.items() if not one.is_fixed)

    @property
    def last_year(self) -> int:
        """The last year in which anything arises or is paid."""
        ends = [one.from_year + one.years for one in self.outcomes]
        return max(ends + [cost.from_year + cost.years for cost in self.costs]) - 1

    def present_values(self, figures: Figures) -> "tuple[list[Floats | float], Floats | float]":
        """The present value of each outcome, and of all costs, in the prices of `price_year`."""
        worth = [self._present(one, figures) for one in self.outcomes]
        paid: Floats | float = 0.0
        for cost in self.costs:
            years = range(cost.from_year, cost.from_year + cost.years)
            paid = paid + figures[cost.amount] * sum(self.factor(cost, year) for year in years)
        return worth, paid

    def _present(self, outcome: Outcome, figures: Figures) -> "Floats | float":
        kept: Floats | float = 1.0
        total: Floats | float = 0.0
        for year in range(outcome.from_year, outcome.from_year + outcome.years):
            total = total + kept * self.factor(outcome, year)
            kept = kept * (1 - figures[outcome.drop_off])
        return outcome.first(figures) * total

    def by_year(self, figures: Figures) -> "list[tuple[list[Floats | float], Floats | float]]":
        """The present value of each outcome, and of all costs, year by year from 0."""
        found = []
        for year in range(self.last_year + 1):
            worth: list[Floats | float] = []
            for one in self.outcomes:
                since = year - one.from_year
                kept = (1 - figures[one.drop_off]) ** since if 0 <= since < one.years else 0.0
                worth.append(one.first(figures) * kept * self.factor(one, year))
            paid: Floats | float = 0.0
            for cost in self.costs:
                if 0 <= year - cost.from_year < cost.years:
                    paid = paid + figures[cost.amount] * self.factor(cost, year)
            found.append((worth, paid))
        return found
