"""Figures that somebody checked or disputed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from makegood.capture.actions import capture_measurement, open_dispute, resolve_dispute
from makegood.capture.models import Dispute
from makegood.capture.states import DisputeOutcome
from makegood.measures.models import Measurement
from tests.factories import loop
from tests.factories.cast import Cast


def a_figure(cast: Cast, *, period: date = loop.STARTS_ON, value: float = 4.9) -> Measurement:
    """Return a figure that Alice recorded for the one commitment of a signed contract."""
    return capture_measurement(loop.a_commitment(cast), period=period, value=value, by=cast.alice)


def a_dispute(cast: Cast) -> Dispute:
    """Return that Erin disputes it."""
    figure = a_figure(cast)
    commitment = figure.series.commitments.get()
    reason = "Two of the ten teams are left out"
    return open_dispute(
        commitment, measurement=figure, reason=reason, house=cast.commissioner, by=cast.erin
    )


def a_figure_found_wrong(cast: Cast) -> Measurement:
    """Return a figure of Alice’s that Erin disputed, and found wrong."""
    dispute = a_dispute(cast)
    wrong, why = DisputeOutcome.WRONG, "Two teams are left out"
    return resolve_dispute(dispute, outcome=wrong, why=why, by=cast.erin).figure


def _figure(figure: Measurement) -> dict[str, object]:
    commitment = figure.series.commitments.get()
    return {"reference": commitment.reference, "period": f"{figure.period:%Y-%m}"}


CHECKING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "given-figure": lambda cast: _figure(a_figure(cast)),
    "wrong-figure": lambda cast: _figure(a_figure_found_wrong(cast)),
    "dispute": lambda cast: {"reference": a_dispute(cast).reference},
}
"""Examples of addresses of figures that can be checked and disputed."""
