"""Tables in files that others will open: no spreadsheet may take a cell for a formula."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from makegood.kernel.answers import PLAIN_NUMBER
from makegood.kernel.documents.workbook import WORKBOOK_TYPE, Sheet, workbook

FORMULA_SIGNS = ("=", "+", "-", "−", "@", "|", "%", "＝", "＋", "－", "＠")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
HARMLESS_SIGNS = ("%",)
"""What begins with such a sign and is nothing else: a unit stands in a cell of its own."""
LIKE_A_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA_SIGNS))}]")
"""What begins with such a sign, or would, once the apostrophes before it are taken away."""


def harmless(cell: object) -> str:
    """Return a cell as text, on one line, that no spreadsheet takes for a formula."""
    text = f"{cell:.15g}" if isinstance(cell, float) else str("" if cell is None else cell)
    text = CONTROLS.sub(" ", text).strip()
    if text in HARMLESS_SIGNS or PLAIN_NUMBER.fullmatch(text):
        return text
    return f"'{text}" if LIKE_A_FORMULA.match(text) else text


def plain(cell: str) -> str:
    """Return a cell that ``harmless`` wrote as it was before."""
    return cell[1:] if cell.startswith("'") and LIKE_A_FORMULA.match(cell) else cell


def table(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a file called ``name`` to take away: a line of ``columns``, then ``rows`` made harmless."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    lines = csv.writer(response)
    lines.writerow(map(harmless, columns))
    lines.writerows(map(harmless, row) for row in rows)
    return response


def long_table(
    name: str, columns: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Return what ``table`` does, written while it is sent: it may have as many rows as there are."""
    lines = csv.writer(_Echo())
    content = (lines.writerow(map(harmless, row)) for row in chain([columns], rows))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Echo:
    """Gives back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def book(name: str, sheet: Sheet) -> HttpResponse:
    """Return a workbook called ``name`` to take away: one sheet, in which no cell is a formula."""
    response = HttpResponse(workbook([sheet]), content_type=WORKBOOK_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def rejected(
    name: str, columns: Sequence[str], bad_rows: Iterable[Mapping[str, Any]]
) -> HttpResponse:
    """Return rows that could not be taken, each with its row and the reason, to be mended."""
    rows = (
        [*(bad["cells"].get(column) for column in columns), bad["row"], bad["reason"]]
        for bad in bad_rows
    )
    return table(f"{name}-rejected.csv", [*columns, "row", "what is wrong"], rows)
