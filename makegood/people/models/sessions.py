"""Sessions: where somebody is signed in. The table holds no key that would let anyone in."""

import uuid

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from makegood.people.models.persons import Person


class Session(AbstractBaseSession):
    """One browser's session, under the hash of its key; ``person`` once it is signed in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"

    def __str__(self) -> str:
        return self.browser or "a browser"
