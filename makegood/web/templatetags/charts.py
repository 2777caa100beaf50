"""The chart of a commitment's measure, on whatever page it belongs."""

from typing import Any

from django import template

from makegood.contract.models import Commitment
from makegood.web.pictures import measure_figure

register = template.Library()


@register.inclusion_tag("figure/figure.html")
def measure_chart(commitment: Commitment) -> dict[str, Any]:
    """The measure's history with limits, target and comparators, and its numbers traced."""
    return measure_figure(commitment)
