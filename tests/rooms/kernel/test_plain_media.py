"""Of a film or sound the picture and the sound are left: no place, no time, no word."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from makegood.kernel.files.kinds import FileKind, kind_of_any
from makegood.kernel.files.photos import plain_photo
from makegood.kernel.files.sounds import plain_media
from tests.factories.films import MP4, PLACE, WEBM, box, mov_with_track_of_places, mp4_with_place

FRAME = b"\xff\xfb\x90\x00" + b"\x11" * 60
LONG_AGO = 3_800_000_000


def element(kind: int, held: bytes) -> bytes:
    """Return an element of RFC 8794 with a length of two bytes."""
    size = (len(held) | 1 << 14).to_bytes(2, "big")
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + size + held


def wav(*parts: tuple[bytes, bytes]) -> bytes:
    made = b"".join(name + struct.pack("<I", len(held)) + held for name, held in parts)
    return b"RIFF" + struct.pack("<I", 4 + len(made)) + b"WAVE" + made


@pytest.mark.parametrize(("content", "kind"), [(MP4, FileKind.MP4), (WEBM, FileKind.WEBM)])
def test_nothing_moves(content: bytes, kind: FileKind) -> None:
    assert kind_of_any(BytesIO(content)) == kind
    plain = plain_media(content, kind=kind)
    assert plain is not None
    assert len(plain) == len(content)
    assert plain_media(plain, kind=kind) == plain
    assert b"Chrome" not in plain


def test_a_place_beside_the_pictures_goes() -> None:
    film = mp4_with_place()
    assert film.count(PLACE) == 2
    plain = plain_media(film, kind=FileKind.MP4)
    assert plain is not None
    assert PLACE not in plain
    assert len(plain) == len(film)


def test_a_track_that_says_where_it_is_goes_and_the_pictures_stay() -> None:
    film = mov_with_track_of_places()
    plain = plain_media(film, kind=FileKind.MOV)
    assert plain is not None
    assert (film.count(PLACE), plain.count(PLACE)) == (2, 0)
    assert plain.count(b"PICTURE") == 2
    assert plain.count(b"trak") == 1
    assert b"phone" not in plain
    assert struct.pack(">I", LONG_AGO) not in plain


def test_tags_of_a_webm_go() -> None:
    said = element(0x1254C367, PLACE * 9)
    whole, at = WEBM.index(b"\x18\x53\x80\x67") + 4, WEBM.rindex(b"\x16\x54\xae\x6b")
    unsaid = b"\x01" + b"\xff" * 7  # how long it is
    film = WEBM[:whole] + unsaid + WEBM[whole + 8 : at] + said + WEBM[at:]
    plain = plain_media(film, kind=FileKind.WEBM)
    assert plain is not None
    assert PLACE not in plain
    assert b"\x16\x54\xae\x6b" in plain


def test_tags_before_and_after_a_sound_go() -> None:
    before = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    foot = b"APETAGEX" + struct.pack("<III", 2000, len(PLACE) + 32, 1) + bytes(12)
    after = PLACE + foot + b"TAG" + PLACE.ljust(125)
    assert plain_media(before + before + FRAME + after, kind=FileKind.MP3) == FRAME


def test_of_a_wav_the_sound_is_left() -> None:
    sound = [(b"fmt ", bytes(16)), (b"data", b"12")]
    said = wav(sound[0], (b"LIST", PLACE), (b"bext", PLACE), sound[1], (b"id3 ", PLACE))
    assert plain_media(said, kind=FileKind.WAV) == wav(*sound)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"OggS and a sound", FileKind.OGG),
        (b"ID3 nothing but a beginning", FileKind.MP3),
        (FRAME + b"LYRICS200" + FRAME, FileKind.MP3),
        (wav((b"data", b"12")), FileKind.WAV),
        (box(b"ftyp", b"isom"), FileKind.MP4),
        (b"\x00\x00\xff\xffftypisom", FileKind.MP4),
        (box(b"ftyp") + box(b"moov", box(b"trak")), FileKind.MP4),
        (box(b"ftyp") + box(b"moov") + box(b"free") * 30_000, FileKind.MP4),
        (WEBM[:60], FileKind.WEBM),
        (b"\x1aE\xdf\xa3\x80\x00", FileKind.WEBM),
    ],
)
def test_where_it_cannot_be_made_sure_nothing_is_given(content: bytes, kind: FileKind) -> None:
    assert plain_media(content, kind=kind) is None


@given(st.data())
def test_whatever_is_broken_is_answered(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([FileKind.MP4, FileKind.WEBM, FileKind.MOV]))
    film = {FileKind.MP4: MP4, FileKind.WEBM: WEBM, FileKind.MOV: mov_with_track_of_places()}[kind]
    broken = bytearray(film)
    for _ in range(3):
        place = data.draw(st.integers(0, len(film) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(film)))
    assert plain_media(bytes(broken[:cut]), kind=kind) is None or cut


BROKEN = (
    b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x05\x01\x01\x00\x02\x00\x00\x00\x04abc\x00\x01\x12"
    b"\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x01\x1a\x00\x05\x00\x00\x00\x01\x00\x00\x00J\x01(\x00\x03"
    b"\x00\x00\x00\x01\x00\x02\x00\x00\x88%\x00\x04\x02\x00\x00\x01\x00\x00\x00R\x00\x00\x00\x00\x00\x00"
    b"\x00H\x00\x00\x00\x01\x00\x01\x00\x01\x01\x02\x00\x00\x00\x04N\x00\x00\x00\x00\x00\x00\x00"
)


@pytest.mark.parametrize(
    "exif",
    [
        BROKEN,
        BROKEN.replace(b"\x04\x02\x00", b"\x04\x00\x00").replace(b"N\x00\x00\x00", b"N\x00\xff"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_photo_of_which_little_is_said_well_is_turned_and_kept(exif: bytes) -> None:
    made = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(made, "JPEG", exif=exif)
    plain = plain_photo(BytesIO(made.getvalue()))
    assert plain is not None
    with Image.open(BytesIO(plain)) as photo:
        assert photo.size == (20, 30)


def test_an_archive_of_a_newer_make_is_of_no_kind_that_is_kept() -> None:
    head = b"PK\x01\x02" + struct.pack("<4B", 99, 3, 99, 0) + bytes(38) + b"a"
    head = head[:28] + struct.pack("<H", 1) + head[30:]
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, len(head), 4, 0)
    assert kind_of_any(BytesIO(b"PK\x03\x04" + head + end)) is None
