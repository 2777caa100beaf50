"""What is said of a bad cell: one fault names one place, one error lists the first twenty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

SHOWN = 20
"""How many faults an error lists; all are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a table, with its place.

    `row` counts file lines with the header as row 1, or is None for the whole file; `column`
    and `value` are as the file has them; `message` is a plain sentence saying what to do;
    `name` is the file or table, where an error has been made of the fault. `about` names series
    and period, for readers that do not know rows.
    """

    row: int | None
    column: str | None
    value: str | None
    message: str
    name: str = field(default="", compare=False)
    about: tuple[str | None, str | None] | None = field(default=None, compare=False)

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
        self.faults = [replace(fault, name=fault.name or name) for fault in faults[:SHOWN]]
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


class TablesError(TableError):
    """Several tables that cannot be used: what is wrong in each, under its own name."""

    def __init__(self, errors: "Sequence[TableError]") -> None:
        """Put the errors of several tables into one."""
        self.errors = list(errors)
        super().__init__(
            [fault for error in errors for fault in error.faults],
            sum(error.total for error in errors),
        )
        self.faults = [fault for error in errors for fault in error.faults]

    def _message(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def _place(fault: Fault) -> int:
    return fault.row or 0


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
        if not fresh or (self.is_full and min(map(_place, fresh)) > _place(self.kept[-1])):
            return
        self.kept = sorted(self.kept + fresh, key=_place)[:SHOWN]

    def raise_if_any(self) -> None:
        """Raise `TableError` when anything was found wrong."""
        if self.total:
            raise TableError(self.kept, self.total, name=self.name)


def raise_together(lists: Iterable[FaultList]) -> None:
    """Raise one error for all the tables in which anything was found wrong."""
    wrong = [TableError(found.kept, found.total, name=found.name) for found in lists if found.total]
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise TablesError(wrong)
