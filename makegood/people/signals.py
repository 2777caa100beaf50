"""What people announces, for rooms that come later."""

from django.dispatch import Signal

person_erased = Signal()
"""Somebody is being erased: ``person`` (a husk already), ``name`` and ``addresses`` they had.

Sent inside the transaction, so that whatever is left of them elsewhere goes with it or not at all.
"""
