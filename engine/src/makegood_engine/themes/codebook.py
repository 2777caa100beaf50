"""Codebooks: codes within codes, and sets of codes, as REFI-QDA has them.

Source: REFI-QDA standard 1.5, codebook exchange (`urn:QDA-XML:codebook:1.0`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from makegood_engine.themes.markup import UNWRITABLE, Element, Name

STANDARD = "urn:QDA-XML:codebook:1.0"
"""The namespace of a REFI-QDA codebook."""
OURS = "urn:makegood:codebook:1.0"
"""The namespace of `cell`: a column of a CSV codebook that the standard has no place for."""
CELL: Name = (OURS, "cell")
_HEX = "[0-9a-fA-F]"
_UUID = re.compile(rf"(\{{)?{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}(?(1)\}})")
_COLOUR = re.compile(rf"#({_HEX}{{6}}|{_HEX}{{3}})")


@dataclass(frozen=True, slots=True)
class Code:
    """One code and the codes within it.

    `guid` is as it was written, in either case and with braces or none; `attributes` and
    `others` are what the standard does not know, kept as they were.
    """

    guid: str
    name: str
    is_codable: bool = True
    color: str | None = None
    description: str | None = None
    note_refs: tuple[str, ...] = ()
    codes: "tuple[Code, ...]" = ()
    attributes: Mapping[Name, str] = field(default_factory=dict)
    others: tuple[Element, ...] = ()

    def walk(self) -> "Iterator[Code]":
        """Yield this code and all within it, parents first."""
        yield self
        for code in self.codes:
            yield from code.walk()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named set of codes, by their ids."""

    guid: str
    name: str
    description: str | None = None
    members: tuple[str, ...] = ()
    attributes: Mapping[Name, str] = field(default_factory=dict)
    others: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook: its codes, its sets, and the program it came from (`origin`)."""

    codes: tuple[Code, ...]
    sets: tuple[CodeSet, ...] = ()
    origin: str | None = None
    namespace: str = STANDARD
    attributes: Mapping[Name, str] = field(default_factory=dict)
    others: tuple[Element, ...] = ()

    def walk(self) -> Iterator[Code]:
        """Yield every code, parents first."""
        for code in self.codes:
            yield from code.walk()


def same_id(guid: str) -> str:
    """An id in small letters and without braces, to compare it by."""
    return guid.strip().strip("{}").lower()


def wrong_with_id(guid: str | None) -> str | None:
    """Say what is wrong with an id, or None: it must be there and be a UUID."""
    if guid is None or not guid.strip():
        return "It has no id. Give it a UUID."
    if not _UUID.fullmatch(guid.strip()):
        return f"The id “{guid[:80]}” is not a UUID, like 2a08bddf-4c35-4250-bf77-7de37b50c930."
    return None


def wrong_with_color(color: str | None) -> str | None:
    """Say what is wrong with a colour, or None."""
    if color is not None and not _COLOUR.fullmatch(color.strip()):
        return f"“{color[:80]}” is not a colour. Write it like #1f77b4."
    return None


def wrong_with_text(text: str | None) -> str | None:
    """Say which character cannot be written in XML, or None."""
    found = UNWRITABLE.search(text or "")
    return f"It has a character (U+{ord(found[0]):04X}) that XML cannot hold." if found else None


def ids_twice(guids: list[str]) -> set[str]:
    """The ids, as compared, that more than one thing has."""
    return {guid for guid, times in Counter(map(same_id, guids)).items() if times > 1}
