"""A list of measures as a table in CSV: a row for each, read and written alike."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from makegood.kernel.exports import harmless, plain

STARTER = Path(__file__).resolve().parent / "library" / "measures.csv"
"""The measures that come with Makegood."""
COLUMNS = {
    "name": "name",
    "topic": "topic",
    "definition": "definition",
    "unit": "unit",
    "kind": "kind",
    "better": "better",
    "how often": "frequency",
    "counted": "numerator",
    "out of": "denominator",
    "left out": "exclusions",
    "lowest": "lowest",
    "highest": "highest",
    "source": "source",
    "web address": "source_url",
    "published": "published",
}
"""What the columns of a list are called, and what a measure calls the same."""
NEEDED = ("name", "definition", "unit", "kind", "better", "source")
MOST_ROWS = 2_000


class BadListing(ValueError):
    """A file that is no list of measures; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class ListedMeasure:
    """One row: its line in the file, and its cells by the names of a measure's own columns."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    is_too_wide: bool = False


def one_line(text: str) -> str:
    """Return a text as a cell holds it: on one line, without spaces at its ends."""
    return plain(harmless(text))


def read_listing(data: bytes) -> list[ListedMeasure]:
    """Return the rows of a file in UTF-8 with a head of ``COLUMNS``, in any order. Raises ``BadListing``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadListing("The file is not text in UTF-8. Save it as “CSV UTF-8”.") from None
    if "\x00" in text:
        raise BadListing("The file is not a table in CSV. Save it as “CSV UTF-8”.")
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        rows.fieldnames = [plain(str(name)).strip().lower() for name in rows.fieldnames or ()]
        if missing := [name for name in NEEDED if name not in rows.fieldnames]:
            raise BadListing(
                f"The file has no column “{missing[0]}”. Its first line names the columns."
            )
        listed = [_row(row, line=rows.line_num) for row in rows]
    except csv.Error as wrong:
        raise BadListing(f"The file cannot be read after line {rows.line_num}: {wrong}.") from wrong
    if not listed:
        raise BadListing("The file holds no measure. Each line after the first one is a measure.")
    if len(listed) > MOST_ROWS:
        raise BadListing(f"The file has {len(listed):,} rows. Split it: {MOST_ROWS:,} at most.")
    return listed


def cells_of(measure: object) -> list[object]:
    """Return the cells of a measure's row, in the order of ``COLUMNS``."""
    return [getattr(measure, name) for name in COLUMNS.values()]


def _row(row: Mapping[str, str | list[str] | None], *, line: int) -> ListedMeasure:
    cells = {
        known: one_line(plain(value.strip()))
        for name, known in COLUMNS.items()
        if isinstance(value := row.get(name), str)
    }
    return ListedMeasure(line=line, cells=cells, is_too_wide=bool(row.get("")))
