"""What measures announces, so that later rooms may listen."""

from django.dispatch import Signal

measurements_recorded = Signal()
"""Sent after commit with ``series``: its history has changed."""
