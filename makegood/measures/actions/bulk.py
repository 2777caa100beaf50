"""Putting many rows into a table at once, as fast as each database can."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
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
                _plain(chain([first], rows), dated=_dated(model, columns)),  # type: ignore[arg-type]
            )


def _dated(model: type[models.Model], columns: Sequence[str]) -> list[int]:
    """Return the places of the columns that hold days or moments, which SQLite keeps as text."""
    dated = {field.column for field in model._meta.fields if isinstance(field, models.DateField)}
    return [place for place, column in enumerate(columns) if column in dated]


def _plain(rows: Iterable[Sequence[Any]], *, dated: Sequence[int]) -> Iterator[list[Any]]:
    """Yield rows as SQLite keeps them; each day and moment is written once."""
    written: dict[Any, str] = {}
    for row in rows:
        plain = list(row)
        for place in dated:
            told = written.get(row[place])
            if told is None:
                told = written[row[place]] = _as_text(row[place])
            plain[place] = told
        yield plain


def _as_text(value: date) -> str:
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return value.isoformat()
