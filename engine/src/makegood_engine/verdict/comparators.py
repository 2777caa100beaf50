"""The comparators in use and those in reserve, as tables; and who stands in for one that leaves."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from makegood_engine.tables import POOLS, Column, Contract
from makegood_engine.tables.cells import Kind
from makegood_engine.tables.contracts import ARROW
from makegood_engine.verdict.choosing import Chosen

CHOSEN, SUBSTITUTE = "chosen", "substitute"

CHOSEN_POOLS = Contract(
    "pools",
    (
        *POOLS.columns,
        Column("place", Kind.COUNT, needed=False),
        Column("kind", Kind.TEXT, needed=False),
        Column("instead_of", Kind.TEXT, needed=False),
        Column("rule", Kind.TEXT, needed=False),
        Column("seed", Kind.COUNT, needed=False),
    ),
    POOLS.key,
)
"""A pools table, with each comparator's place (1 is the most alike) and how it was chosen."""
SCHEMA = pa.schema([(column.name, ARROW[column.kind]) for column in CHOSEN_POOLS.columns])
RESERVE = Contract("reserve", CHOSEN_POOLS.columns, POOLS.key)
"""Those who stand in for comparators that leave, the next first within each pool."""
BUT = Contract("but", (Column("series", Kind.TEXT, filled=True),), ("series",))
"""Series that may not be comparators: a provider's other series, its branches."""
LEAVERS = Contract("leavers", BUT.columns, BUT.key)
"""All series that have left so far."""


class Substitution(NamedTuple):
    """A pools table without those who left: how many were replaced, and how many could not be."""

    pools: pa.Table
    replaced: int
    unfilled: int


def in_use(found: Sequence[Chosen]) -> pa.Table:
    """The comparators of every commitment, one row each."""
    return _table(
        (one, name, place, CHOSEN)
        for one in found
        for place, name in enumerate(one.members, start=1)
    )


def in_reserve(found: Sequence[Chosen]) -> pa.Table:
    """The substitutes of every commitment, whose places follow those of its comparators."""
    return _table(
        (one, name, place, SUBSTITUTE)
        for one in found
        for place, name in enumerate(one.substitutes, start=len(one.members) + 1)
    )


def _table(rows: Iterable[tuple[Chosen, str, int, str]]) -> pa.Table:
    cells = [
        (one.pool, name, place, kind, None, one.rule, one.seed) for one, name, place, kind in rows
    ]
    return pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, each, strict=True)) for each in cells], schema=SCHEMA
    )


def substitute(pools: pa.Table, reserve: pa.Table, leavers: Collection[str]) -> Substitution:
    """Put the next in reserve in the place of every comparator that left.

    `pools` and `reserve` are as `in_use` and `in_reserve` give them; `leavers` names all that
    have left so far, those in reserve too. In the order of the table, each who left gives way to
    the pool's next substitute that is not in use already; the new row says `instead_of` whom.
    Nobody else is moved, and no figures are looked at.
    """
    rows = pools.to_pylist()
    queues = _queues(reserve, {(row["pool"], row["series"]) for row in rows}, set(leavers))
    stay: list[dict[str, Any]] = []
    replaced = unfilled = 0
    for row in rows:
        if row["series"] not in leavers:
            stay.append(row)
        elif queues.get(row["pool"]):
            own = {"kind": SUBSTITUTE, "instead_of": row["series"]}
            stay.append({**queues[row["pool"]].pop(0), **own})
            replaced += 1
        else:
            unfilled += 1
    cells = [{name: row.get(name) for name in SCHEMA.names} for row in stay]
    return Substitution(pa.Table.from_pylist(cells, schema=SCHEMA), replaced, unfilled)


def _queues(
    reserve: pa.Table, used: set[tuple[str, str]], leavers: set[str]
) -> dict[str, list[dict[str, Any]]]:
    """Each pool's substitutes that are still to be had, the next first."""
    queues: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(reserve.to_pylist(), key=lambda row: row.get("place") or 0):
        if (row["pool"], row["series"]) not in used and row["series"] not in leavers:
            queues.setdefault(row["pool"], []).append(row)
    return queues
