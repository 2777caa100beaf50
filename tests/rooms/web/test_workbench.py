"""The workbench: each proposal stands at its stage, for as long as it has been there, and says no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.models import Programme
from makegood.articulate.permissions import can_see_workbench
from makegood.contract.actions import end_due_standstills, sign_contract
from makegood.contract.models import Contract
from makegood.contract.states import Side
from makegood.web.queries.workbench import Stage, cases, pipeline
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.deciding import a_decided_contest
from tests.factories.examples import EXAMPLES
from tests.factories.many import Many

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def counted(programme: Programme, *, in_days: int = 0) -> dict[Stage, int]:
    today = timezone.localdate() + timedelta(days=in_days)
    return {line.stage: line.count for line in pipeline(programme, today=today) if line.count}


def test_each_proposal_stands_at_its_stage(cast: Cast) -> None:
    many = Many.of(cast)
    many.grow(1)
    own = many.need.programme
    at_start = pipeline(own, today=loop.STARTS_ON)
    assert {line.stage: line.count for line in at_start if line.count} == {
        Stage.WAITING: 1,
        Stage.APPROVED: 1,
        Stage.DRAFTING: 2,
        Stage.IN_FORCE: 3,
    }
    sign_contract(many.contract_at("signing"), side=Side.COMMISSIONER, by=cast.erin)
    assert counted(own)[Stage.SIGNING] == 1
    assert counted(own, in_days=4000)[Stage.ENDED] == 3


def test_what_has_not_moved_is_found_and_what_moved_is_not(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    programme = contract.proposal.need.programme
    Contract.objects.filter(pk=contract.pk).update(drafted_at=NOW - timedelta(days=61))
    asked = {"stage": "", "text": "", "today": timezone.localdate()}
    for days, found in ((60, 1), (62, 0)):
        stalled = cases(programme, stalled_since=NOW - timedelta(days=days), **asked)  # type: ignore[arg-type]
        assert stalled.count() == found, days


def test_a_contract_in_force_has_not_stalled(cast: Cast) -> None:
    programme = loop.a_signed_contract(cast).proposal.need.programme
    later = NOW + timedelta(days=500)
    stalled = cases(programme, stage="", text="", stalled_since=later, today=timezone.localdate())
    assert not stalled.exists()


def test_a_draft_is_not_shown_and_what_was_sent_says_no_more_than_its_title(
    cast: Cast, client: Client
) -> None:
    proposal = loop.a_draft_promise(cast).proposal
    page = reverse("workbench", args=[proposal.need.programme.slug])
    client.force_login(cast.frank)
    assert proposal.title not in client.get(page).content.decode()


def test_what_was_sent_shows_its_title_and_leads_nowhere_before_approval(
    cast: Cast, client: Client
) -> None:
    proposal = loop.a_submitted_proposal(cast)
    page = reverse("workbench", args=[proposal.need.programme.slug])
    client.force_login(cast.frank)
    shown = client.get(page).content.decode()
    assert proposal.title in shown
    assert proposal.summary not in shown
    assert reverse("proposal", args=[proposal.code]) not in shown
    table = client.get(reverse("workbench_table", args=[proposal.need.programme.slug]))
    assert proposal.title in table.content.decode()


def test_nobody_learns_from_it_who_was_chosen_before_the_standstill_ends(cast: Cast) -> None:
    begun = NOW - timedelta(days=30)
    contest = a_decided_contest(cast, now=begun)
    programme = contest.need.programme
    assert counted(programme) == {Stage.WAITING: 2}
    shown = cases(programme, stage="", text="", stalled_since=None, today=timezone.localdate())
    assert {(case.stage, case.since) for case in shown} == {
        (Stage.WAITING, proposal.submitted_at) for proposal in contest.proposals
    }
    end_due_standstills(now=NOW)
    assert counted(programme) == {Stage.APPROVED: 1}


def test_who_may_see_it(cast: Cast) -> None:
    programme = loop.a_need(cast).programme
    for person in (cast.frank, cast.grace):
        assert can_see_workbench(person, programme=programme)
    for person in (cast.alice, cast.erin, cast.dana, cast.charlie, None):
        refused = can_see_workbench(person, programme=programme)
        assert not refused
        assert "Only members of" in refused.reason


@pytest.mark.parametrize(
    ("example", "said"),
    [("asked-advice", "Waits for an adviser"), ("advised", "advises 1 group,")],
)
def test_advisers_and_groups_that_wait(cast: Cast, client: Client, example: str, said: str) -> None:
    EXAMPLES[example](cast)
    programme = Programme.objects.first() or loop.a_need(cast).programme
    client.force_login(cast.frank)
    page = client.get(reverse("workbench", args=[programme.slug])).content.decode()
    assert said in page


def test_an_aim_is_named_until_a_promise_serves_it(cast: Cast, client: Client) -> None:
    aim = loop.an_aim(cast)
    client.force_login(cast.frank)
    page = client.get(reverse("workbench", args=[aim.programme.slug])).content.decode()
    assert f"<li>{aim.name}</li>" in page
