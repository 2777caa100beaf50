"""One way to write a record as bytes (RFC 8785), so that equal records have equal digests."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import rfc8785

type_of_value = str | int | float | bool | None


def plain(value: object) -> type_of_value:
    """Return ``value`` as JSON knows it.

    Moments are in UTC to the microsecond; decimals are text without trailing noughts.
    """
    match value:
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case UUID():
            return str(value)
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"A ledger record cannot hold a {type(value).__name__}.")


def canonical(record: dict[str, object]) -> bytes:
    """Return ``record`` as canonical JSON, UTF-8."""
    return rfc8785.dumps({name: plain(value) for name, value in record.items()})


def digest(record: dict[str, object]) -> str:
    """Return the SHA-256 of the canonical record, in hexadecimal (64 signs)."""
    return hashlib.sha256(canonical(record)).hexdigest()
