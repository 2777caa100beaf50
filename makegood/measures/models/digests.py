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
LARGEST_WHOLE = 1e15
"""Whole numbers below this are written the same here and there."""


def digest_of(row: Sequence[Any]) -> bytes:
    """Return the digest (32 bytes) of a measurement given as its ``DIGESTED`` columns."""
    return hashlib.sha256(canonical_row(row).encode()).digest()


def canonical_row(row: Sequence[Any]) -> str:
    """Return a measurement as canonical JSON; what is empty is left out."""
    denominator, note, numerator, period, at, by, salt, series, standing, upload, value, version = (
        row
    )
    parts = [
        f'"denominator":{number(denominator)},' if denominator is not None else "",
        f'"note":{json.dumps(note, ensure_ascii=False)},' if note else "",
        f'"numerator":{number(numerator)},' if numerator is not None else "",
        f'"period":"{period.isoformat()}","recorded_at":"{moment(at)}","recorded_by":{by},',
        f'"salt":"{salt}","series":{series},"standing":"{standing}",',
        f'"subject":"measures.measurement:{series}/{period}/{version}","upload":{upload},',
        f'"value":{number(value)},' if value is not None else "",
        f'"version":{version}',
    ]
    return "{" + "".join(parts) + "}"


def number(value: float) -> str:
    """Return a number as ECMAScript writes it."""
    if value == int(value) and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    written = repr(value)
    return rfc8785.dumps(value).decode() if "e" in written else written


@lru_cache(maxsize=64)
def moment(at: datetime) -> str:
    """Return a moment in UTC, to the microsecond; the rows of a piece were all recorded in one."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def first_of(period: date | str) -> date:
    """Return a period as a day, whichever way the database gave it."""
    return date.fromisoformat(period) if isinstance(period, str) else period
