"""What is said of a bad cell: one fault names one place, one error lists the first twenty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SHOWN = 20
"""How many faults an error lists; all are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a table, with its place.

    `row` counts file lines with the header as row 1, or is None for the whole file; `column`
    and `value` are as the file has them; `message` is a plain sentence saying what to do.
    """

    row: int | None
    column: str | None
    value: str | None
    message: str

    def __str__(self) -> str:
        """Say place and message: ``Row 5, period: “x” is not a date. …``."""
        if self.row is None:
            return self.message
        place = f"Row {self.row:,}" + (f", {self.column}" if self.column else "")
        return f"{place}: {self.message}"


class TableError(Exception):
    """A table that cannot be used. `str()` is the whole message for the user.

    `faults` holds at most the first 20, in file order; `total` counts all of them.
    """

    def __init__(
        self, faults: Sequence[Fault], total: int | None = None, *, name: str = ""
    ) -> None:
        """Keep the first twenty of `faults`; `name` is the file or table spoken of."""
        self.faults = list(faults[:SHOWN])
        self.total = len(faults) if total is None else total
        self.name = name
        super().__init__(self._message())

    def _message(self) -> str:
        lead = f"{self.name}: " if self.name else ""
        if self.total == 1:
            return f"{lead}{self.faults[0]}"
        more = f" The first {SHOWN}:" if self.total > SHOWN else ""
        lines = [f"{lead}{self.total:,} things are wrong.{more}"]
        return "\n".join(lines + [f"  {fault}" for fault in self.faults])


def whole_file(message: str, *, name: str = "") -> TableError:
    """Make the error for something wrong with a file as a whole."""
    return TableError([Fault(None, None, None, message)], 1, name=name)


@dataclass(slots=True)
class FaultList:
    """Faults as they are met: counts all, keeps the earliest twenty by row."""

    name: str = ""
    kept: list[Fault] = field(default_factory=list)
    total: int = 0

    @property
    def is_full(self) -> bool:
        """Whether as many faults are kept as will be shown."""
        return len(self.kept) >= SHOWN

    def add(self, faults: Iterable[Fault]) -> None:
        """Take in faults from one piece of a table."""
        fresh = list(faults)
        self.total += len(fresh)
        if not fresh or (self.is_full and (fresh[0].row or 0) > (self.kept[-1].row or 0)):
            return
        self.kept = sorted(self.kept + fresh, key=lambda fault: fault.row or 0)[:SHOWN]

    def raise_if_any(self) -> None:
        """Raise `TableError` when anything was found wrong."""
        if self.total:
            raise TableError(self.kept, self.total, name=self.name)
