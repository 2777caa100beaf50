"""Films and sounds made plain: pictures and sound stay, what is said of them goes (where, when, by what)."""

import struct
from collections.abc import Callable

from makegood.kernel.files.boxes import NotPlain, plain_boxes
from makegood.kernel.files.elements import plain_elements
from makegood.kernel.files.kinds import FileKind

TAG, FOOT, HEAD = 128, 32, 10
FRAME = 0xFFE0
"""Eleven bits that begin each frame of an MP3."""
HAS_HEAD = 1 << 31
KEPT_OF_WAV = {b"fmt ", b"fact", b"data"}


def plain_media(content: bytes, *, kind: FileKind) -> bytes | None:
    """Return a film or sound with nothing said of it; None where that cannot be made sure.

    Ogg is not made plain: what is said of it stands between what is heard.
    """
    make = MADE_PLAIN.get(kind)
    if make is None:
        return None
    try:
        return make(content)
    except (NotPlain, struct.error, IndexError):
        return None


def plain_mp3(content: bytes) -> bytes:
    """Return the frames of an MP3, without the tags before (ID3v2) and after them (ID3v1, APE)."""
    start, end = 0, len(content)
    while content[start : start + 3] == b"ID3":
        head = content[start : start + HEAD]
        size = sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        start += HEAD + size + (HEAD if head[5] & 0x10 else 0)
    if content[max(end - TAG, start) : end].startswith(b"TAG"):
        end -= TAG
    foot = content[max(end - FOOT, start) : end]
    if foot.startswith(b"APETAGEX"):
        size, flags = struct.unpack("<I4xI", foot[12:24])
        end -= size + (FOOT if flags & HAS_HEAD else 0)
    rest = content[start:end]
    if int.from_bytes(rest[:2], "big") & FRAME != FRAME:
        raise NotPlain("No sound follows.")
    if b"APETAGEX" in rest or b"LYRICS200" in rest:
        raise NotPlain("Something is said of it elsewhere.")
    return rest


def plain_wav(content: bytes) -> bytes:
    """Return a WAV with its format and its sound alone."""
    place, parts = 12, {}
    while place + 8 <= len(content):
        name, size = content[place : place + 4], struct.unpack_from("<I", content, place + 4)[0]
        if name in KEPT_OF_WAV:
            if name in parts:
                raise NotPlain("It says the same twice.")
            parts[name] = content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    if not parts.keys() >= {b"fmt ", b"data"}:
        raise NotPlain("It has no sound.")
    made = b"".join(
        name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2)
        for name, part in parts.items()
    )
    return b"RIFF" + struct.pack("<I", 4 + len(made)) + b"WAVE" + made


MADE_PLAIN: dict[FileKind, Callable[[bytes], bytes]] = {
    FileKind.MP4: plain_boxes,
    FileKind.MOV: plain_boxes,
    FileKind.M4A: plain_boxes,
    FileKind.MP3: plain_mp3,
    FileKind.WAV: plain_wav,
    FileKind.WEBM: plain_elements,
}
