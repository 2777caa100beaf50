"""Everything that is held about one person, read by what each table declares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from makegood.kernel.personal import AtErasure, Held, personal, tables_about_people
from makegood.people.models import Person
from makegood.web.queries.consents import consents_of
from makegood.web.queries.privacy import basis, erased

SHOWN = 5
"""How many rows of a table the page shows; the file has all."""
MOST_SIGNS = 160
"""How many signs of a value the page shows."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one table holds about a person: a mapping for each row, from our words to the value."""

    held: Held
    rows: list[dict[str, object]]
    more: bool = False

    @property
    def title(self) -> str:
        """Return what the person did, or what is held first."""
        return _capital(self.held.holds.get(self.held.whose) or self.held.words[0])

    @property
    def columns(self) -> list[str]:
        """Return our words for what any of the rows holds."""
        return list(dict.fromkeys(words for row in self.rows for words in row))

    @property
    def head(self) -> list[str]:
        """Return the columns as a table is headed."""
        return [_capital(words) for words in self.columns]

    @property
    def cells(self) -> list[list[str]]:
        """Return the rows as a table shows them."""
        return [[_shortly(row.get(words, "")) for words in self.columns] for row in self.rows]

    @property
    def is_one(self) -> bool:
        """Return whether this is one thing about the person, and not one of many they did."""
        return len(self.rows) == 1 and self.held.whose not in self.held.holds

    @property
    def pairs(self) -> list[dict[str, str]]:
        """Return the only row as names and values."""
        (row,) = self.cells
        return [{"label": name, "value": value} for name, value in zip(self.head, row, strict=True)]


def held_about(person: Person, *, most: int | None = None) -> list[Found]:
    """Return what every table holds about ``person``, ``most`` rows of each, the newest first."""
    found = (_found(held, person=person, most=most) for held in tables_about_people())
    return [each for each in found if each.rows]


def agreed_to(found: Iterable[Found]) -> list[Found]:
    """Return what is held because the person agreed to it, and they can take that back."""
    return [each for each in found if each.held.basis == "consent"]


def held_as_file(person: Person, *, now: datetime) -> dict[str, Any]:
    """Return everything held about ``person`` for a file: what, why, how long, and each row.

    First what they agreed to, by which words and since when.
    """
    return {
        "made_at": now.isoformat(),
        "about": str(person),
        "agreed_to": [
            {"what": each.what, "words": each.words, "since": each.since}
            for each in consents_of(person)
        ],
        "held": [
            {
                "heading": each.held.heading,
                "store": each.held.name,
                "what": each.held.words,
                "why": each.held.why,
                "basis": basis(each.held),
                "kept": each.held.kept,
                "seen_by": each.held.seen_by,
                "if_erased": erased(each.held),
                "rows": each.rows,
            }
            for each in held_about(person)
        ],
    }


def goes_and_stays() -> tuple[list[str], list[dict[str, str]]]:
    """Return what goes when a person is erased, and what stays with its reason."""
    about = [held for held in personal() if held.whose or isinstance(held.store, str)]
    goes = [held for held in about if held.at_erasure is not AtErasure.STAYS]
    stays = {held.stays: held.heading for held in about if held.at_erasure is not AtErasure.DELETED}
    return [", ".join(held.words) for held in goes], [
        {"label": heading, "value": reason} for reason, heading in stays.items()
    ]


def in_words(value: object) -> str:
    """Return a value as a page shows it."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        return f"{value:,f}".rstrip("0").rstrip(".")
    return str(value)


def _found(held: Held, *, person: Person, most: int | None) -> Found:
    rows = held.rows_of(person).order_by("-pk")
    if related := [name for name in held.holds if _is_relation(held, name)]:
        rows = rows.select_related(*related)
    found = list(rows if most is None else rows[: most + 1])
    more = most is not None and len(found) > most
    return Found(held=held, rows=[_said(row, held=held) for row in found[:most]], more=more)


def _is_relation(held: Held, name: str) -> bool:
    assert not isinstance(held.store, str)
    return held.says_more(name) and held.store._meta.get_field(name).is_relation


def _said(row: models.Model, *, held: Held) -> dict[str, object]:
    """Return what a row holds by our words for it, without what is empty or only says whose it is."""
    values = {
        words: getattr(row, name) for name, words in held.holds.items() if held.says_more(name)
    }
    return {
        words: str(value) if isinstance(value, models.Model) else value
        for words, value in values.items()
        if value not in (None, "", [], {})
    }


def _shortly(value: object) -> str:
    """Return a value as a page has room for it."""
    if isinstance(value, list | dict):
        return f"{len(value)} of them, in the file"
    return Truncator(in_words(value)).chars(MOST_SIGNS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
