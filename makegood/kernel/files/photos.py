"""Photos made plain: turned the right way up, made smaller, with nothing in them but the picture."""

import struct
from io import BytesIO
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2000
QUALITY = 84
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a photo is turned, by what its camera says of how it was held."""


def plain_photo(file: BinaryIO) -> bytes | None:
    """Return a photo as a JPEG of its own, or None where it cannot be read or is far too large.

    Where it was taken, when and with what is not in it any more.
    """
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                return None
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = _upright(photo).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return as_jpeg(bare)


def _upright(photo: Image.Image) -> Image.Image:
    """Return a photo the right way up; where what says so cannot be read, as it is."""
    try:
        turn = TURNS.get(photo.getexif().get(ORIENTATION, 1))
    except (struct.error, TypeError, KeyError, ZeroDivisionError):
        turn = None
    return photo if turn is None else photo.transpose(turn)


def as_jpeg(picture: Image.Image) -> bytes:
    """Return a picture as a JPEG file."""
    made = BytesIO()
    picture.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
