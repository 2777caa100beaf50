"""Samples of figures, at each stage."""

from __future__ import annotations

from collections.abc import Callable

from makegood.capture.actions import (
    announce_sample,
    answer_item,
    capture_measurement,
    close_sample,
    draw_sample,
)
from makegood.capture.models import Sample
from makegood.capture.queries import items_of
from makegood.capture.states import Found
from makegood.contract.models import Contract
from makegood.kernel.period import add_months
from tests.factories import loop
from tests.factories.cast import Cast


def a_contract_with_figures(cast: Cast, *, figures: int = 3) -> Contract:
    """Return a contract in force of which Alice recorded so many months."""
    commitment = loop.a_commitment(cast)
    for number in range(figures):
        month = add_months(loop.STARTS_ON, number)
        capture_measurement(commitment, period=month, value=4 + number / 10, by=cast.alice)
    return commitment.contract


def an_announced_sample(cast: Cast, *, figures: int = 3, size: int = 2) -> Sample:
    """Return that Dana will draw so many of them."""
    contract = a_contract_with_figures(cast, figures=figures)
    return announce_sample(contract, size=size, house=cast.assessors, by=cast.dana)


def a_drawn_sample(cast: Cast, *, figures: int = 3, size: int = 2) -> Sample:
    """Return the same, drawn."""
    return draw_sample(an_announced_sample(cast, figures=figures, size=size), by=cast.dana)


def a_closed_sample(cast: Cast, *, figures: int = 3, size: int = 2) -> Sample:
    """Return the same, looked through and closed: all of it is right."""
    sample = a_drawn_sample(cast, figures=figures, size=size)
    for item in items_of(sample):
        answer_item(item, found=Found.RIGHT, by=cast.dana)
    return close_sample(sample, by=cast.dana)


SAMPLING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "drawn-sample": lambda cast: {"reference": a_drawn_sample(cast).reference},
    "closed-sample": lambda cast: {"reference": a_closed_sample(cast).reference},
}
"""Examples of addresses of samples."""
