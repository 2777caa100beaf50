"""Only text of a bearable size is taken in: told by what a file holds, never by what it is called."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from makegood.measures.models import Upload
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in

GOOD = b"period,value\n2024-04-01,4.9\n"
MEGABYTE = 2**20
GIGABYTES = 4 * 2**30
Given = Callable[..., HttpResponse]


def zipped(**files: bytes) -> bytes:
    """Return a zip of these files."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return kept.getvalue()


def zip_bomb() -> bytes:
    """Return a small zip whose 400 files all point to one stream: 4 GB once it is opened."""
    name, size = b"xl/worksheets/sheet1.xml", 10 * MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(bytes(size)) + packer.flush()
    about = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(bytes(size)), len(stream), size, len(name), 0
    )
    body = b"PK\x03\x04" + about + name + stream
    entry = b"PK\x01\x02\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    count = GIGABYTES // size + 1
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entry) * count, len(body), 0)
    return body + entry * count + end


def gzip_bomb() -> bytes:
    """Return a small gzip file of 400 parts: 4 GB once it is opened."""
    size = 10 * MEGABYTE
    return gzip.compress(bytes(size)) * (GIGABYTES // size + 1)


NO_WORKBOOK = "The file cannot be read as a workbook. Save it as XLSX, ODS or “CSV UTF-8”."
NO_TABLE = "The file is {}. Send a table: CSV, XLSX, ODS or Parquet."
NO_TEXT = "The file is not text, nor a workbook. Send CSV, XLSX, ODS or Parquet."
PRESSED = NO_TABLE.format("a compressed file")
FOREIGN = {
    "half a spreadsheet": (zipped(**{"xl/workbook.xml": b"<workbook/>"}), NO_WORKBOOK),
    "a zip": (zipped(a=GOOD), NO_WORKBOOK),
    "a zip in a zip": (zipped(a=zipped(b=GOOD)), NO_WORKBOOK),
    "an empty zip": (zipped(), NO_TABLE.format("an empty zip file")),
    "an old spreadsheet": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "The workbook is locked with a password, or is in an old form (XLS).",
    ),
    "gzip": (gzip.compress(GOOD), PRESSED),
    "bzip2": (bz2.compress(GOOD), PRESSED),
    "xz": (lzma.compress(GOOD), PRESSED),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\1" * 30, PRESSED),
    "zstandard": (b"\x28\xb5\x2f\xfd\x04\x58" + b"\1" * 30, PRESSED),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\1" * 30, NO_TABLE.format("a picture")),
    "a moving picture": (b"GIF89a" + b"\1" * 30, NO_TABLE.format("a picture")),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", NO_TABLE.format("a PDF")),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\0" * 30, NO_TEXT),
    "UTF-16 that does not say so": (GOOD.decode().encode("utf-16-le"), NO_TEXT),
}
UNFIT = {
    "a nought byte far down": (GOOD + b"2024-05-01,5\n" * 500 + b"2030-01-01,\0\n", NO_TEXT),
    "a row without end": (GOOD + b"," * MEGABYTE, "1,048,577 cells"),
    "headings without end": (
        b"period,value," + b",".join(b"%x" % n for n in range(300_000)) + b"\n1,2\n",
        "300,002 cells",
    ),
    "rows without end": (b"period,value\n" + b"1,2\n" * 50_001, "more than 50,000 rows"),
}


@contextmanager
def sent(file: Path) -> Iterator[tuple[WSGIRequest, Any]]:
    """Send a file as a form does; give the request and the file as it was taken in."""
    with file.open("rb") as opened:
        request = RequestFactory().post("/", {"file": opened, "note": "kept"})
    with request.FILES["file"] as taken:
        yield request, taken


@pytest.fixture
def given(cast: Cast) -> Given:
    """Give a file of this content to the form that takes figures, as Alice."""
    client = Client()
    sign_in(client, cast.alice)
    address = reverse("upload_figures", args=[loop.a_commitment(cast).reference])

    def give(content: bytes, *, name: str) -> HttpResponse:
        return client.post(address, {"file": SimpleUploadedFile(name, content, "text/csv")})

    return give


def test_no_more_is_kept_than_the_limit(settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    file = tmp_path / "much.csv"
    file.write_bytes(b"4.2\n" * 500_000)
    with sent(file) as (request, taken):
        assert taken.size == 2_000_000
        assert Path(taken.temporary_file_path()).stat().st_size <= 100_000 + 2**16
        assert request.POST["note"] == "kept"


def test_a_file_within_the_limit_is_kept_whole(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_bytes(b"4.2\n" * 50_000)
    assert file.stat().st_size < settings.UPLOAD_MAX_BYTES
    with sent(file) as (_, taken):
        assert taken.read() == file.read_bytes()


def test_a_file_above_the_limit_is_refused_by_its_form(given: Given, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2 * MEGABYTE
    page = given(GOOD + b"\n" * 3 * MEGABYTE, name="much.csv").content.decode()
    assert "much.csv is larger than 2 MB. Split it and send the parts." in page
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["figures.csv", "figures.xlsx"])
def test_what_is_no_table_is_refused_by_what_it_holds(given: Given, name: str) -> None:
    for kind, (content, said) in FOREIGN.items():
        page = given(content, name=name).content.decode()
        assert f"{name}: {said}" in page, kind
    assert not Upload.objects.exists()


def test_text_that_no_table_has_is_refused(given: Given) -> None:
    for kind, (content, said) in UNFIT.items():
        assert said in given(content, name="figures.csv").content.decode(), kind
    assert not Upload.objects.exists()


@pytest.mark.parametrize("content", [GOOD, GOOD.decode().encode("utf-16")])
def test_the_same_content_under_any_name_is_taken(given: Given, content: bytes) -> None:
    assert given(content, name="figures.xlsx").status_code == 302
    assert Upload.objects.get().file_name == "figures.xlsx"


@pytest.mark.parametrize(
    ("make", "said"), [(zip_bomb, "too large once it is unpacked"), (gzip_bomb, PRESSED)]
)
def test_a_bomb_is_refused_before_it_is_opened(given: Given, make: Any, said: str) -> None:
    bomb = make()
    assert len(bomb) < 5 * MEGABYTE
    assert _inside(bomb) > GIGABYTES
    tracemalloc.start()
    try:
        page = given(bomb, name="figures.csv").content.decode()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert said in page
    assert most < 60 * MEGABYTE
    assert not Upload.objects.exists()


def _inside(bomb: bytes) -> int:
    """Return the bytes that a bomb says it holds, without opening it."""
    if bomb.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(bomb)) as held:
            return sum(each.file_size for each in held.infolist())
    parts = bomb.split(gzip.compress(b"")[:4])
    return sum(struct.unpack("<I", part[-4:])[0] for part in parts[1:])
