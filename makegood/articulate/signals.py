"""What articulate asks, so that later rooms may answer."""

from django.dispatch import Signal

judges_asked = Signal()
"""Somebody opens ``proposal``, of which parts are withheld. Each receiver returns who judges it.

That is the keys of the organisations that read it whole beside its two parties.
"""

panels_asked = Signal()
"""It is asked which proposals ``person`` reads. Each receiver returns the keys of needs, as a query.

That is the needs whose proposals they weigh.
"""
