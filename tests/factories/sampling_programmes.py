"""Samples over a programme, at each stage."""

from __future__ import annotations

from collections.abc import Callable

from makegood.articulate.models import Programme
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
from makegood.kernel.period import add_months
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.handed_on import a_twin
from tests.factories.sampling import a_contract_with_figures


def a_programme_with_figures(cast: Cast, *, figures: int = 4, others: int = 2) -> Programme:
    """Return a programme in which Alice’s provider gave so many figures, and Charlie’s so many."""
    contract = a_contract_with_figures(cast, figures=figures)
    second = a_twin(cast, of=contract, provider=cast.stranger, owner=cast.charlie)
    for number in range(others):
        month = add_months(loop.STARTS_ON, number)
        capture_measurement(second, period=month, value=5 + number / 10, by=cast.charlie)
    return contract.proposal.need.programme


def announced_over_programme(cast: Cast, *, size: int = 3) -> Sample:
    """Return that Frank, who runs the programme, will draw so many of the six."""
    programme = a_programme_with_figures(cast)
    return announce_sample(programme, size=size, house=cast.support_unit, by=cast.frank)


def drawn_over_programme(cast: Cast, *, size: int = 3) -> Sample:
    """Return the same, drawn."""
    return draw_sample(announced_over_programme(cast, size=size), by=cast.frank)


def closed_over_programme(cast: Cast, *, size: int = 3) -> Sample:
    """Return the same, looked through and closed: all of it is right."""
    sample = drawn_over_programme(cast, size=size)
    for item in items_of(sample):
        answer_item(item, found=Found.RIGHT, by=cast.dana)
    return close_sample(sample, by=cast.frank)


PROGRAMMES: dict[str, Callable[[Cast], dict[str, object]]] = {
    "sampled-programme": lambda cast: {"slug": a_programme_with_figures(cast).slug},
    "drawn-over-all": lambda cast: {"reference": drawn_over_programme(cast).reference},
    "closed-over-all": lambda cast: {"reference": closed_over_programme(cast).reference},
}
"""Examples of addresses of samples over a programme."""
