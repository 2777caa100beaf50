"""The digest of an uploaded measurement, a million times over: that of ``ledger_digest``, sooner."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import rfc8785

DIGESTED = (
    "denominator",
    "note",
    "numerator",
    "period",
    "recorded_at",
    "recorded_by_id",
    "salt",
    "series_id",
    "standing",
    "upload_id",
    "value",
    "version",
)
"""The columns that a digest covers, in the order of canonical JSON (RFC 8785), by their attributes."""
_dumps = json.JSONEncoder(ensure_ascii=False).encode
_sha256 = hashlib.sha256


def digest_of(row: Sequence[Any]) -> bytes:
    """Return the digest (32 bytes) of a measurement given as its ``DIGESTED`` columns."""
    return _sha256(canonical_row(row).encode()).digest()


def canonical_row(row: Sequence[Any]) -> str:
    """Return a measurement as canonical JSON; what is empty is left out.

    The period is a day, or a day as text.
    """
    denominator, note, numerator, period, at, by, salt, series, standing, upload, value, version = (
        row
    )
    bottom = f'"denominator":{number(denominator)},' if denominator is not None else ""
    noted = f'"note":{_dumps(note)},' if note else ""
    top = f'"numerator":{number(numerator)},' if numerator is not None else ""
    valued = f'"value":{number(value)},' if value is not None else ""
    return (
        f'{{{bottom}{noted}{top}"period":"{period}","recorded_at":"{moment(at)}","recorded_by":{by},'
        f'"salt":"{salt}","series":{series},"standing":"{standing}",'
        f'"subject":"measures.measurement:{series}/{period}/{version}","upload":{upload},'
        f'{valued}"version":{version}}}'
    )


def number(value: float) -> str:
    """Return a number as ECMAScript writes it."""
    written = repr(value)
    if written.endswith(".0"):
        return written[:-2] if value else "0"
    return rfc8785.dumps(value).decode() if "e" in written else written


@lru_cache(maxsize=64)
def moment(at: datetime) -> str:
    """Return a moment in UTC, to the microsecond; the rows of a piece were all recorded in one."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def as_day(period: date | str) -> str:
    """Return a period as text, whichever way the database gave it."""
    return period if isinstance(period, str) else period.isoformat()
