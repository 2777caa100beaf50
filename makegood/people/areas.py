"""The facts about areas that come with Makegood: reading the file they are kept in."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from makegood.people.states import AreaKind

OURS = Path(__file__).resolve().parent / "reference" / "areas.csv"
STROKE = "/"
"""Stands between the codes of a path, from the largest area to the smallest."""


class BadAreas(ValueError):
    """A file of areas that cannot be read; the message names the line and what is wrong."""


@dataclass(frozen=True, kw_only=True)
class AreaFacts:
    """One area: its codes, its name, the areas it lies in, and from when to when it stands."""

    code: str
    name: str
    kind: AreaKind
    path: str
    within: str = ""
    nhs_code: str = ""
    since_on: date | None = None
    until_on: date | None = None


def read_areas(file: Path = OURS) -> list[AreaFacts]:
    """Return the areas in a file, each after the one it lies in.

    Columns: code, name, kind, parent (a code further up, or empty), nhs_code, since, until
    (days like 2023-04-01, or empty). Raises ``BadAreas``.
    """
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            return list(_facts(csv.DictReader(lines)))
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadAreas(f"{file} cannot be read: {wrong}.") from wrong


def _facts(rows: Iterable[dict[str, str]]) -> Iterator[AreaFacts]:
    known: dict[str, AreaFacts] = {}
    for line, row in enumerate(rows, start=2):
        try:
            facts = _one(row, known=known)
        except KeyError as missing:
            raise BadAreas(
                f"Line {line}: {missing} is neither a column nor an area above."
            ) from None
        except (ValueError, TypeError) as wrong:
            raise BadAreas(f"Line {line}: {wrong}.") from None
        known[facts.code] = facts
        yield facts


def _one(row: dict[str, str], *, known: dict[str, AreaFacts]) -> AreaFacts:
    code, parent = row["code"], known[row["parent"]] if row["parent"] else None
    if not code or code in known:
        raise ValueError(f"the code “{code}” is missing or stands twice")
    return AreaFacts(
        code=code,
        name=row["name"],
        kind=AreaKind(row["kind"]),
        path=f"{parent.path}{STROKE}{code}" if parent else code,
        within=", ".join(filter(None, (parent.name, _in_country(parent)))) if parent else "",
        nhs_code=row["nhs_code"],
        since_on=_day(row["since"]),
        until_on=_day(row["until"]),
    )


def _in_country(area: AreaFacts) -> str:
    """Return what ``area`` lies in as far as its country; that this lies in the kingdom goes unsaid."""
    return "" if area.kind == AreaKind.COUNTRY else area.within


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
