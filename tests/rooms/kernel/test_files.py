"""Files are known by what they hold, kept under our names, and dropped for good."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.files.keep import drop_file, forget_file, keep_file, sweep_files
from makegood.kernel.files.kinds import BEGINNINGS, FileKind, kind_of, kind_of_any
from makegood.kernel.files.models import FOLDER, KeptFile


def a_file() -> KeptFile:
    return keep_file(b"%PDF-1.7 words", kind=FileKind.PDF, now=timezone.now())


@given(st.binary(max_size=40))
def test_nothing_else_passes_for_a_kind(content: bytes) -> None:
    begins = any(content.startswith(sign) for sign in BEGINNINGS)
    assert (kind_of(content) is not None) == begins


@pytest.mark.parametrize("sign", BEGINNINGS)
def test_each_kind_is_known_by_its_beginning(sign: bytes) -> None:
    assert kind_of(sign + b"anything") == BEGINNINGS[sign]
    assert kind_of(b" " + sign) is None


@pytest.mark.django_db
def test_a_file_stands_under_a_name_of_ours() -> None:
    kept = a_file()
    assert kept.content.name == f"{FOLDER}/{kept.public_id}.pdf"
    with default_storage.open(kept.content.name) as held:
        assert held.read() == b"%PDF-1.7 words"


@pytest.mark.django_db(transaction=True)
def test_what_is_dropped_is_gone_and_its_digest_stays() -> None:
    kept = a_file()
    place, digest = kept.content.name, kept.digest
    for _ in range(2):
        with transaction.atomic():
            drop_file(kept, now=timezone.now())
    kept.refresh_from_db()
    assert not default_storage.exists(place)
    assert (kept.digest, kept.content.name) == (digest, "")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_after_dropping_loses_nothing() -> None:
    kept = a_file()
    with transaction.atomic():
        drop_file(kept, now=timezone.now())
        transaction.set_rollback(True)
    kept.refresh_from_db()
    assert default_storage.exists(kept.content.name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", ["digest = '0'", "size = 1", "kind = 'image/png'", "content = 'kept/other.pdf'"]
)
def test_the_database_refuses_to_change_a_file(change: str) -> None:
    kept = a_file()
    with pytest.raises(Error, match="LED-01"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE kernel_keptfile SET {change} WHERE id = %s", [kept.pk])
    with pytest.raises(Error, match="LED-01"), transaction.atomic():
        kept.delete()


@pytest.mark.django_db
def test_what_no_row_names_is_swept_out_after_a_day() -> None:
    kept, now = a_file(), timezone.now()
    stray = default_storage.save(f"{FOLDER}/stray.pdf", ContentFile(b"%PDF-"))
    sweep_files(now=now)
    assert default_storage.exists(stray)
    old = (now - timedelta(days=2)).timestamp()
    for place in (stray, kept.content.name):
        os.utime(default_storage.path(place), (old, old))
    assert sweep_files(now=now) == 1
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept.content.name)


@pytest.mark.django_db
def test_a_forgotten_file_keeps_not_even_its_digest() -> None:
    kept = a_file()
    forget_file(kept, now=timezone.now())
    kept.refresh_from_db()
    assert (kept.digest, kept.content.name, kept.dropped_at is None) == ("", "", False)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"ID3x", FileKind.MP3),
        (b"OggS", FileKind.OGG),
        (b"RIFF\0\0\0\0WAVE", FileKind.WAV),
        (b"RIFF\0\0\0\0WEBP", FileKind.WEBP),
        (b"\0\0\0\x18ftypM4A ", FileKind.M4A),
        (b"\0\0\0\x18ftypqt  ", FileKind.MOV),
        (b"\0\0\0\x18ftypisom", FileKind.MP4),
        (b"\x1aE\xdf\xa3", FileKind.WEBM),
        (b"%PDF-1", FileKind.PDF),
        (b"\0\0\0\x18ftypheic", None),
        (b"MZ", None),
        (b"", None),
    ],
)
def test_sounds_and_films_are_known_by_what_they_hold(head: bytes, kind: FileKind | None) -> None:
    assert kind_of_any(BytesIO(head)) == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["word/document.xml"], FileKind.WORD),
        (["content.xml"], FileKind.TEXT_DOCUMENT),
        (["word/document.xml", "word/vbaProject.bin"], None),
        (["anything.txt"], None),
    ],
)
def test_a_document_is_known_by_what_is_in_it(names: list[str], kind: FileKind | None) -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "words")
    assert kind_of_any(made) == kind
