"""Letters on their way."""

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """An e-mail that is not delivered yet; what it says is sealed, for it may hold codes."""

    to = models.TextField()
    sealed = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"letter {self.pk}"
