"""Names for things in addresses: short ones to read aloud, long ones nobody can guess."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another."""


def new_code(length: int = 4) -> str:
    """Return a random code to read aloud, such as ``7K3M`` (about 4.9 bits a sign)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference(prefix: str, *, length: int = 6) -> str:
    """Return a public reference such as ``N-7K3MQ2``."""
    return f"{prefix}-{new_code(length)}"


def new_token() -> str:
    """Return a secret for an address, 128 bits, safe in a URL."""
    return secrets.token_urlsafe(16)
