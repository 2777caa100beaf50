"""What every race stands on: acts that are truly committed, and a ledger that holds afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast, gather


@pytest.fixture
def cast() -> Cast:
    """The people, in a database whose acts are truly committed."""
    return gather()


@pytest.fixture(autouse=True)
def the_ledger_holds() -> Iterator[None]:
    """After every race, verify the ledger and look for forked streams."""
    yield
    assert verify().problems == []
    for stream in Entry.objects.values_list("stream", flat=True).distinct():
        places = list(
            Entry.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True)
        )
        assert places == list(range(1, len(places) + 1))
