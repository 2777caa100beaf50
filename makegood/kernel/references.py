"""Names for things in addresses: short ones to read aloud, long ones nobody can guess."""

import secrets
from collections.abc import Callable

from django.utils.text import slugify

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another."""
RESERVED = frozenset({"import", "new", "starter"})
"""Words that stand in addresses where a name would: ``/measures/new/``."""
SECRET_PARTS = frozenset({"key", "secret", "token"})
"""What a part of an address is called that opens a page to whoever has it."""
LONGEST_SLUG = 70
TRIES = 100


def new_code(length: int = 4) -> str:
    """Return a random code to read aloud, such as ``7K3M`` (about 4.9 bits a sign)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference(prefix: str, *, length: int = 6) -> str:
    """Return a public reference such as ``N-7K3MQ2``."""
    return f"{prefix}-{new_code(length)}"


def new_token() -> str:
    """Return a secret for an address, 128 bits, safe in a URL."""
    return secrets.token_urlsafe(16)


def unused(make: Callable[[], str], *, taken: Callable[[str], bool]) -> str:
    """Return what ``make`` gives first that is not ``taken``: two things never share a name."""
    for _ in range(TRIES):
        made = make()
        if not taken(made):
            return made
    raise RuntimeError("No free reference was found. Make references longer.")


def unused_slug(name: str, *, otherwise: str, taken: Callable[[str], bool]) -> str:
    """Return ``name`` as an address spells it: ``otherwise`` if nothing is left, a code if taken."""
    slug = slugify(name)[:LONGEST_SLUG] or otherwise
    if slug not in RESERVED and not taken(slug):
        return slug
    return unused(lambda: f"{slug}-{new_code().lower()}", taken=taken)
