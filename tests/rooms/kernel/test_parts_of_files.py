"""A kept file is given whole, or in the part that is asked for: phones play films that way (RFC 9110)."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from makegood.kernel.files.give import AT_ONCE, NoSuchPart, given, part_asked
from makegood.kernel.files.models import KeptFile

CONTENT = bytes(range(256)) * 300
SIZE = len(CONTENT)


@pytest.fixture
def kept(db: None) -> KeptFile:
    held = KeptFile(kind="video/mp4", size=SIZE, digest="0" * 64)
    held.content.save("film.mp4", ContentFile(CONTENT))
    return held


def asked(kept: KeptFile, *, method: str = "GET", **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(
        method, "/", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    return given(request, kept, name="film.mp4")


def body(answer: HttpResponseBase) -> bytes:
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer)  # type: ignore[arg-type]
    return answer.content  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-1", (0, 1)),
        ("bytes=0-0", (0, 0)),
        ("Bytes = 10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=0-1,5-6", None),
        ("seconds=0-1", None),
        ("bytes=a-b", None),
        ("bytes=--1", None),
        (f"bytes={'9' * 40}-", None),
    ],
)
def test_a_part_is_read_as_it_is_asked_for(header: str, part: tuple[int, int] | None) -> None:
    assert part_asked(header, size=100) == part


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("bytes=100-", 100),
        ("bytes=100-200", 100),
        ("bytes=-0", 100),
        ("bytes=0-", 0),
        ("bytes=-5", 0),
    ],
)
def test_what_begins_after_the_end_is_no_part(header: str, size: int) -> None:
    with pytest.raises(NoSuchPart):
        part_asked(header, size=size)


def test_all_of_it_says_that_parts_can_be_asked_for(kept: KeptFile) -> None:
    answer = asked(kept)
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"] == 'attachment; filename="film.mp4"'
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("first", "last"), [(0, 1), (100, AT_ONCE + 200), (SIZE - 5, SIZE - 1), (0, SIZE - 1)]
)
def test_a_part_is_given_with_its_place(kept: KeptFile, first: int, last: int) -> None:
    answer = asked(kept, Range=f"bytes={first}-{last}")
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert body(answer) == CONTENT[first : last + 1]


def test_a_part_that_is_not_there_is_refused_with_the_size(kept: KeptFile) -> None:
    answer = asked(kept, Range=f"bytes={SIZE}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_a_part_goes_on_only_from_the_same_file(kept: KeptFile) -> None:
    mark = asked(kept)["ETag"]
    assert asked(kept, Range="bytes=0-1", If_Range=mark).status_code == 206
    other = asked(kept, Range="bytes=0-1", If_Range='"another"')
    assert (other.status_code, body(other)) == (200, CONTENT)


def test_only_getting_it_asks_for_parts(kept: KeptFile) -> None:
    assert asked(kept, method="HEAD", Range="bytes=0-1").status_code == 200


def test_what_is_no_more_there_is_not_found(kept: KeptFile) -> None:
    default_storage.delete(kept.content.name)
    for headers in ({}, {"Range": "bytes=0-1"}):
        with pytest.raises(Http404):
            asked(kept, **headers)
