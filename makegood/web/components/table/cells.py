"""Gives every cell of a table its column's words, for narrow screens."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Cell = Mapping[str, Any] | object


def table_cells(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, numeric: str
) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """Return the heading cells and the rows of cells.

    `numeric` names the columns of figures, counted from 1, with spaces between.
    """
    numbers = {int(column) for column in str(numeric).split()}
    headings = [
        {"text": text, "label": text, "is_number": column in numbers}
        for column, text in enumerate(head, start=1)
    ]
    return headings, [
        [heading | _content(cell) for heading, cell in zip(headings, row, strict=True)]
        for row in rows
    ]


def _content(cell: Cell) -> dict[str, Any]:
    return dict(cell) if isinstance(cell, Mapping) else {"text": cell, "href": ""}
