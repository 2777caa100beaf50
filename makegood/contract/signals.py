"""What contract announces, so that later rooms may listen."""

from django.dispatch import Signal

contract_signed = Signal()
"""Sent after commit with ``contract``: both sides have signed."""
contract_varied = Signal()
"""Sent after commit with ``contract``: what is owed in it changed, or by whom: everyone concerned signed."""
