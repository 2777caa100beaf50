"""Contracts whose figures are due: signed before they began, so that figures can be late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from makegood.contract.actions import Figures, agree_on, sign_contract
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Side
from makegood.kernel.period import Frequency
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.checking import CHECKING
from tests.factories.giving_documents import DOCUMENTS
from tests.factories.sampling import SAMPLING

SIGNED_ON = date(2024, 3, 20)


def at(day: date, *, hour: int = 9) -> datetime:
    """Return a moment on a day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def a_contract_signed_in_time(
    cast: Cast, *, every: Frequency = Frequency.MONTH, within_days: int = 20
) -> Contract:
    """Return a contract from April 2024 to March 2026, signed in March 2024, that says how figures come."""
    contract = loop.a_settled_contract(cast)
    figures = Figures(frequency=every, within_days=within_days)
    agree_on(contract.commitments.get(), agreed=figures, by=cast.erin)
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by, now=at(SIGNED_ON))
    return Contract.objects.get(pk=contract.pk)


def a_commitment_in_time(
    cast: Cast, *, every: Frequency = Frequency.MONTH, within_days: int = 20
) -> Commitment:
    """Return the one commitment of such a contract."""
    contract = a_contract_signed_in_time(cast, every=every, within_days=within_days)
    return Commitment.objects.get(contract=contract)


DUE: dict[str, Callable[[Cast], dict[str, object]]] = {
    **CHECKING,
    **SAMPLING,
    **DOCUMENTS,
    "due-of": lambda cast: {"slug": a_contract_signed_in_time(cast).provider.slug},
}
"""Examples of addresses of figures that are due."""
