"""What changed between two versions, answer by answer and word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from makegood.articulate.parts import Line

WORD = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    """What became of some words, or of an answer."""

    SAME = "same"
    LEFT_OUT = "left out"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True)
class Run:
    """Words that stayed, were left out, or were added."""

    change: Change
    text: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One answer in two versions: the words of each, and what became of them."""

    group: str
    label: str
    before: list[Run]
    after: list[Run]
    change: Change


def compared(before: Sequence[Line], after: Sequence[Line]) -> list[Compared]:
    """Set two versions side by side: every answer of either, in the order of the newer."""
    old = {(line.group, line.label): line.text for line in before}
    new = {(line.group, line.label): line.text for line in after}
    keys = [*new, *(key for key in old if key not in new)]
    return [_compared(key, old.get(key, ""), new.get(key, "")) for key in keys]


def changed(before: Sequence[Line], after: Sequence[Line]) -> list[Compared]:
    """Return those answers alone that differ."""
    return [each for each in compared(before, after) if each.change != Change.SAME]


def _compared(key: tuple[str, str], old: str, new: str) -> Compared:
    runs = list(_runs(old, new))
    return Compared(
        group=key[0],
        label=key[1],
        before=[run for run in runs if run.change != Change.ADDED],
        after=[run for run in runs if run.change != Change.LEFT_OUT],
        change=_change(old, new),
    )


def _change(old: str, new: str) -> Change:
    if old == new:
        return Change.SAME
    if not old:
        return Change.ADDED
    return Change.CHANGED if new else Change.LEFT_OUT


def _runs(old: str, new: str) -> Iterator[Run]:
    was, becomes = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(a=was, b=becomes, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            yield Run(Change.SAME, "".join(was[start:end]))
            continue
        if end > start:
            yield Run(Change.LEFT_OUT, "".join(was[start:end]))
        if last > first:
            yield Run(Change.ADDED, "".join(becomes[first:last]))
