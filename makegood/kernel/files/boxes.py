"""Films and sounds in boxes (ISO 14496-12: MP4, MOV, M4A) made plain: no place, no time, no maker.

What is taken out is blanked where it stands, so that nothing moves and every offset still fits.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate


class NotPlain(ValueError):
    """It cannot be told what else stands in the file."""


TABLE = "stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sgpd sbgp subs saiz saio"
KEPT: dict[str, frozenset[str]] = {
    "": frozenset(["ftyp", "styp", "moov", "mdat", "moof", "sidx", "mfra"]),
    "moov": frozenset(["mvhd", "trak", "mvex", "iods"]),
    "trak": frozenset(["tkhd", "edts", "mdia", "tapt"]),
    "mdia": frozenset(["mdhd", "hdlr", "minf", "elng"]),
    "minf": frozenset(["vmhd", "smhd", "dinf", "stbl", "hdlr"]),
    "stbl": frozenset(TABLE.split()),
    "mvex": frozenset(["mehd", "trex"]),
    "moof": frozenset(["mfhd", "traf"]),
    "traf": frozenset(["tfhd", "tfdt", "trun", "sbgp", "sgpd", "subs", "saiz", "saio", "sdtp"]),
}
"""What each box may hold; all else is blanked: ``udta``, ``meta``, ``uuid`` and what nobody knows."""
SEEN_OR_HEARD = {b"vide", b"soun"}
TIMED = {"mvhd", "tkhd", "mdhd"}
MOST_BOXES = 20_000
HEAD = 8
"""A length of four bytes, and a name of four."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box: its name, where it begins, where what it holds begins, and where it ends."""

    name: str
    start: int
    body: int
    end: int


def plain_boxes(content: bytes) -> bytes:
    """Return a film or sound with its pictures and its sound, and nothing said of them."""
    data = bytearray(content)
    left = [MOST_BOXES]
    tops = list(_boxes(data, 0, len(data), left))
    names = {each.name for each in tops}
    if not {"ftyp", "moov"} <= names:
        raise NotPlain("It has no list of what it holds.")
    for moov in (each for each in tops if each.name == "moov"):
        for trak in _named(data, moov, "trak", left):
            if _handler(data, trak, left) not in SEEN_OR_HEARD:
                if "moof" in names:
                    raise NotPlain("Beside picture and sound something runs along in pieces.")
                _blank_samples(data, trak, left)
                _blank(data, trak)
    for each in tops:
        _clean(data, each, "", left)
    return bytes(data)


def _clean(data: bytearray, box: Box, inside: str, left: list[int]) -> None:
    if box.name not in KEPT[inside]:
        _blank(data, box)
    elif box.name in KEPT:
        for each in _boxes(data, box.body, box.end, left):
            _clean(data, each, box.name, left)
    elif box.name in TIMED:
        _fill(data, box.body + 4, box.body + (20 if data[box.body] else 12))
    elif box.name == "hdlr":
        _fill(data, box.body + 24, box.end)


def _boxes(data: bytearray, start: int, end: int, left: list[int]) -> Iterator[Box]:
    """Yield the boxes that stand side by side from ``start``."""
    while end - start >= HEAD:
        size, body = struct.unpack_from(">I", data, start)[0], start + HEAD
        if size == 1:
            size, body = struct.unpack_from(">Q", data, start + 8)[0], start + 16
        last = start + size if size else end
        left[0] -= 1
        if not body <= last <= end or left[0] < 0:
            raise NotPlain("A box does not fit into what holds it.")
        name = data[start + 4 : start + 8].decode("latin-1")
        yield Box(name=name, start=start, body=body, end=last)
        start = last
    _fill(data, start, end)


def _named(data: bytearray, box: Box, name: str, left: list[int]) -> list[Box]:
    return [each for each in _boxes(data, box.body, box.end, left) if each.name == name]


def _one(data: bytearray, box: Box, *road: str, left: list[int]) -> Box:
    for name in road:
        found = _named(data, box, name, left)
        if len(found) != 1:
            raise NotPlain(f"There is not one {name}.")
        box = found[0]
    return box


def _handler(data: bytearray, trak: Box, left: list[int]) -> bytes:
    hdlr = _one(data, trak, "mdia", "hdlr", left=left)
    return bytes(data[hdlr.body + 8 : hdlr.body + 12])


def _blank(data: bytearray, box: Box) -> None:
    data[box.start + 4 : box.start + 8] = b"free"
    _fill(data, box.body, box.end)


def _fill(data: bytearray, start: int, end: int) -> None:
    if end > start:
        data[start:end] = bytes(end - start)


def _blank_samples(data: bytearray, trak: Box, left: list[int]) -> None:
    """Blank what a track that is neither seen nor heard says along the way: where it is, second by second."""
    table = _one(data, trak, "mdia", "minf", "stbl", left=left)
    inside = {each.name: each.body for each in _boxes(data, table.body, table.end, left)}
    if "stsz" not in inside or "stsc" not in inside:
        raise NotPlain("It is not said where a track lies.")
    same, count = struct.unpack_from(">II", data, inside["stsz"] + 4)
    sizes = () if same else struct.unpack_from(f">{count}I", data, inside["stsz"] + 12)
    ends = [0, *accumulate(sizes)]
    done, blanked = 0, 0
    for offset, held in _chunks(data, inside):
        first, done = done, done + held
        size = same * held if same else ends[min(done, count)] - ends[min(first, count)]
        blanked += size
        if offset + size > len(data) or blanked > len(data):
            raise NotPlain("A track lies outside the file.")
        _fill(data, offset, offset + size)


def _chunks(data: bytearray, inside: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Yield where each chunk of a track begins, and how many samples it holds."""
    kind, place = ("Q", inside.get("co64")) if "co64" in inside else ("I", inside.get("stco"))
    if place is None:
        raise NotPlain("It is not said where a track lies.")
    many = struct.unpack_from(">I", data, place + 4)[0]
    offsets = struct.unpack_from(f">{many}{kind}", data, place + 8)
    runs = struct.unpack_from(">I", data, inside["stsc"] + 4)[0]
    said = struct.unpack_from(f">{runs * 3}I", data, inside["stsc"] + 8)
    held = dict(zip(said[::3], said[1::3], strict=True))
    now = 0
    for number, offset in enumerate(offsets, start=1):
        now = held.get(number, now)
        yield offset, now
