"""From `model.toml` to a model, or to all that is wrong with it, by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from makegood_engine.tables import FaultList, TableError, did_you_mean
from makegood_engine.tables.figures import plain
from makegood_engine.tables.toml import read_toml
from makegood_engine.value.dated import Bank, Rate, Worth, read_bank, shipped
from makegood_engine.value.keys import Keys
from makegood_engine.value.model import Cost, Model, Outcome
from makegood_engine.value.ranges import Range

TOP = ("name", "currency", "price_year", "discount", "seed", "draws", "bank", "deflator",
       "outcomes", "costs")  # fmt: skip
OUTCOME = ("name", "who", "quantity", "proxy", "deadweight", "displacement", "attribution",
           "drop_off", "from_year", "years", "discount", "why_no_range")  # fmt: skip
COST = ("name", "amount", "from_year", "years", "discount")
RATE = ("rate", "source", "dated")
DEFLATOR = ("index", "source", "dated")
POUNDS = dict.fromkeys(("£", "pound", "pounds", "sterling", "pounds sterling", "gbp"), "GBP")
"""How people write our currency."""
WORDS = {"drop_off": "drop-off", "proxy": "value of each"}
"""What a key is called in front of people, where that is not its name."""
LEAST_COST = 1e-6
"""Costs that can come to so little are refused: nothing can be divided by them."""
NO_RANGE = (
    "it needs a range for {}: nobody knows it to the last digit. "
    'If it truly has none, say why: why_no_range = "…".'
)

NO_RANGES = (
    "no figure is a range, and a ratio alone is never given. Write the figures that you are least "
    "sure of as ranges, from the least to the most they may be."
)


def example_model() -> str:
    """The text of the example model that comes with the engine."""
    return files("makegood_engine.value").joinpath("data/example.toml").read_text("utf-8")


def read_model(path: str | Path, *, bank: Bank | None = None) -> Model:
    """Read a model. `bank` adds values to those shipped and those of the model's own bank.

    Raises `TableError` with every fault, each with its line: unknown keys (with what may have
    been meant), figures that are none, shares beyond 0 to 1, a deadweight or attribution
    without a range and without a reason, a price year that no deflator bridges.
    """
    path = Path(path)
    held, places = read_toml(path)
    faults = FaultList(path.name)
    top = Keys(held, places, faults)
    reader = _Reader(top, _bank(top, path, bank), faults)
    model = reader.model()
    faults.raise_if_any()
    return model


def _bank(top: Keys, path: Path, extra: Bank | None) -> Bank:
    found = shipped()
    if "bank" in top.held and (named := top.text("bank")):
        try:
            found = found.with_values(read_bank(path.parent / named))
        except TableError as error:
            top.fault("bank", str(error))
    return found if extra is None else found.with_values(extra)


@dataclass(slots=True)
class _Reader:
    """Reads the parts, gathering inputs, sources and reasons on the way."""

    top: Keys
    bank: Bank
    faults: FaultList
    inputs: dict[str, Range] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    price_year: int = 0
    currency: str = ""

    def model(self) -> Model:
        """Read the whole; what it gives is to be used only if there were no faults."""
        self.top.only(TOP)
        self.price_year = self.top.whole("price_year")
        self.currency = self._currency()
        rate = self._rate(self.top) or next(iter(self.bank.rates.values()))
        outcomes = tuple(self._outcome(keys) for keys in self._tables("outcomes"))
        costs = tuple(self._cost(keys) for keys in self._tables("costs"))
        if not self.faults.total:
            self._check_whole(costs)
            self._tell_rates(rate, (*outcomes, *costs))
        return Model(
            name=self.top.text("name"),
            currency=self.currency,
            price_year=self.price_year,
            rate=rate,
            outcomes=outcomes,
            costs=costs,
            inputs=self.inputs,
            seed=self.top.whole("seed", 2026),
            draws=self.top.whole("draws", 20_000),
            sources=tuple(self.sources),
            reasons=tuple(self.reasons),
            notes=tuple(self.notes),
            words=self.words,
        )

    def _currency(self) -> str:
        """The currency by its three letters; pounds however they are written."""
        said = self.top.text("currency")
        known = POUNDS.get(said.lower(), said.upper())
        if said and not (len(known) == 3 and known.isascii() and known.isalpha()):
            self.top.fault("currency", f"“{said}” is not a currency. Write its three letters: GBP.")
        return known

    def _tables(self, key: str) -> list[Keys]:
        found = self.top.held.get(key)
        if not isinstance(found, list) or not found:
            self.top.fault(None, f"it needs [[{key}]], one for each.")
            return []
        keys = []
        names: set[object] = set()
        for nth, held in enumerate(found, start=1):
            if not isinstance(held, Mapping):
                self.top.fault(None, f"{key} must be tables, under [[{key}]].")
                continue
            one = Keys(held, self.top.places, self.faults, key, nth)
            name = held.get("name")
            if isinstance(name, str) and name.strip() in names:
                one.fault("name", "the name is there twice.")
            names.add(name.strip() if isinstance(name, str) else None)
            keys.append(one)
        return keys

    def _rate(self, keys: Keys) -> Rate | None:
        """The rate under `discount`, by name or one's own; None where it cannot be used."""
        held = keys.held.get("discount")
        if isinstance(held, Mapping):
            return self._own_rate(keys, held)
        rate = self.bank.rates.get(held) if isinstance(held, str) else None
        if rate is None:
            some = ", ".join(f"“{name}”" for name in self.bank.rates)
            keys.fault("discount", f"discount must be {some}, or a table of rate and source.")
            return None
        self._add_rate(keys, rate.source)
        if rate.note and rate.note not in self.notes:
            self.notes.append(rate.note)
        return rate

    def _own_rate(self, asked: Keys, held: Mapping[str, object]) -> Rate:
        whose = f"{asked.held.get('name')}: discount" if asked.table else "discount"
        keys = Keys({**held, "name": whose}, self.top.places, self.faults, asked.table, asked.nth)
        keys.only((*RATE, "name"))
        share = keys.share("rate")
        rate = 0.0
        if share is not None and not share.is_fixed:
            keys.fault("rate", "the discount rate is one number.")
        elif share is not None:
            rate = float(share.figures[0])
        source, dated = keys.text("source"), keys.day("dated")
        self._add_rate(asked, f"{source}, {dated}")
        return Rate("own", ((0, rate),), source, dated)

    def _add_rate(self, keys: Keys, source: str) -> None:
        whose = f" of “{keys.held.get('name')}”" if keys.table else ""
        self.sources[f"Discount rate{whose}: {source}"] = None

    def _part_rate(self, keys: Keys) -> Rate | None:
        """The rate of one outcome or cost; None where the model's is meant."""
        return self._rate(keys) if "discount" in keys.held else None

    def _tell_rates(self, rate: Rate, parts: tuple[Outcome | Cost, ...]) -> None:
        """Say which parts are discounted at another rate than the model's."""
        for part in parts:
            if part.rate is not None and part.rate.steps != rate.steps:
                own, usual = (plain(100 * one.at(1)) for one in (part.rate, rate))
                first = "" if len(part.rate.steps) == 1 else " at first"
                self.reasons.append(
                    f"“{part.name}” is discounted at {own}% a year{first}, where the model has {usual}%."
                )

    def _outcome(self, keys: Keys) -> Outcome:
        keys.only(OUTCOME)
        name = keys.text("name")
        found = {
            "quantity": keys.amount("quantity"),
            "deadweight": keys.share("deadweight"),
            "displacement": keys.share("displacement", 0.0),
            "attribution": keys.share("attribution"),
            "drop_off": keys.share("drop_off", 0.0),
        }
        self._check_ranges(keys, found)
        self.words |= {f"{name}: {key}": f"{name}: {said}" for key, said in WORDS.items()}
        for part, figure in found.items():
            if figure is not None:
                self.inputs[f"{name}: {part}"] = figure
        return Outcome(
            name=name,
            who=keys.text("who", needed=False),
            proxy=self._proxy(keys, name),
            from_year=keys.whole("from_year", 1),
            years=keys.whole("years", 1),
            rate=self._part_rate(keys),
            **{part: f"{name}: {part}" for part in found},
        )

    def _check_ranges(self, keys: Keys, found: Mapping[str, Range | None]) -> None:
        bare = [
            part for part in ("deadweight", "attribution")
            if (figure := found[part]) is not None and figure.is_fixed
        ]  # fmt: skip
        if not bare:
            return
        if "why_no_range" not in keys.held:
            for part in bare:
                keys.fault(part, NO_RANGE.format(part))
        elif reason := keys.text("why_no_range"):
            name = keys.held.get("name")
            self.reasons.append(f"“{name}” has no range for {' or '.join(bare)}: {reason}.")

    def _proxy(self, keys: Keys, name: str) -> str:
        held = keys.held.get("proxy")
        if not isinstance(held, str):
            if (figure := keys.figure("proxy")) is not None:
                self.inputs[f"{name}: proxy"] = figure
            return f"{name}: proxy"
        worth = self.bank.values.get(held)
        if worth is None:
            keys.fault(
                "proxy", f"no value is named “{held}”.{did_you_mean(held, self.bank.values)}"
            )
        elif worth.currency not in {"", self.currency}:
            keys.fault("proxy", f"“{held}” is in {worth.currency}, the model in {self.currency}.")
        elif held not in self.inputs and (factor := self._uplift(keys, worth)) is not None:
            self.inputs[held] = worth.value.times(factor) if factor != 1 else worth.value
            self.words[held] = f"Value of {worth.unit or held.replace('_', ' ')}"
            said = f"{self.words[held]}: {worth.source}; prices of {worth.price_year}"
            self.sources[said] = None
        return held

    def _uplift(self, keys: Keys, worth: Worth) -> float | None:
        """What a value's prices are multiplied by; only a dated deflator bridges two years."""
        if worth.price_year == self.price_year:
            return 1.0
        held = self.top.held.get("deflator")
        if not isinstance(held, Mapping):
            keys.fault(
                "proxy",
                f"“{worth.name}” is in prices of {worth.price_year}, the model of "
                f"{self.price_year}. Give a [deflator], or set price_year = {worth.price_year}.",
            )
            return None
        deflator = Keys({**held, "name": "deflator"}, self.top.places, self.faults, "deflator")
        deflator.only((*DEFLATOR, "name"))
        index = held.get("index")
        ends = []
        for year in (worth.price_year, self.price_year):
            value = index.get(str(year)) if isinstance(index, Mapping) else None
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                deflator.fault("index", f"the index needs a number above 0 for {year}.")
                return None
            ends.append(float(value))
        source, dated = deflator.text("source"), deflator.day("dated")
        self.sources[f"Deflator: {source}, {dated}"] = None
        return ends[1] / ends[0]

    def _cost(self, keys: Keys) -> Cost:
        keys.only(COST)
        name = keys.text("name")
        if (amount := keys.amount("amount")) is not None:
            self.inputs[f"{name}: cost"] = amount
        years = (keys.whole("from_year", 0), keys.whole("years", 1))
        return Cost(name, f"{name}: cost", *years, self._part_rate(keys))

    def _as_range(self) -> str:
        """The model's own quantity that may be written as a range, as an example."""
        name, one = next(iter(self.inputs.items()))
        likely = float(one.figures[0])
        outcome, _, key = name.rpartition(": ")
        ends = f"low = {0.8 * likely:g}, likely = {likely:g}, high = {1.2 * likely:g}"
        return f'For “{outcome}”, say: {key} = {{ shape = "pert", {ends} }}.'

    def _check_whole(self, costs: tuple[Cost, ...]) -> None:
        lowest = [self.inputs[cost.amount].at(1e-9).item() for cost in costs]
        if not sum(lowest) > LEAST_COST:
            self.top.fault(None, "the costs can come to 0, and nothing can be divided by 0.")
        if all(one.is_fixed for one in self.inputs.values()):
            self.top.fault(None, f"{NO_RANGES} {self._as_range()}")
