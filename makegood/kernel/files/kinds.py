"""What a file is, by what stands in it: neither its name nor what a browser says is believed."""

from enum import StrEnum
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile


class FileKind(StrEnum):
    """A kind of file that is kept."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    MP3 = "audio/mpeg"
    M4A = "audio/mp4"
    OGG = "audio/ogg"
    WAV = "audio/wav"
    MP4 = "video/mp4"
    MOV = "video/quicktime"
    WEBM = "video/webm"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT_DOCUMENT = "application/vnd.oasis.opendocument.text"

    @property
    def ending(self) -> str:
        """Return how the name of such a file ends."""
        return {
            FileKind.JPEG: "jpg",
            FileKind.WORD: "docx",
            FileKind.TEXT_DOCUMENT: "odt",
        }.get(self, self.name.lower())


PAPERS = frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG})
"""What a paper may come as."""
BEGINNINGS = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}
_OTHERS = {
    b"ID3": FileKind.MP3,
    b"\xff\xfb": FileKind.MP3,
    b"\xff\xf3": FileKind.MP3,
    b"\xff\xf2": FileKind.MP3,
    b"OggS": FileKind.OGG,
    b"\x1aE\xdf\xa3": FileKind.WEBM,
}
_CHUNKS = {b"WAVE": FileKind.WAV, b"WEBP": FileKind.WEBP}
_BRANDS = {b"M4A ": FileKind.M4A, b"M4B ": FileKind.M4A, b"qt  ": FileKind.MOV}
_PICTURES_OF_PHONES = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}
_INSIDE = {
    "word/document.xml": FileKind.WORD,
    "content.xml": FileKind.TEXT_DOCUMENT,
}
_HEAD = 16
"""So many bytes tell the kind of all that is no archive."""


def kind_of(content: bytes) -> FileKind | None:
    """Return the kind of paper that begins like ``content``, or None: it is of none that is kept."""
    found = (kind for sign, kind in BEGINNINGS.items() if content.startswith(sign))
    return next(found, None)


def kind_of_any(file: BinaryIO) -> FileKind | None:
    """Return of which kind an open file is, of all that are kept; it is read from its start again."""
    file.seek(0)
    head = file.read(_HEAD)
    found = kind_of(head) or _by_beginning(head)
    if found is None and head.startswith(b"PK\x03\x04"):
        found = _in_archive(file)
    file.seek(0)
    return found


def is_picture_of_a_phone(file: BinaryIO) -> bool:
    """Return whether it is a picture as some telephones keep it, and few others can read."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    return head[4:8] == b"ftyp" and head[8:12] in _PICTURES_OF_PHONES


def _by_beginning(head: bytes) -> FileKind | None:
    if head[:4] == b"RIFF":
        return _CHUNKS.get(head[8:12])
    if head[4:8] == b"ftyp" and head[8:12] not in _PICTURES_OF_PHONES:
        return _BRANDS.get(head[8:12], FileKind.MP4)
    return next((kind for sign, kind in _OTHERS.items() if head.startswith(sign)), None)


def _in_archive(file: BinaryIO) -> FileKind | None:
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if "word/vbaProject.bin" in names:
        return None
    return next((kind for name, kind in _INSIDE.items() if name in names), None)
