"""Words with parts left out: where the parts lie, and what is read in their place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from makegood.capture.states import LeftOut


@dataclass(frozen=True, order=True, kw_only=True)
class Omission:
    """A part of the words, from one character to another, and what kind of thing it says."""

    start: int
    end: int
    kind: LeftOut

    def of(self, words: str) -> str:
        """Return the part itself."""
        return words[self.start : self.end]

    @property
    def row(self) -> list[int | str]:
        """Return it as it is stored."""
        return [self.start, self.end, self.kind.value]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of what is read: words, or what is said in the place of words."""

    text: str
    is_left_out: bool = False


def omissions_from(rows: Iterable[Sequence[int | str]]) -> list[Omission]:
    """Return omissions as they are stored."""
    return [
        Omission(start=int(start), end=int(end), kind=LeftOut(str(kind)))
        for start, end, kind in rows
    ]


def apart(found: Iterable[Omission]) -> list[Omission]:
    """Return what was found in order, none over another: two that overlap become one."""
    kept: list[Omission] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end > kept[-1].end:
            last = kept[-1]
            kept[-1] = Omission(start=last.start, end=each.end, kind=last.kind)
    return kept


def parts_of(words: str, omissions: Sequence[Omission]) -> list[Part]:
    """Return the words in parts, each left out or not."""
    return list(_parts(words, omissions))


def _parts(words: str, omissions: Sequence[Omission]) -> Iterator[Part]:
    place = 0
    for each in omissions:
        if each.start > place:
            yield Part(text=words[place : each.start])
        yield Part(text=each.kind.words, is_left_out=True)
        place = each.end
    if place < len(words):
        yield Part(text=words[place:])


def read_out(parts: Iterable[Part]) -> str:
    """Return the parts as plain text: ``I thank [a name] for it``."""
    return "".join(f"[{each.text}]" if each.is_left_out else each.text for each in parts)
