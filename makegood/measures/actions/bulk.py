"""Putting many rows into a table at once, as fast as each database can."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

Item = TypeVar("Item")


def copy_rows(
    model: type[models.Model], *, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add ``rows`` of ``columns`` to the table of ``model``; the database's own rules hold for each.

    The guards of the table and its constraints are asked row by row, as ever. Days are given as
    text (2024-04-01), moments as ``as_kept`` writes them: once, where many rows share them. This
    belongs to the acts that call it, within their transaction.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * len(columns))
        cursor.connection.executemany(
            f"INSERT INTO {table} ({named}) VALUES ({marks})",  # noqa: S608  # our own names
            rows,
        )


def parted(items: Iterable[Item], *, size: int) -> Iterator[list[Item]]:
    """Yield items by so many, without holding all of them."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def as_kept(moment: datetime) -> str:
    """Return a moment as the database keeps it, or reads it."""
    if connection.vendor == "postgresql":
        return moment.isoformat()
    return str(connection.ops.adapt_datetimefield_value(moment))


def count_anew(*models_filled: type[models.Model]) -> None:
    """Let PostgreSQL look at tables that were just filled: it plans by what it knows of them."""
    if connection.vendor == "postgresql":
        named = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in models_filled)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {named}")
