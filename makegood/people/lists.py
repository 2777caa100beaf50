"""Reading a list of organisations: a table in CSV, a row for each."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

NEEDED = ("name", "kind")
COLUMNS = (
    *NEEDED, "legal form", "summary", "website", "identifiers", "area codes", "owner",
    "closed on", "why it closed",
)  # fmt: skip
"""What a list may hold; other columns are left alone, so that the directory's own table can be read."""
MOST_ROWS = 20_000
BETWEEN = ";"
"""Stands between several identifiers or areas in one cell."""


class BadList(ValueError):
    """A file that is no list of organisations; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class ListedOrganisation:
    """One row: its line in the file, and what it says by column, without spaces at the ends."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    is_too_wide: bool = False

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> list[str]:
        """Return what stands in a cell that may hold several things."""
        return [each.strip() for each in self[column].split(BETWEEN) if each.strip()]


def read_list(data: bytes) -> list[ListedOrganisation]:
    """Return the rows of a file in UTF-8 with a head of ``COLUMNS``, in any order. Raises ``BadList``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadList("The file is not text in UTF-8. Save it as “CSV UTF-8”.") from None
    if "\x00" in text:
        raise BadList("The file is not a table in CSV. Save it as “CSV UTF-8”.")
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    rows.fieldnames = [str(name).strip().lower() for name in rows.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in rows.fieldnames]:
        raise BadList(f"The file has no column “{missing[0]}”. Its first line names the columns.")
    try:
        listed = [_row(row, line=rows.line_num) for row in rows]
    except csv.Error as wrong:
        raise BadList(f"The file cannot be read after line {rows.line_num}: {wrong}.") from wrong
    if len(listed) > MOST_ROWS:
        raise BadList(f"The file has {len(listed):,} rows. Split it: {MOST_ROWS:,} at most.")
    return listed


def _row(row: Mapping[str, str | list[str] | None], *, line: int) -> ListedOrganisation:
    cells = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
    return ListedOrganisation(line=line, cells=cells, is_too_wide=bool(row.get("")))
