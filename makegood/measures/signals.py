"""What measures announces, so that later rooms may listen."""

from django.dispatch import Signal

measurements_recorded = Signal()
"""Sent after commit with ``series``: its history has changed."""

words_changed = Signal()
"""The words of ``measure`` were revised, or it was retired. Sent inside the act, with ``by`` and ``now``.

``is_retired`` says which of the two.
"""
