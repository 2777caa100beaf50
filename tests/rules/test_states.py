"""Every state meets every act: the act leads where its table says, or nowhere."""

from __future__ import annotations

from itertools import product

import pytest

from makegood.kernel.refusal import WrongState
from makegood.kernel.transition import Table, move
from makegood.web.generated_docs import all_tables

TABLES = [table for _, table in all_tables()]


class Thing:
    def __init__(self, state: str) -> None:
        self.state = state


def pairs() -> list[tuple[Table, str, str]]:
    return [
        (table, str(state), act)
        for table in TABLES
        for state, act in product(table.states, sorted({t.act for t in table.transitions}))
    ]


@pytest.mark.parametrize(
    ("table", "state", "act"), pairs(), ids=lambda part: getattr(part, "name", part)
)
def test_an_act_leads_where_its_table_says_or_nowhere(table: Table, state: str, act: str) -> None:
    leads = [t.target for t in table.transitions if t.act == act and state in t.sources]
    assert len(leads) <= 1, f"{act} leads two ways from {state}"
    thing = Thing(state)
    if leads:
        move(thing, table=table, act=act)
        assert thing.state == leads[0]
        return
    with pytest.raises(WrongState) as caught:
        move(thing, table=table, act=act)
    assert thing.state == state
    assert caught.value.number == "STA-01"
    assert state.replace("_", " ") in caught.value.sentence


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_can_be_reached(table: Table) -> None:
    reached = {table.initial}
    for _ in table.states:
        reached |= {t.target for t in table.transitions if reached & t.sources}
    assert reached == set(table.states)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_possible_is_what_leads_somewhere(table: Table) -> None:
    for state in table.states:
        assert set(table.acts_from(state)) == {
            t.act for t in table.transitions if state in t.sources
        }


def test_there_are_tables() -> None:
    assert TABLES
