"""Drawing a model: the ratio with its interval, the tornado, and what the doubt is due to.

Every input that is a range has draws of its own, from the seed and its name: adding an input
changes no other's draws. The tornado sets each input at its 5th and 95th percentile, the others
at their medians. Shares of the variance are Sobol's first-order indices of the ratio: the part
of its variance that would go if the input were known. They are estimated from a second set of
draws (Saltelli and others 2010, estimator b); what they leave is inputs acting together.

Sources: Saltelli and others, "Variance based sensitivity analysis of model output", Computer
Physics Communications 181 (2010); HM Treasury, The Green Book, on discounting.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from makegood_engine.tables.figures import in_draws, plain
from makegood_engine.value.model import SHARE, Figures, Model

Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95
"""The ends of every interval: it covers 90%."""
MOST = 0.5
"""A share of the doubt above this is most of it."""
WIDE = 3.0
"""An upper end this many times the lower is said to be far apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What draws say of a number: its median, the 90% interval, and its mean."""

    median: float
    lower: float
    upper: float
    mean: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the tornado: the ratio with an input at its 5th and 95th percentile.

    `share` is the part of the ratio's variance due to this input alone; `unit` what the input is in:
    "share", the currency, or "" for a number of something.
    """

    name: str
    at_low: float
    at_high: float
    input_low: float
    input_high: float
    share: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeValue:
    """What one outcome is worth: its present value, in the model's prices."""

    name: str
    who: str
    present_value: Spread


@dataclass(frozen=True, slots=True)
class YearValue:
    """What one year brings and costs, as present values; `by_outcome` in the model's order."""

    year: int
    benefits: Spread
    costs: Spread
    by_outcome: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A model's value. Money is in the model's currency and prices.

    `ratio` is benefits ÷ costs, both present values; `above_one` the share of draws in which
    it is above 1. `tornado` runs from the widest bar, either
    side of `at_middle`, the ratio with every input at its median; `together` is the part of the ratio's
    variance that no input brings alone. `discount` names the rates that were used, `cautions` say what to
    bear in mind.
    """

    name: str
    currency: str
    price_year: int
    ratio: Spread
    above_one: float
    benefits: Spread
    costs: Spread
    net: Spread
    outcomes: tuple[OutcomeValue, ...]
    years: tuple[YearValue, ...]
    tornado: tuple[Bar, ...]
    at_middle: float
    together: float
    discount: str
    sources: tuple[str, ...]
    cautions: tuple[str, ...]
    seed: int
    draws: int

    @property
    def sentence(self) -> str:
        """What it says, in plain words: never a ratio alone."""
        money = sign_of(self.currency)
        low, middle, high = (
            _money(one, money) for one in (self.ratio.lower, self.ratio.median, self.ratio.upper)
        )
        sure = in_draws(self.above_one, self.draws).capitalize()
        brings = "does it bring" if round(self.above_one * self.draws) == 0 else "it brings"
        return (
            f"Each {money}1 brings back between {low} and {high} (90% of draws; "
            f"the middle draw is {middle}). {sure} {brings} back more than it costs. {self._doubt}"
        )

    @property
    def _doubt(self) -> str:
        """Say which input brings the largest part of the doubt, and how large that is."""
        widest = max(self.tornado, key=lambda bar: bar.share)
        if widest.share > MOST:
            return f"Most of the doubt ({widest.share:.0%}) comes from {widest.name}."
        return f"The largest part of the doubt ({widest.share:.0%}) comes from {widest.name}."


def appraise(model: Model) -> Appraisal:
    """Draw a model and say what it is worth, with how sure that is.

    Every figure is over `model.draws` draws of all inputs that range; money is in the model's
    currency and prices, discounted to year 0. Raises `KeyError` for an outcome or a cost that names
    no input of the model; `read_model` gives none such. Sources: those of this module.
    """
    chances = _chances(model, stream=0)
    figures = _figures(model, chances)
    worth, paid = model.present_values(figures)
    benefits = sum(worth) + np.zeros(model.draws)
    costs = paid + np.zeros(model.draws)
    ratio = benefits / costs
    tornado, together = _tornado(model, chances, ratio)
    return Appraisal(
        name=model.name,
        currency=model.currency,
        price_year=model.price_year,
        ratio=_spread(ratio),
        above_one=float(np.mean(ratio > 1)),
        benefits=_spread(benefits),
        costs=_spread(costs),
        net=_spread(benefits - costs),
        outcomes=tuple(
            OutcomeValue(one.name, one.who, _spread(part))
            for one, part in zip(model.outcomes, worth, strict=True)
        ),
        years=tuple(
            YearValue(
                year, _spread(sum(brought)), _spread(spent), tuple(_spread(one) for one in brought)
            )
            for year, (brought, spent) in enumerate(model.by_year(figures))
        ),
        tornado=tornado,
        at_middle=float(_ratio(model, _middle(model))),
        together=together,
        discount=_discounted(model),
        sources=model.sources,
        cautions=(*model.reasons, *_cautions(ratio), *model.notes),
        seed=model.seed,
        draws=model.draws,
    )


def _discounted(model: Model) -> str:
    """The model's rate and its source, then each outcome and cost that has another."""
    said = [f"{model.rate.name}, {model.rate.source}"]
    said += [
        f"{part.name}: {part.rate.name}, {part.rate.source}"
        for part in model.parts
        if part.rate is not None and part.rate != model.rate
    ]
    return "; ".join(said)


def _chances(model: Model, *, stream: int) -> dict[str, Floats]:
    """A chance between 0 and 1 for each ranging input and draw, by seed, name and stream."""
    found = {}
    for name in model.ranging:
        source = np.random.default_rng([model.seed, stream, crc32(name.encode())])
        found[name] = np.clip(source.random(model.draws), 1e-12, 1 - 1e-12)
    return found


def _figures(model: Model, chances: dict[str, Floats]) -> "dict[str, Floats | float]":
    return {
        name: one.at(chances[name]) if name in chances else one.figures[0]
        for name, one in model.inputs.items()
    }


def _ratio(model: Model, figures: Figures) -> Floats:
    worth, paid = model.present_values(figures)
    return np.asarray(sum(worth) / paid, dtype=np.float64)


def _middle(model: Model) -> Figures:
    """Every input at its median."""
    return {name: float(one.at(0.5)) for name, one in model.inputs.items()}


def _tornado(
    model: Model, chances: dict[str, Floats], ratio: Floats
) -> tuple[tuple[Bar, ...], float]:
    middle = _middle(model)
    figures = _figures(model, chances)
    others = _figures(model, _chances(model, stream=1))
    second = _ratio(model, others)
    variance = float(np.var(np.concatenate([ratio, second])))
    bars = []
    for name in model.ranging:
        ends = [float(model.inputs[name].at(chance)) for chance in (LOW, HIGH)]
        at = [float(_ratio(model, {**middle, name: end})) for end in ends]
        mixed = _ratio(model, {**figures, name: others[name]}) + np.zeros(model.draws)
        part = float(np.mean((second - second.mean()) * (mixed - ratio)))
        share = min(max(part / variance, 0.0), 1.0) if variance > 0 else 0.0
        unit = model.unit_of(name)
        bars.append(Bar(model.said(name), at[0], at[1], ends[0], ends[1], share, unit))
    bars.sort(key=lambda bar: -abs(bar.at_high - bar.at_low))
    return tuple(bars), max(1 - sum(bar.share for bar in bars), 0.0)


def _spread(draws: "Floats | float") -> Spread:
    cells = np.atleast_1d(np.asarray(draws, dtype=np.float64))
    lower, median, upper = (float(end) for end in np.quantile(cells, (LOW, 0.5, HIGH)))
    return Spread(median, lower, upper, float(cells.mean()))


def _cautions(ratio: Floats) -> tuple[str, ...]:
    found = _spread(ratio)
    said = ["A ratio of one model is not to be set against that of another."]
    if found.lower <= 0 or found.upper > WIDE * found.lower:
        said.append(
            "Its two ends are far apart: better figures are worth more than a better ratio."
        )
    if found.lower < 1 < found.upper:
        said.append("It may bring back less than it costs.")
    return tuple(said)


def sign_of(currency: str) -> str:
    """What stands before an amount: £, or the currency's name."""
    return "£" if currency == "GBP" else f"{currency} "


def figure_said(value: float, unit: str) -> str:
    """Write an input as people do, by the unit of its `Bar`: 15%, £2,500, 120."""
    if unit == SHARE:
        return f"{plain(100 * value)}%"
    return _money(value, sign_of(unit)) if unit else plain(value)


def _money(value: float, sign: str) -> str:
    """Money to the penny below 100, to three figures above: £3.50, −£0.20."""
    size = abs(value)
    said = plain(size) if size >= 100 else f"{size:.2f}"
    return f"{'−' if value < 0 else ''}{sign}{said}"
