"""How much of what may tell who somebody is gets suggested, and how much is suggested in vain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from makegood.capture.identifying import suggestions
from makegood.capture.leaving_out import Omission
from makegood.capture.states import LeftOut

SENTENCES = Path(__file__).parent / "sentences.txt"
UNSEEN = Path(__file__).parent / "unseen.txt"
"""Written after the rules, which were not changed for them."""
MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
TELLS = re.compile(r"\w*[A-Z0-9@]\w*")


@dataclass(kw_only=True)
class Measured:
    """Counts by kind: what is marked and found, what is suggested and rightly so."""

    marked: Counter[LeftOut] = field(default_factory=Counter)
    found: Counter[LeftOut] = field(default_factory=Counter)
    suggested: Counter[LeftOut] = field(default_factory=Counter)
    right: Counter[LeftOut] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    in_vain: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return which share of what is marked was suggested whole."""
        return self.found.total() / self.marked.total()

    @property
    def precision(self) -> float:
        """Return which share of what was suggested is marked, at least in part."""
        return self.right.total() / self.suggested.total()


def sentences(place: Path) -> Iterator[tuple[str, list[Omission]]]:
    """Yield each sentence in a file, and what is marked in it."""
    for line in place.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _read(line)


def measured(place: Path = SENTENCES) -> Measured:
    """Suggest in every sentence of a file, and count."""
    counts = Measured()
    for words, marked in sentences(place):
        _count(words, marked=marked, counts=counts)
    return counts


def _count(words: str, *, marked: list[Omission], counts: Measured) -> None:
    found = suggestions(words)
    covered = {place for each in found for place in range(each.start, each.end)}
    for each in marked:
        counts.marked[each.kind] += 1
        if _telling(words, each) <= covered:
            counts.found[each.kind] += 1
        else:
            counts.missed.append(f"{each.kind}: {each.of(words)} — {words}")
    for each in found:
        counts.suggested[each.kind] += 1
        if any(each.start < mark.end and mark.start < each.end for mark in marked):
            counts.right[each.kind] += 1
        else:
            counts.in_vain.append(f"{each.kind}: {each.of(words)} — {words}")


def _telling(words: str, each: Omission) -> set[int]:
    """Return the places of what tells: words with a capital or a figure, or all where none has one."""
    part = each.of(words)
    spans = [found.span() for found in TELLS.finditer(part)] or [(0, len(part))]
    return {each.start + place for start, end in spans for place in range(start, end)}


def _read(line: str) -> tuple[str, list[Omission]]:
    words, marked, place = "", [], 0
    for mark in MARK.finditer(line):
        words += line[place : mark.start()]
        start, place = len(words), mark.end()
        words += mark.group(2)
        marked.append(Omission(start=start, end=len(words), kind=LeftOut(mark.group(1))))
    return words + line[place:], marked
