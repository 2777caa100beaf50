"""Telling later rooms that a history changed."""

from functools import partial

from makegood.kernel.commits import once_kept
from makegood.measures.models import Series
from makegood.measures.signals import measurements_recorded


def announce(series: Series) -> None:
    """Say that the history of ``series`` has changed, once what changed it is kept.

    A table of thirty figures of one series is one change.
    """
    send = partial(measurements_recorded.send, Series, series=series)
    once_kept(send, key=f"the history of {series.pk} changed")
