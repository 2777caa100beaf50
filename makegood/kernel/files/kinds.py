"""What a file is, by what stands in it: neither its name nor what a browser says is believed."""

from enum import StrEnum


class FileKind(StrEnum):
    """A kind of file that is kept."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"

    @property
    def ending(self) -> str:
        """Return how the name of such a file ends."""
        return {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[self.value]


BEGINNINGS = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}


def kind_of(content: bytes) -> FileKind | None:
    """Return the kind of file that begins like ``content``, or None: it is of none that is kept."""
    found = (kind for sign, kind in BEGINNINGS.items() if content.startswith(sign))
    return next(found, None)
