"""Films in elements (RFC 8794, RFC 9559: WebM) made plain: no title, no date, no tags, no attachments.

What is taken out is blanked where it stands, so that nothing moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from makegood.kernel.files.boxes import NotPlain

EBML, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
SEEK, INFO, TRACKS, CUES, VOID = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0xEC
CHAPTERS, TAGS, ATTACHED = 0x1043A770, 0x1254C367, 0x1941A469
BESIDE = {SEEK, INFO, TRACKS, CUES, CLUSTER, CHAPTERS, TAGS, ATTACHED}
"""What stands in a segment: an element without a length ends where one of them begins."""
KEPT = {SEEK, TRACKS, CUES, CLUSTER}
SCALE, LENGTH, MUXER, WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
ENTRY, TRACK_KIND, TRACK_NAME, CRC = 0xAE, 0x83, 0x536E, 0xBF
SEEN_OR_HEARD = {b"\x01", b"\x02"}
MOST_ELEMENTS = 200_000
LONGEST, SHORTEST, SHORT = 8, 2, 127
"""Bytes of a number at most, of an element at least; and how much a length of one byte can say."""


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element: what it is, where it begins, where what it holds begins, and where it ends."""

    kind: int
    start: int
    body: int
    end: int


def plain_elements(content: bytes) -> bytes:
    """Return a film with its pictures and its sound, and nothing said of them."""
    data, left = bytearray(content), [MOST_ELEMENTS]
    tops = list(_elements(data, 0, len(data), left))
    if [each.kind for each in tops] != [EBML, SEGMENT]:
        raise NotPlain("It is not one film.")
    has_tracks = False
    for each in _elements(data, tops[1].body, tops[1].end, left):
        has_tracks = has_tracks or each.kind == TRACKS
        if each.kind == INFO:
            _clean_info(data, each, left)
        elif each.kind == TRACKS:
            _clean_tracks(data, each, left)
        elif each.kind not in KEPT:
            _void(data, each)
    if not has_tracks:
        raise NotPlain("It has no list of what it holds.")
    return bytes(data)


def _clean_info(data: bytearray, info: Element, left: list[int]) -> None:
    for each in _elements(data, info.body, info.end, left):
        if each.kind in {MUXER, WRITER}:
            data[each.body : each.end] = b" " * (each.end - each.body)
        elif each.kind not in {SCALE, LENGTH}:
            _void(data, each)


def _clean_tracks(data: bytearray, tracks: Element, left: list[int]) -> None:
    for each in _elements(data, tracks.body, tracks.end, left):
        if each.kind != ENTRY:
            _void(data, each)
            continue
        for said in _elements(data, each.body, each.end, left):
            if said.kind == TRACK_KIND and bytes(data[said.body : said.end]) not in SEEN_OR_HEARD:
                raise NotPlain("Beside picture and sound something runs along.")
            if said.kind in {TRACK_NAME, CRC}:
                _void(data, said)


def _elements(data: bytearray, start: int, end: int, left: list[int]) -> Iterator[Element]:
    """Yield the elements that stand side by side from ``start``."""
    while start < end:
        kind, place = _number(data, start, keeps_mark=True)
        size, body = _number(data, place)
        left[0] -= 1
        if left[0] < 0:
            raise NotPlain("It is in too many pieces.")
        if size is not None:
            last = body + size
        elif kind == SEGMENT:
            last = end
        elif kind == CLUSTER:
            last = _end_of_cluster(data, body, end, left)
        else:
            raise NotPlain("It is not said where an element ends.")
        if last > end or kind is None:
            raise NotPlain("An element does not fit into what holds it.")
        yield Element(kind=kind, start=start, body=body, end=last)
        start = last


def _end_of_cluster(data: bytearray, start: int, end: int, left: list[int]) -> int:
    while start < end:
        kind, place = _number(data, start, keeps_mark=True)
        if kind in BESIDE:
            return start
        size, body = _number(data, place)
        left[0] -= 1
        if size is None or body + size > end or left[0] < 0:
            raise NotPlain("It is not said where an element ends.")
        start = body + size
    return end


def _number(data: bytearray, start: int, *, keeps_mark: bool = False) -> tuple[int | None, int]:
    """Return the number that begins at ``start``, None where it says “unknown”, and where it ends."""
    length = 9 - data[start].bit_length()
    if length > LONGEST or start + length > len(data):
        raise NotPlain("A number is not whole.")
    whole = int.from_bytes(data[start : start + length], "big")
    if keeps_mark:
        return whole, start + length
    bare = whole & ((1 << 7 * length) - 1)
    return (None if bare == (1 << 7 * length) - 1 else bare), start + length


def _void(data: bytearray, element: Element) -> None:
    """Put an element that says nothing in the place of one."""
    whole = element.end - element.start
    if whole < SHORTEST:
        raise NotPlain("An element is too short.")
    length = 1 if whole - SHORTEST < SHORT else LONGEST
    size = (whole - 1 - length) | (1 << 7 * length)
    head = bytes([VOID]) + size.to_bytes(length, "big")
    data[element.start : element.end] = head + bytes(whole - len(head))
