"""From an approved proposal to a signed contract in which no promise was lost: both sides, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.contract.models import Contract, Schedule
from makegood.contract.states import ContractState
from makegood.kernel.ledger.verify import verify
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_both_sides_contract_what_was_promised(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    contract = loop.a_draft_contract(cast)
    promise = contract.proposal.promises.get().reference
    erin = visitor(scripts=scripts, colours=colours)
    erin.become(cast.erin)
    erin.open(f"/contracts/{contract.reference}/")
    erin.follow("Every promise beside its commitment, as a table")
    erin.press(f"Contract it as promised : {promise}")
    agree(erin, promise)
    add(erin)
    sign(erin)
    alice = visitor(scripts=scripts, colours=colours)
    alice.become(cast.alice)
    alice.open(f"/contracts/{contract.reference}/reconciliation/")
    alice.see("1 of 1")
    sign(alice)
    read(visitor(scripts=scripts, colours=colours), contract)
    contract.refresh_from_db()
    assert contract.state == ContractState.IN_FORCE
    assert verify().problems == []


def agree(erin: Visitor, promise: str) -> None:
    """Agree every part of the commitment, and be told what is half said."""
    erin.follow(f"Figures of {promise}")
    erin.write("Of which period is the figure where it stands now?", "April 2023 to March 2024")
    erin.press("Keep this")
    erin.see("Say of which period the figure is, and where it comes from: both, or neither.")
    erin.write("Where does that figure come from?", "our payroll")
    erin.press("Keep this")
    erin.follow(f"Evidence of {promise}")
    erin.write("Which documents?", "the yearly report")
    erin.choose("Self-reported: the provider says so")
    erin.press("Keep this")
    erin.follow(f"Comparison of {promise}")
    erin.choose("No comparator: only reached or not reached can be said")
    erin.press("Keep this")
    erin.see("Say why there is no comparator.")
    erin.write("Why is there no comparator?", "Nobody publishes it")
    erin.press("Keep this")
    erin.follow(f"Consequence of {promise}")
    erin.choose("A plan to put it right")
    erin.press("Keep this")


def add(erin: Visitor) -> None:
    """Contract something that nobody promised."""
    erin.press("Add what was not promised")
    erin.write("For whom?", "neighbours")
    erin.write("What changes for them?", "they know whom to ring")
    erin.choose("By what people tell")
    erin.press("Keep this")
    erin.see("Additional")


def sign(somebody: Visitor) -> None:
    somebody.press("Read it once more and sign")
    somebody.choose("I have read every commitment, and I may sign for my organisation")
    somebody.press("Sign the contract")
    somebody.see("You have signed for")


def read(anyone: Visitor, contract: Contract) -> None:
    """Read the schedule without an account, and see how a copy is checked."""
    anyone.open(f"/contracts/{contract.reference}/")
    anyone.follow("The schedule, as a document")
    anyone.see("our payroll")
    anyone.see("they know whom to ring")
    anyone.see(Schedule.objects.get().pdf_digest)
