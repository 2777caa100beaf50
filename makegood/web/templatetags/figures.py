"""Figures as people write them: no trailing noughts, the unit beside."""

from decimal import Decimal

from django import template

from makegood.kernel.figures import show_difference, show_figure, show_least
from makegood.kernel.money import show_pounds
from makegood.web.queries.my_data import in_words

register = template.Library()


@register.filter
def amount(value: float | None, unit: str = "") -> str:
    """A figure with its unit: 4.9%, 1,250 hours."""
    return show_figure(value, unit=unit)


@register.filter
def difference(value: float | None, unit: str = "") -> str:
    """A difference between two figures: 0.7 percentage points, 52 hours."""
    return show_difference(value, unit=unit)


@register.filter
def at_least(whom: str, count: int | None) -> str:
    """Whom, and how many of them: at least 20 families."""
    return show_least(count, whom=whom)


@register.filter
def pounds(value: Decimal | None) -> str:
    """An amount of money: £12,500."""
    return "" if value is None else show_pounds(value)


@register.filter
def fours(value: str) -> str:
    """A key or a code in groups of four, as one reads it aloud: ABCD EFGH."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


@register.filter
def said(value: object) -> str:
    """Any value in words: a day, yes or no, the text itself."""
    return in_words(value)
