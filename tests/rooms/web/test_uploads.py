"""A file far too large is let go by: never more of it is kept than the limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory


@contextmanager
def sent(file: Path) -> Iterator[tuple[WSGIRequest, Any]]:
    """Send a file as a form does; give the request and the file as it was taken in."""
    with file.open("rb") as opened:
        request = RequestFactory().post("/", {"file": opened, "note": "kept"})
    with request.FILES["file"] as taken:
        yield request, taken


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
