"""Makes a thing once a process, and again by putting back the rows that it was.

What every test stands on goes through a hundred acts. The first time they are done; after that,
the rows they left are written as they were, in a statement a table.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction

Made = TypeVar("Made")
Rows = dict[str, set[tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class _Kept:
    rows: Rows
    made: bytes


def remembered(make: Callable[[], Made]) -> Callable[[], Made]:
    """Do what ``make`` does, the second time by heart; it may only add rows, and change none.

    Where a test commits it is always done: what follows a commit, such as the ledger's tree, is so too.
    """
    kept: list[_Kept] = []

    @wraps(make)
    def again() -> Made:
        if not connection.in_atomic_block:
            return make()
        if kept:
            _put_back(kept[0].rows)
            return pickle.loads(kept[0].made)
        before = _all_rows()
        made = make()
        kept.append(_Kept(rows=_added(_all_rows(), before), made=pickle.dumps(made)))
        return made

    return again


def _all_rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in connection.introspection.table_names()}


def _rows_of(cursor: Any, table: str) -> set[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return set(cursor.fetchall())


def _added(after: Rows, before: Rows) -> Rows:
    if changed := [table for table, rows in before.items() if rows - after[table]]:
        raise AssertionError(f"Rows that were there before were changed, in {changed}.")
    added = {table: rows - before[table] for table, rows in after.items()}
    return {table: rows for table, rows in added.items() if rows}


def _put_back(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, held in rows.items():
            holes = ", ".join("%s" for _ in next(iter(held)))
            into = connection.ops.quote_name(table)
            cursor.executemany(f"INSERT INTO {into} VALUES ({holes})", sorted(held, key=repr))
