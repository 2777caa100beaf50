"""Links from what a page shows to the ledger entry behind it."""

from django import template

from makegood.kernel.ledger.models import Recorded
from makegood.web.pictures import address_of
from makegood.web.queries.thread import Thread

register = template.Library()


@register.simple_tag
def trace(thread: Thread, row: Recorded | None) -> str:
    """The address of the entry behind ``row``, or nothing."""
    return address_of(thread.trace(row))
