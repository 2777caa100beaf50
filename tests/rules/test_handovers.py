"""CON-90 to CON-98: how a contract goes to another provider."""

from __future__ import annotations

from datetime import date

import pytest

from makegood.contract import rules
from makegood.contract.states import HANDOVERS, HandoverSide, HandoverState
from makegood.kernel.refusal import WrongState
from tests.rules.refusing import refused

FIRST, LAST = date(2024, 4, 1), date(2026, 3, 31)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_con_90_a_handover_has_its_reason(reason: str) -> None:
    with refused("CON-90"):
        rules.check_handover_has_its_reason(reason=reason)
    rules.check_handover_has_its_reason(reason="The nurses took it with them")


def test_con_91_all_whom_it_binds_have_signed() -> None:
    with refused("CON-91", saying="Moor View Care and Somebody Else have still to sign"):
        rules.check_all_have_signed(missing=["Moor View Care", "Somebody Else"])
    with refused("CON-91", saying="Somebody Else has still to sign"):
        rules.check_all_have_signed(missing=["Somebody Else"])
    rules.check_all_have_signed(missing=[])


@pytest.mark.parametrize(
    ("is_provider", "is_party", "is_judge", "saying"),
    [
        (True, True, False, "a party already"),
        (False, False, True, "judges the evidence"),
        (False, False, False, "provides services"),
    ],
)
def test_con_92_who_takes_over_is_another_provider(
    is_provider: bool, is_party: bool, is_judge: bool, saying: str
) -> None:
    with refused("CON-92", saying=saying):
        rules.check_successor_can_take_over(
            is_provider=is_provider, is_party=is_party, is_judge=is_judge
        )
    rules.check_successor_can_take_over(is_provider=True, is_party=False, is_judge=False)


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2026, 4, 1)])
def test_con_93_a_handover_counts_from_a_day_of_its_contract(day: date) -> None:
    with refused("CON-93", saying="1 April 2024 to 31 March 2026"):
        rules.check_handover_counts_in_its_contract(day, starts_on=FIRST, ends_on=LAST)
    for good in (FIRST, LAST):
        rules.check_handover_counts_in_its_contract(good, starts_on=FIRST, ends_on=LAST)


def test_con_94_what_was_proposed_stays_as_it_was_read() -> None:
    with refused("CON-94"):
        rules.check_handover_is_being_written(is_drafting=False)
    rules.check_handover_is_being_written(is_drafting=True)


def test_con_95_a_handover_waits_for_its_day() -> None:
    with refused("CON-95", saying="1 April 2024"):
        rules.check_handover_waits_for_its_day(FIRST, today=date(2024, 3, 31))
    rules.check_handover_waits_for_its_day(FIRST, today=FIRST)


def test_con_96_who_closed_does_not_sign() -> None:
    with refused("CON-96", saying="Moor View Care closed"):
        rules.check_who_closed_does_not_sign(closed="Moor View Care")
    rules.check_who_closed_does_not_sign(closed="")


def test_con_97_who_takes_over_is_there() -> None:
    with refused("CON-97", saying="Somebody Else closed"):
        rules.check_successor_is_there(closed="Somebody Else")
    rules.check_successor_is_there(closed="")


@pytest.mark.parametrize("end", [FIRST, LAST])
def test_con_98_it_ends_before_it_is_handed_over_or_after(end: date) -> None:
    with refused("CON-98", saying="Somebody Else takes over on 1 April 2024"):
        rules.check_it_ends_before_it_is_handed_over(end, successor="Somebody Else", from_on=FIRST)
    for day in (None, date(2026, 4, 1)):
        rules.check_it_ends_before_it_is_handed_over(end, successor="Somebody Else", from_on=day)


ACTS = {
    HandoverState.DRAFTING: {"revise_handover", "propose_handover", "withdraw_handover"},
    HandoverState.PROPOSED: {"decline_handover", "withdraw_handover", "sign_handover"},
    HandoverState.PART_SIGNED: {
        *("decline_handover", "withdraw_handover"),
        *("sign_handover", "complete_handover"),
    },
    HandoverState.SIGNED: {"begin_delivering", "cancel_handover"},
    HandoverState.IN_FORCE: set(),
    HandoverState.DECLINED: set(),
    HandoverState.WITHDRAWN: set(),
    HandoverState.CANCELLED: set(),
}


@pytest.mark.parametrize("state", HandoverState)
def test_what_is_possible_in_each_state(state: HandoverState) -> None:
    assert set(HANDOVERS.acts_from(state)) == ACTS[state]
    assert state.words
    for act in {each.act for each in HANDOVERS.transitions} - ACTS[state]:
        with pytest.raises(WrongState):
            HANDOVERS.target(state, act=act)


def test_a_handover_is_open_until_it_is_in_force_or_turned_down() -> None:
    closed = {HandoverState.IN_FORCE, HandoverState.DECLINED}
    closed |= {HandoverState.WITHDRAWN, HandoverState.CANCELLED}
    assert {state for state in HandoverState if not state.is_open} == closed
    waiting = {state for state in HandoverState if state.waits_for_signatures}
    assert waiting == {HandoverState.PROPOSED, HandoverState.PART_SIGNED}
    assert len(HandoverSide) == 3
