"""Giving a kept file back: whole, or the part that is asked for, as RFC 9110 (14) says.

Phones play and seek in a film by asking for parts of it.
"""

import hashlib
import re
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from makegood.kernel.files.models import KeptFile

AT_ONCE = 64 * 1024
"""Bytes that are read at a time."""
ONE_PART = re.compile(r"bytes\s*=\s*(?P<first>\d{0,15})-(?P<last>\d{0,15})", re.IGNORECASE)
PARTIAL, NOT_THERE = 206, 416


class NoSuchPart(ValueError):
    """A part that begins after the end of a file."""


def given(request: HttpRequest, kept: KeptFile, *, name: str) -> HttpResponseBase:
    """Return a file to be kept under ``name``, and not to be shown by the browser itself."""
    try:
        answer = _whole_or_part(request, kept)
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = _mark(kept)
    return answer


def part_asked(header: str, *, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that a ``Range`` asks for; None if all of it is to be given.

    Several parts at once, other units and what cannot be read ask for all of it. Raises
    ``NoSuchPart`` where nothing is left of what is asked for.
    """
    found = ONE_PART.fullmatch(header.strip())
    if found is None or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        first, last = max(size - int(found["last"]), 0), size - 1
        if not int(found["last"]):
            raise NoSuchPart
    else:
        first = int(found["first"])
        last = int(found["last"]) if found["last"] else size - 1
        if last < first and found["last"]:
            return None
        last = min(last, size - 1)
    if first >= size:
        raise NoSuchPart
    return first, last


def _whole_or_part(request: HttpRequest, kept: KeptFile) -> HttpResponseBase:
    size = kept.content.size
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", _mark(kept)) != _mark(kept):
        header = ""
    try:
        part = part_asked(header, size=size)
    except NoSuchPart:
        said = {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=NOT_THERE, content_type="text/plain", headers=said)
    if part is None:
        with kept.content.open() as held:
            return HttpResponse(held.read(), content_type=kept.kind)
    first, last = part
    answer = StreamingHttpResponse(
        _bytes(kept, first=first, last=last), status=PARTIAL, content_type=kept.kind
    )
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    return answer


def _bytes(kept: KeptFile, *, first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes from ``first`` to ``last``, both included."""
    left = last - first + 1
    with kept.content.open() as held:
        held.seek(first)
        while left and (read := held.read(min(left, AT_ONCE))):
            left -= len(read)
            yield read


def _mark(kept: KeptFile) -> str:
    """Return what stays the same as long as the file does: it is never changed."""
    return f'"{hashlib.sha256(kept.public_id.bytes).hexdigest()[:32]}"'
