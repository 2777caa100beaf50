"""In the register, a withheld value is read by the parties of today: nobody who left, nobody who may come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.contract import actions
from makegood.contract.models import Contract
from makegood.contract.queries import Line, contracts_visible_to, lines_of
from makegood.contract.states import Part
from makegood.people.models import Person
from tests.factories import handing_over, loop
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def a_withheld_contract(cast: Cast) -> Contract:
    contract = loop.a_signed_contract(cast)
    until = timezone.localdate() + timedelta(days=40)
    actions.withhold_part(contract, part=Part.VALUE, reason="Prices", until_on=until, by=cast.erin)
    return contract


def line_for(person: Person | None, *, contract: Contract) -> Line:
    reach = reach_of(person)
    seen = contracts_visible_to(person, reach=reach).filter(pk=contract.pk)
    [line] = lines_of(seen, reach=reach, today=timezone.localdate())
    return line


def test_who_handed_over_reads_it_no_more_and_who_took_over_does(cast: Cast) -> None:
    contract = handing_over.a_handed_over_contract(cast, contract=a_withheld_contract(cast))
    people = {cast.alice: True, cast.charlie: False, cast.erin: False, None: True}
    for person, is_withheld in people.items():
        line = line_for(person, contract=contract)
        assert (line.value_withheld is not None) is is_withheld, person
        assert line.since_on == contract.handed_over[-1].from_on


def test_who_may_take_over_does_not_read_it_yet(cast: Cast) -> None:
    draft = handing_over.a_draft_handover(cast, contract=a_withheld_contract(cast))
    actions.propose_handover(draft, by=cast.erin)
    line = line_for(cast.charlie, contract=draft.contract)
    assert line.value_withheld is not None
    assert line.since_on is None
