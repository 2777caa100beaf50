"""While an organisation closes: nothing is begun or signed for it, and nobody else waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import monotonic

import pytest
from django.db import connection, transaction
from django.utils import timezone

from makegood.articulate.actions import (
    submit_proposal,
)
from makegood.articulate.states import ProposalState
from makegood.assess.actions import Judgement, write_finding
from makegood.assess.models import Finding
from makegood.assess.states import Conclusion
from makegood.contract.actions import sign_contract
from makegood.contract.models import Contract
from makegood.contract.states import ContractState, Side
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.measures.actions import open_series
from makegood.measures.models import Series
from makegood.people.actions import (
    appoint_auditor,
    ask_for_adviser,
    close_organisation,
    register_organisation,
    take_advice,
)
from makegood.people.models import (
    Advice,
    Membership,
    Organisation,
    Person,
)
from makegood.people.permissions import can_act_for
from makegood.people.states import (
    AdviceState,
    Kind,
    LegalForm,
    Right,
)
from tests.factories.cast import Cast
from tests.factories.loop import (
    a_draft_promise,
    a_measure,
    a_settled_contract,
    a_story,
)
from tests.factories.racing import Act, at_once, failed, overtaking

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_adviser_taken_on_while_either_side_closes_is_released(cast: Cast) -> None:
    acts: list[Act] = []
    for number in range(4):
        group = register_organisation(
            name=f"Group {number}",
            kind=Kind.PROVIDER,
            legal_form=LegalForm.IN_FORMATION,
            by=cast.alice,
        )
        unit = register_organisation(name=f"Unit {number}", kind=Kind.SUPPORT_UNIT, by=cast.frank)
        asked = ask_for_adviser(group, unit=unit, by=cast.alice)
        ends = (group, cast.alice) if number % 2 else (unit, cast.frank)
        acts += [
            partial(take_advice, asked, adviser=cast.frank, by=cast.frank),
            partial(close, ends[0], by=ends[1], on=timezone.localdate()),
        ]
    told = failed(at_once(*acts))
    assert all(isinstance(error, Refused) for error in told), told
    assert set(Advice.objects.values_list("state", flat=True)) == {AdviceState.ENDED}


def test_no_auditor_is_appointed_at_a_house_that_just_closed(cast: Cast) -> None:
    appointed = overtaking(
        partial(close, cast.auditors, by=cast.grace, on=timezone.localdate()),
        second=partial(
            appoint_auditor,
            email=cast.bob.email,
            organisation=cast.auditors.name,
            by=cast.operator,
        ),
    )
    assert isinstance(appointed, Membership), appointed
    assert appointed.organisation.closed_on is None


@pytest.mark.parametrize("house", ["provider", "commissioner", "assessors"])
def test_no_contract_comes_into_force_with_one_that_closes_meanwhile(
    cast: Cast, house: str
) -> None:
    """CON-21 and PEO-62: whoever comes second is told."""
    contract = a_settled_contract(cast)
    sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    closes = getattr(cast, house)
    owner = {"provider": cast.alice, "commissioner": cast.erin, "assessors": cast.dana}[house]
    [told] = failed(
        at_once(
            partial(sign_contract, contract, side=Side.PROVIDER, by=cast.alice),
            partial(close, closes, by=owner, on=contract.ends_on),
        )
    )
    assert isinstance(told, Refused)
    is_closed = Organisation.objects.filter(pk=closes.pk, closed_on__isnull=False).exists()
    assert is_closed != Contract.objects.filter(state=ContractState.IN_FORCE).exists()


@pytest.mark.parametrize("closes", ["provider", "commissioner"])
def test_nothing_is_proposed_once_either_side_closed(cast: Cast, closes: str) -> None:
    proposal = a_draft_promise(cast).proposal
    owner = {"provider": cast.alice, "commissioner": cast.erin}[closes]
    told = overtaking(
        partial(close, getattr(cast, closes), by=owner, on=timezone.localdate()),
        second=partial(submit_proposal, proposal, by=cast.alice),
    )
    assert isinstance(told, Refused), told
    assert "closed on" in told.sentence
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DRAFT


def test_nothing_is_recorded_or_defined_for_one_that_just_closed(cast: Cast) -> None:
    told = overtaking(
        partial(close, cast.provider, by=cast.alice, on=timezone.localdate()),
        second=partial(open_series, measure=a_measure(cast), keeper=cast.provider, by=cast.alice),
    )
    assert isinstance(told, NotPermitted), told
    assert not Series.objects.filter(keeper=cast.provider).exists()


def test_no_assessor_goes_while_a_finding_is_written(cast: Cast) -> None:
    """PEO-62: whoever comes second is told, so no finding waits for one that is no more."""
    story, _ = a_story(cast)
    contract = story.commitment.contract
    said = Judgement(conclusion=Conclusion.PARTLY, reasons="One says so", stories=[story])
    after = contract.ends_on + timedelta(days=1)
    [told] = failed(
        at_once(
            partial(write_finding, story.commitment, judgement=said, by=cast.dana),
            partial(close, cast.assessors, by=cast.dana, on=after),
        )
    )
    assert isinstance(told, Refused), told
    is_closed = Organisation.objects.filter(pk=cast.assessors.pk, closed_on=after).exists()
    assert is_closed != Finding.objects.exists()


def test_those_who_act_for_one_organisation_do_not_wait_for_each_other(cast: Cast) -> None:
    second = partial(open_series, measure=a_measure(cast), keeper=cast.provider, by=cast.alice)
    began = monotonic()
    with transaction.atomic():
        can_act_for(cast.alice, organisation=cast.provider, right=Right.WRITE).require()
        if connection.features.has_select_for_update:
            assert failed(at_once(second)) == []
    assert monotonic() - began < 10


def close(organisation: Organisation, *, by: Person, on: date) -> Organisation:
    """Say on a day that it closed then."""
    now = datetime.combine(on, time(12), tzinfo=UTC)
    return close_organisation(organisation, closed_on=on, reason="It ended.", by=by, now=now)
