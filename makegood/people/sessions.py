"""Keeps sessions so that whoever reads the table can sign in as nobody.

Django's ``SESSION_ENGINE``. What differs from its own store in the database: a session stands under
the hash of its key, what it holds (codes sent by e-mail among it) is sealed, and it knows whose it
is, so that a person can see and end theirs.
"""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from makegood.kernel.sealing import seal, unseal
from makegood.people.models import Session

BROWSER = "browser"
"""Where a session's data says which browser it is."""
SEEN_WITHIN = timedelta(minutes=10)
"""How old a session's note may be of when it was last seen: it is not written at every page."""


def kept_key(session_key: str) -> str:
    """Return what a key is stored under: 160 bits of its SHA-256, in hexadecimal."""
    return sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(SessionBase):
    """One session: read when it is asked for, written when it changed.

    A page that changed nothing of what it holds notes that it was seen, and no more: what another
    page wrote meanwhile stays.
    """

    _stored: str | None = None
    """What the session held when it was last read or written."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; one that ended or never was starts anew."""
        found = self._row(self.session_key or "").filter(expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
            return {}
        if found.seen_at < timezone.now() - SEEN_WITHIN:
            self.modified = True
        held = self.decode(found.session_data)
        self._stored = json.dumps(held)
        return held

    def exists(self, session_key: str) -> bool:
        """Return whether there is a session under this key."""
        return self._row(session_key).exists()

    def create(self) -> None:
        """Start a session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # nor this
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  # Django calls it so
        """Write the session; one that was ended elsewhere meanwhile is not brought back."""
        if self.session_key is None:
            self.create()
            return
        held = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # not in its stubs
        is_as_stored = not must_create and json.dumps(held) == self._stored
        columns = self._columns(held, is_seen_only=is_as_stored)
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(session_key=kept_key(self.session_key), **columns)
            except IntegrityError as taken:
                raise CreateError from taken
        elif not self._row(self.session_key).update(**columns):
            raise UpdateError
        self._stored = json.dumps(held)

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this key, or this one."""
        self._row(session_key or self.session_key or "").delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what ran out."""
        Session.objects.filter(expire_date__lt=timezone.now()).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what the session holds as sealed JSON."""
        return seal(json.dumps(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what was sealed; what cannot be opened holds nothing."""
        return dict(json.loads(unseal(str(session_data)) or "{}"))

    def _row(self, session_key: str) -> Any:
        return Session.objects.filter(session_key=kept_key(session_key))

    def _columns(self, held: dict[str, Any], *, is_seen_only: bool) -> dict[str, Any]:
        seen = {"expire_date": self.get_expiry_date(), "seen_at": timezone.now()}
        if is_seen_only:
            return seen
        return seen | {
            "session_data": self.encode(held),
            "person_id": held.get(SESSION_KEY),
            "browser": held.get(BROWSER, ""),
        }
