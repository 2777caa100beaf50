"""Which way a relation may point: back to the same room or an earlier one.

A relation given as a string is invisible to the import rules, so it is read from the models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models

OURS = "makegood."


def relations(found: Iterable[type[models.Model]]) -> list[tuple[str, str, str]]:
    """Return (room, room it points to, what points) for each relation between our models."""
    return [
        (_room(model), _room(field.related_model), f"{model.__name__}.{field.name}")
        for model in found
        if model.__module__.startswith(OURS)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field.related_model, type) and field.related_model.__module__.startswith(OURS)
    ]


def forward(
    pointers: Iterable[tuple[str, str, str]], *, layers: Sequence[Sequence[str]]
) -> list[str]:
    """Return each relation that points to a later room, or to one beside its own."""
    height = {room: -index for index, layer in enumerate(layers) for room in layer}
    return [
        f"{what} points from {room} to {other}"
        for room, other, what in pointers
        if room != other and height[other] >= height[room]
    ]


def _room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]
