"""What contract announces, so that later rooms may listen."""

from django.dispatch import Signal

contract_signed = Signal()
"""Sent after commit with ``contract``: both sides have signed."""
