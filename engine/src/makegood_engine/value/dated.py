"""Dated data: rates and values that others have published, each with its source and date.

What is shipped stands in `data/dated.toml`. Licensed value banks do not ship: users load their
own, as CSV (`BANK`) or as TOML of the shipped file's form.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path

from makegood_engine.tables import ROW, Column, Contract, Fault, FaultList, read_table
from makegood_engine.tables.cells import Kind
from makegood_engine.tables.toml import read_toml
from makegood_engine.value.ranges import Range, fixed, range_of

BANK = Contract(
    "value bank",
    (
        Column("name", Kind.TEXT, filled=True),
        Column("value", Kind.NUMBER, filled=True),
        Column("low", Kind.NUMBER, needed=False),
        Column("high", Kind.NUMBER, needed=False),
        Column("unit", Kind.TEXT, needed=False),
        Column("price_year", Kind.COUNT, filled=True),
        Column("source", Kind.TEXT, filled=True),
    ),
    ("name",),
)
"""A bank of values: with `low` and `high` a value is a triangular range, without them a number."""

ENTRY = ("name", "unit", "value", "currency", "price_year", "source", "dated")
"""The keys of one value in a TOML bank."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A discount rate: `steps` of (first year, rate a year), with where it stands."""

    name: str
    steps: tuple[tuple[int, float], ...]
    source: str
    dated: date
    note: str = ""

    def at(self, year: int) -> float:
        """The rate of one year."""
        return next(rate for first, rate in reversed(self.steps) if year >= first)

    def factor(self, year: int) -> float:
        """What 1 in a year is worth in year 0: the rates of years 1 to `year`, one by one."""
        found = 1.0
        for passed in range(1, year + 1):
            found /= 1 + self.at(passed)
        return found


@dataclass(frozen=True, slots=True)
class Worth:
    """What one unit of something is worth, in the prices of `price_year`."""

    name: str
    value: Range
    price_year: int
    source: str
    unit: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """Rates and values by name."""

    rates: Mapping[str, Rate] = field(default_factory=dict)
    values: Mapping[str, Worth] = field(default_factory=dict)

    def with_values(self, other: "Bank") -> "Bank":
        """The same, with another bank's values over its own."""
        return Bank(self.rates, {**self.values, **other.values})


def shipped() -> Bank:
    """The rates and values that come with the engine, all openly licensed.

    Rates are shares a year, values in the currency and prices that each names; sources, dates and
    how each was checked stand in `value/data/dated.toml`.
    """
    held = tomllib.loads(
        files("makegood_engine.value").joinpath("data/dated.toml").read_text("utf-8")
    )
    rates = {
        one["name"]: Rate(
            one["name"],
            tuple((step["from_year"], step["rate"]) for step in one["steps"]),
            f"{one['source']}, {one['dated']}",
            one["dated"],
            one.get("note", ""),
        )
        for one in held["rates"]
    }
    return Bank(rates, {one["name"]: _worth(one) for one in held["values"]})


def read_bank(path: str | Path) -> Bank:
    """Read a bank of values from CSV or TOML. Raises `TableError` naming what is wrong where."""
    path = Path(path)
    return _from_toml(path) if path.suffix.lower() == ".toml" else _from_table(path)


def _from_toml(path: Path) -> Bank:
    held, places = read_toml(path)
    faults = FaultList(path.name)
    found: dict[str, Worth] = {}
    entries = held.get("values")
    if not isinstance(entries, list) or not entries:
        faults.add([Fault(None, None, None, "The file needs [[values]], one for each value.")])
        entries = []
    for place, entry in enumerate(entries, start=1):
        try:
            worth = _checked(entry)
            if worth.name in found:
                raise ValueError(f"The name “{worth.name}” is there twice.")
        except ValueError as error:
            row = places.row("values", place)
            faults.add([Fault(row, f"values {place}", None, f"values {place}: {error}")])
            continue
        found[worth.name] = worth
    faults.raise_if_any()
    return Bank({}, found)


def _checked(entry: object) -> Worth:
    """Make a value of one entry. Raises `ValueError`."""
    if not isinstance(entry, dict):
        raise ValueError("It is not a table of name, value, price_year and source.")
    for key in ("name", "source"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ValueError(f"It needs a {key}, in quotation marks.")
    year = entry.get("price_year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2200:
        raise ValueError("It needs a price_year, like 2024.")
    strange = sorted(set(entry) - set(ENTRY))
    if strange:
        raise ValueError(f"There is no key “{strange[0]}”. There are {', '.join(ENTRY)}.")
    return _worth(entry)


def _worth(entry: Mapping[str, object]) -> Worth:
    value = entry.get("value")
    if isinstance(value, dict):
        worth = range_of(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        worth = fixed(float(value))
    else:
        raise ValueError("It needs a value: a number or a range.")
    dated = f", {entry['dated']}" if "dated" in entry else ""
    year = entry["price_year"]
    assert isinstance(year, int)
    return Worth(
        str(entry["name"]), worth, year, f"{entry['source']}{dated}",
        str(entry.get("unit", "")), str(entry.get("currency", "")),
    )  # fmt: skip


def _from_table(path: Path) -> Bank:
    table = read_table(path, BANK)
    faults = FaultList(path.name)
    found = {}
    for row in table.to_pylist():
        low, high, value = row.get("low"), row.get("high"), row["value"]
        try:
            if (low is None) != (high is None):
                raise ValueError("A range needs both low and high.")
            worth = fixed(value) if low is None else Range("triangular", (low, value, high))
        except ValueError as error:
            faults.add([Fault(row[ROW], "low", str(low), str(error))])
            continue
        found[row["name"]] = Worth(
            row["name"], worth, row["price_year"], row["source"], row.get("unit") or ""
        )
    faults.raise_if_any()
    return Bank({}, found)
