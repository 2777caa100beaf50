"""What measures announces, so that later rooms may listen."""

from functools import partial

from django.db.models import Model
from django.dispatch import Signal

from makegood.kernel.commits import once_kept

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


def announce(series: Model) -> None:
    """Say that the history of ``series`` has changed, once what changed it is kept.

    A table of thirty figures of one series is one change.
    """
    send = partial(measurements_recorded.send, type(series), series=series)
    once_kept(send, key=f"the history of {series.pk} changed")
