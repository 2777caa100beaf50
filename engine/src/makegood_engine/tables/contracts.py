"""Which columns each table has, and what they hold. The same names everywhere."""

from dataclasses import dataclass
from textwrap import wrap

import pyarrow as pa

from makegood_engine.tables.cells import Kind

ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.NUMBER: pa.float64(),
    Kind.COUNT: pa.int64(),
    Kind.FLAG: pa.bool_(),
    Kind.DIRECTION: pa.string(),
    Kind.SCALE: pa.string(),
    Kind.DATES: pa.string(),
    Kind.REBASES: pa.string(),
    Kind.CHART: pa.string(),
}
"""The Arrow type each kind of column is held in."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract: `needed` in the table, each cell `filled` or not."""

    name: str
    kind: Kind
    needed: bool = True
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """The columns of one table and the `key` that no two rows may share."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def needed(self) -> list[str]:
        """Names of the columns a table must have."""
        return [column.name for column in self.columns if column.needed]

    def column(self, name: str) -> Column | None:
        """Find a column by name, or None for one the contract does not know."""
        return next((column for column in self.columns if column.name == name), None)


MEASUREMENTS = Contract(
    "measurements",
    (
        Column("series", Kind.TEXT, filled=True),
        Column("period", Kind.DATE, filled=True),
        Column("value", Kind.NUMBER),
        Column("numerator", Kind.NUMBER, needed=False),
        Column("denominator", Kind.NUMBER, needed=False),
    ),
    ("series", "period"),
)
"""One row a series and period; an empty value is missing."""

DEFINITIONS = Contract(
    "definitions",
    (
        Column("series", Kind.TEXT, filled=True),
        Column("better", Kind.DIRECTION, needed=False),
        Column("target", Kind.NUMBER, needed=False),
        Column("rebases", Kind.REBASES, needed=False),
        Column("fix_after", Kind.COUNT, needed=False),
        Column("screen_outliers", Kind.FLAG, needed=False),
        Column("chart", Kind.CHART, needed=False),
    ),
    ("series",),
)
"""How each series is to be watched; a missing row means neutral, no target."""

COMMITMENTS = Contract(
    "commitments",
    (
        Column("commitment", Kind.TEXT, filled=True),
        Column("series", Kind.TEXT, filled=True),
        Column("better", Kind.DIRECTION, filled=True),
        Column("starts_on", Kind.DATE, filled=True),
        Column("due_on", Kind.DATE, filled=True),
        Column("baseline", Kind.NUMBER),
        Column("alternative", Kind.NUMBER),
        Column("target", Kind.NUMBER, filled=True),
        Column("pool", Kind.TEXT),
        Column("before_from", Kind.DATE, needed=False),
        Column("after_from", Kind.DATE, needed=False),
        Column("look", Kind.DATE, needed=False),
        Column("looks", Kind.DATES, needed=False),
        Column("scale", Kind.SCALE, needed=False),
        Column("unit", Kind.TEXT, needed=False),
    ),
    ("commitment",),
)
"""What was promised of each series, by when, beside what alternative."""

POOLS = Contract(
    "pools",
    (Column("pool", Kind.TEXT, filled=True), Column("series", Kind.TEXT, filled=True)),
    ("pool", "series"),
)
"""The comparators of each pool."""

FORMS = (
    "Dates are written 2024-04-01, or 2024-04 for the first of the month. `better` is up, down",
    "or neutral; `rebases` are dates with ; between, each with its reason if you like; `chart`",
    "is xmr, p or u. An empty cell is missing. Other columns are kept as they are.",
)
"""What cells hold, in words."""


def columns_said(*contracts: Contract) -> str:
    """List the columns of tables, for the help: those needed, then those that may be there."""
    lines = ["Columns of each table (those in brackets may be left out):", ""]
    for contract in contracts:
        said = [part.name if part.needed else f"[{part.name}]" for part in contract.columns]
        lines += wrap(
            ", ".join(said), 90,
            initial_indent=f"  {contract.name:14}", subsequent_indent=" " * 16,
        )  # fmt: skip
    return "\n".join([*lines, "", *FORMS])
