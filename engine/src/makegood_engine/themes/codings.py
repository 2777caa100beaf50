"""Codings: which coder gave which code to which story, as a table and as we count it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.tables import (
    ROW,
    Column,
    Contract,
    Fault,
    FaultList,
    from_arrow,
    read_table,
    whole_file,
)
from makegood_engine.tables.cells import Kind

CODINGS = Contract(
    "codings",
    (
        Column("unit", Kind.TEXT, filled=True),
        Column("coder", Kind.TEXT, filled=True),
        Column("code", Kind.TEXT),
        Column("value", Kind.NUMBER, needed=False),
        Column("group", Kind.TEXT, needed=False),
    ),
    ("unit", "coder", "code"),
)
"""One row a story (`unit`), coder and code.

Without `value` a row says that the coder gave that code; the codes a coder did not give to a
story they read are absent, and a row with an empty `code` says *read, and nothing given*. With
`value` a row is the coder's own judgement: 1 given, 0 not given, or a rating; nothing is assumed
of what has no row, and an empty value is missing.
"""
MOST_DECISIONS = 20_000_000
"""Stories times codes that one set of codings may have."""
NO_GROUP = "not stated"
"""What a story without a group is counted under."""


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings as places in lists of names, all in order of first appearance.

    `story`, `coder` and `code` int64[n] are places in `stories`, `coders` and `codes` (code −1:
    read, and nothing given); `value` float64[n] is 1 where the table has no values; `groups` is
    each story's group; `rated` says that the table has values. `readers` int64[stories] is
    how many coders read each story.
    """

    stories: list[str]
    coders: list[str]
    codes: list[str]
    story: NDArray[np.int64]
    coder: NDArray[np.int64]
    code: NDArray[np.int64]
    value: NDArray[np.float64]
    groups: list[str]
    rated: bool

    @property
    def readers(self) -> NDArray[np.int64]:
        """How many coders read each story."""
        pairs = np.unique(self.story * max(len(self.coders), 1) + self.coder)
        return np.bincount(pairs // max(len(self.coders), 1), minlength=len(self.stories))


def read_codings(source: str | Path | pa.Table | Mapping[str, list[object]]) -> Codings:
    """Read codings from a file, an Arrow table or columns by name.

    Raises `TableError` naming row and column of what is wrong.
    """
    faults = FaultList(Path(source).name if isinstance(source, str | Path) else CODINGS.name)
    if isinstance(source, str | Path):
        table = read_table(source, CODINGS, faults=faults)
    else:
        given = source if isinstance(source, pa.Table) else pa.table(dict(source))
        table = from_arrow(given, CODINGS, faults=faults)
    columns = {name: table[name].to_pylist() for name in table.column_names}
    faults.add(_faults(columns))
    faults.raise_if_any()
    found = _coded(columns)
    if not found.stories or len(found.stories) * len(found.codes) > MOST_DECISIONS:
        said = f"{len(found.stories):,} stories by {len(found.codes):,} codes is too much at once."
        said = said if found.stories else "The table has a header but no rows."
        raise whole_file(said, name=faults.name)
    return found


def _faults(columns: dict[str, list[object]]) -> list[Fault]:
    """Codes missing beside a value, and stories in two groups."""
    found = []
    rows = [int(str(row)) for row in columns[ROW]]
    for row, code, value in zip(rows, columns["code"], columns.get("value", []), strict=False):
        if code is None and value is not None:
            found.append(Fault(row, "code", "", "There is a value here, but no code it is for."))
    seen: dict[object, tuple[object, int]] = {}
    for row, unit, group in zip(rows, columns["unit"], columns.get("group", []), strict=False):
        before, at = seen.setdefault(unit, (group, row))
        if before != group:
            said = f"Row {at:,} puts {unit} in “{before or ''}”. A story is in one group."
            found.append(Fault(row, "group", str(group or ""), said))
    return found


def _coded(columns: dict[str, list[object]]) -> Codings:
    stories, story = _places(columns["unit"])
    coders, coder = _places(columns["coder"])
    codes, code = _places(columns["code"])
    rated = "value" in columns
    numbers = columns.get("value", [1.0] * len(story))
    value = np.array([np.nan if v is None else float(str(v)) for v in numbers], dtype=np.float64)
    groups = [NO_GROUP] * len(stories)
    for place, group in zip(story, columns.get("group", []), strict=False):
        groups[place] = str(group) if group is not None else NO_GROUP
    return Codings(stories, coders, codes, story, coder, code, value, groups, rated)


def _places(cells: list[object]) -> tuple[list[str], NDArray[np.int64]]:
    """Names in order of first appearance, and each cell's place among them (−1 if empty)."""
    names: dict[str, int] = {}
    places = [-1 if cell is None else names.setdefault(str(cell), len(names)) for cell in cells]
    return list(names), np.array(places, dtype=np.int64)
