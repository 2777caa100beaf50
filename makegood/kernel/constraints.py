"""Constraints that many tables share."""

from enum import StrEnum

from django.db import models


def one_of(field: str, known: type[StrEnum], *, name: str) -> models.CheckConstraint:
    """Return the constraint that ``field`` holds one of the ``known`` words, and no other."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [word.value for word in known]}), name=name
    )
