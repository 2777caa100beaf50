"""What measures announces, so that later rooms may listen."""

from django.dispatch import Signal

measurements_recorded = Signal()
"""Sent after commit with ``series``: its history has changed."""

words_changed = Signal()
"""The words of ``measure`` were revised, or it was retired. Sent inside the act, with ``by`` and ``now``.

``is_retired`` says which of the two.
"""

recorders_asked = Signal()
"""It is asked who records into ``series``. Each receiver returns who owes its figures, by key.

Where nobody does, its keeper records.
"""

owed_asked = Signal()
"""It is asked which of the series ``among`` (a queryset) contracts in force ask for: their keys, at once."""
