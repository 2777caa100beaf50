"""Where there is a virus scanner, it looks at a file before it is kept."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Thread
from typing import Any

import pytest

from makegood.capture.models import StoryFile
from makegood.kernel.files.models import KeptFile
from makegood.kernel.files.scanner import Scanned, scan
from tests.factories.cast import Cast
from tests.factories.telling import a_story_file
from tests.rules.refusing import refused

HARMLESS, FOUND, BROKEN = b"stream: OK\0", b"stream: Eicar-Signature FOUND\0", b"stream: ERROR\0"


@contextmanager
def a_scanner(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Listen on this machine as clamd does, and answer each stream with ``answer``."""
    listening, received = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        with listening.accept()[0] as asked, asked.makefile("rb") as read:
            assert read.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", read.read(4))[0]:
                received.append(read.read(size))
            asked.sendall(answer)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}", received
    thread.join(timeout=5)
    listening.close()


@pytest.mark.parametrize(
    ("answer", "said"),
    [(HARMLESS, Scanned.CLEAN), (FOUND, Scanned.HARMFUL), (BROKEN, Scanned.NO_ANSWER)],
)
def test_a_file_is_sent_whole_and_the_answer_is_read(
    answer: bytes, said: Scanned, settings: Any
) -> None:
    content = b"x" * 150_000
    with a_scanner(answer) as (place, received):
        settings.SCANNER = place
        assert scan(BytesIO(content)) is said
    assert b"".join(received) == content


def test_nothing_is_asked_where_there_is_no_scanner(settings: Any) -> None:
    settings.SCANNER = ""
    assert scan(BytesIO(b"x")) is Scanned.NOT_ASKED


@pytest.mark.django_db
def test_what_is_harmful_is_not_kept(cast: Cast, settings: Any) -> None:
    with a_scanner(FOUND) as (place, _):
        settings.SCANNER = place
        with refused("CAP-18", saying="something harmful"):
            a_story_file(cast)
    assert not KeptFile.objects.exists()


@pytest.mark.django_db
def test_where_it_does_not_answer_nothing_is_taken_in(cast: Cast, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        settings.SCANNER = f"127.0.0.1:{once.getsockname()[1]}"
    with refused("CAP-18", saying="does not answer"):
        a_story_file(cast)
    assert not StoryFile.objects.exists()


@pytest.mark.django_db
def test_what_is_harmless_is_kept(cast: Cast, settings: Any) -> None:
    with a_scanner(HARMLESS) as (place, _):
        settings.SCANNER = place
        a_story_file(cast)
    assert StoryFile.objects.count() == 1
