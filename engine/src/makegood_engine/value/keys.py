"""Reading the keys of one table of a model, faults gathered by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from makegood_engine.tables import Fault, FaultList, did_you_mean
from makegood_engine.tables.figures import as_share
from makegood_engine.tables.toml import Places
from makegood_engine.value.ranges import Range, fixed, range_of

MANY = {"years": (1, 200), "from_year": (0, 200), "price_year": (1900, 2200),
        "seed": (0, 2**63 - 1), "draws": (1_000, 1_000_000)}  # fmt: skip
"""The least and the most of each whole number."""


@dataclass(slots=True)
class Keys:
    """One table of a model: `held` its keys, `table` and `nth` where it stands.

    A reader that finds something wrong adds a fault, and gives None or what is usual.
    """

    held: Mapping[str, object]
    places: Places
    faults: FaultList
    table: str = ""
    nth: int = 1

    @property
    def said(self) -> str:
        """How the table is spoken of: outcomes 2 (“Less alone”)."""
        name = self.held.get("name")
        named = f" (“{name}”)" if isinstance(name, str) and name.strip() else ""
        return f"{self.table} {self.nth}{named}" if self.table else "the model"

    def fault(self, key: str | None, message: str) -> None:
        """Add a fault at a key, or at the table's first line."""
        row = self.places.row(self.table, self.nth, key)
        if row is None and self.table:
            row = self.places.row(self.table, self.nth)
        held = None if key is None else str(self.held.get(key, ""))[:80]
        self.faults.add([Fault(row, key, held, f"In {self.said}: {message}")])

    def only(self, known: tuple[str, ...]) -> None:
        """Refuse keys that are not known, with the one that may have been meant."""
        for key in self.held:
            if key not in known:
                hint = did_you_mean(key, known) or f" There are {', '.join(known)}."
                self.fault(key, f"there is no key “{key}”.{hint}")

    def text(self, key: str, *, needed: bool = True) -> str:
        """Read a text; "" where it is missing."""
        value = self.held.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(key, f"it needs a {key}, in quotation marks.")
            return ""
        return value.strip()

    def whole(self, key: str, usual: int | None = None) -> int:
        """Read a whole number within the bounds of `MANY`; without a usual one it is needed."""
        low, high = MANY[key]
        value = self.held.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, f"{key} must be a whole number from {low} to {high}.")
            return low if usual is None else usual
        return value

    def day(self, key: str) -> date:
        """Read a date."""
        value = self.held.get(key)
        if not isinstance(value, date):
            self.fault(key, f"it needs {key}, a date like 2026-04-01.")
            return date.min
        return value

    def figure(self, key: str, usual: float | None = None) -> Range | None:
        """Read a number or a range; None where there is none that can be used."""
        value = self.held.get(key, usual)
        if value is None:
            self.fault(key, f"it needs {key}: a number or a range.")
            return None
        try:
            if isinstance(value, Mapping):
                return range_of(value)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError("Write a number, or a range with a shape.")
            return fixed(float(value))
        except (ValueError, OverflowError) as error:
            self.fault(key, f"{key}: {error}")
            return None

    def share(self, key: str, usual: float | None = None) -> Range | None:
        """Read a share: a number or range that keeps within 0 and 1."""
        found = self.figure(key, usual)
        if found is None:
            return None
        low, high = found.support
        if low < 0 or high > 1:
            hint = "Try pert or beta."
            if found.is_fixed and 1 < high <= 100:
                hint = f"If it is {high:g}%, write {as_share(high)}."
            self.fault(key, f"{key} is a share, so it must keep from 0 to 1. {hint}")
            return None
        return found

    def amount(self, key: str) -> Range | None:
        """Read a number or range that is never below 0."""
        found = self.figure(key)
        if found is not None and found.support[0] < 0:
            self.fault(key, f"{key} must never be below 0. Try lognormal or pert.")
            return None
        return found
