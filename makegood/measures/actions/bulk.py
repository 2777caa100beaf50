"""Putting many rows into a table at once, as fast as each database can."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, models


def copy_rows(
    model: type[models.Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add ``rows`` of ``columns`` to the table of ``model``; the database's own rules hold for each.

    The guards of the table and its constraints are asked row by row, as ever. Days and moments are
    given as Python has them. This belongs to the acts that call it, within their transaction.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        first = next(iter(rows := iter(rows)), None)
        if first is not None:
            cursor.executemany(
                f"INSERT INTO {table} ({named}) VALUES ({marks})",  # noqa: S608  # our own names
                map(_plain, chain([first], rows)),  # type: ignore[arg-type]  # it takes any iterable
            )


def _plain(row: Sequence[Any]) -> list[Any]:
    """Return a row as SQLite keeps it."""
    return [_adapted(each) for each in row]


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
