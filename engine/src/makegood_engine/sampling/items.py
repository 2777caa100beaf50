"""The tables of sampling: the items there are, and the sample once it has been checked."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from makegood_engine.tables import Column, Contract, from_arrow, read_table
from makegood_engine.tables.cells import Kind

ITEMS = Contract(
    "items",
    (
        Column("item", Kind.TEXT, filled=True),
        Column("provider", Kind.TEXT, needed=False, filled=True),
    ),
    ("item",),
)
"""One row an item that may be drawn, and whose it is."""

CHECKED = Contract(
    "checked",
    (Column("item", Kind.TEXT, filled=True), Column("wrong", Kind.FLAG, filled=True)),
    ("item",),
)
"""The drawn sample come back, with `wrong` true or false in every row."""
EVERYONE = "all"
"""The one provider where the table names none."""


@dataclass(frozen=True, slots=True)
class Items:
    """Items and their providers, in the order of the file; `table` is the file's own."""

    names: list[str]
    providers: list[str]
    table: pa.Table

    @property
    def sizes(self) -> dict[str, int]:
        """How many items each provider has, by name in order."""
        found = dict.fromkeys(sorted(self.providers), 0)
        for provider in self.providers:
            found[provider] += 1
        return found


def read_items(source: str | Path | pa.Table) -> Items:
    """Read items from a file or an Arrow table; raises `TableError` naming row and column."""
    reads = from_arrow if isinstance(source, pa.Table) else read_table
    table = reads(source, ITEMS)
    names = [str(name) for name in table["item"].to_pylist()]
    providers = [EVERYONE] * len(names)
    if "provider" in table.column_names:
        providers = [str(name) for name in table["provider"].to_pylist()]
    return Items(names, providers, table)
