"""One way to write a record as bytes (RFC 8785), so that equal records have equal digests."""

import hashlib
import json.encoder
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785

_text = json.encoder.encode_basestring
"""Writes text as RFC 8785 does: what must be escaped is, and nothing else."""

EntryValues = tuple[str, int, datetime, str, str, str, str]
"""The stream of an entry, its place there, when, by whom, which act, on what, and the digest."""

Plain = str | int | float | bool | list[object] | dict[str, object] | None


def plain(value: object) -> Plain:
    """Return ``value`` as JSON knows it.

    Moments are in UTC to the microsecond; decimals are text without trailing
    noughts; lists and mappings are taken to hold what JSON knows already.
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
        case None | bool() | int() | float() | str() | list() | dict():
            return value
    raise TypeError(f"A ledger record cannot hold a {type(value).__name__}.")


def canonical(record: dict[str, object]) -> bytes:
    """Return ``record`` as canonical JSON, UTF-8."""
    known: dict[str, Any] = {name: plain(value) for name, value in record.items()}
    return rfc8785.dumps(known)


def digest(record: dict[str, object]) -> str:
    """Return the SHA-256 of the canonical record, in hexadecimal (64 signs)."""
    return hashlib.sha256(canonical(record)).hexdigest()


def canonical_entry(values: EntryValues) -> bytes:
    """Return an entry of the ledger as canonical JSON, UTF-8: what ``canonical`` does, far faster."""
    stream, seq, at, actor, act, subject, digested = values
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")[:26]
    return (
        f'{{"act":{_text(act)},"actor":{_text(actor)},"at":"{moment}Z","digest":{_text(digested)},'
        f'"seq":{seq},"stream":{_text(stream)},"subject":{_text(subject)}}}'
    ).encode()
