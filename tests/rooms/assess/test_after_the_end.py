"""After an organisation closed, or was merged: it is heard as before, and others judge as before."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import close_need, narrow_role, start_programme
from makegood.assess.actions import publish_finding, reply_to_finding, send_finding
from makegood.assess.models import Finding, Reply
from makegood.assess.permissions import can_reply
from makegood.assess.queries import assessments_visible_to
from makegood.assess.states import FindingState
from makegood.capture.actions import capture_measurement, tell_story
from makegood.capture.models import StoryLink
from makegood.capture.queries import tellings
from makegood.capture.states import Consent, ToldAs
from makegood.contract.models import Contract
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import close_organisation, register_organisation
from makegood.people.models import Notice, Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import belongs_to
from makegood.people.states import Kind, Right, Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.sign_in import sign_in
from tests.factories.twins import merge, twin
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
SECRET = "For whoever judges it alone"


def day_after(contract: Contract) -> datetime:
    return datetime.combine(contract.ends_on + timedelta(days=1), time(12), tzinfo=UTC)


@pytest.fixture
def draft(cast: Cast) -> Finding:
    """A draft finding, and a story for assessors alone, on a provider that was merged since."""
    finding = loop.a_draft_finding(cast)
    link = StoryLink.objects.get()
    tell_story(link, words=SECRET, told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    return finding


def close(house: Organisation, *, by: Person, on: datetime) -> Organisation:
    return close_organisation(house, closed_on=on.date(), reason="It ended.", by=by, now=on)


def judge(cast: Cast, *, person: Person) -> Person:
    join(cast.assessors, person=person, role=Role.ASSESSOR, by=cast.dana)
    return person


def merged(cast: Cast, finding: Finding, *, into: Person) -> Organisation:
    """Merge the provider, once its contract is over, into a new entry that somebody owns alone."""
    stays = twin(cast, by=into)
    over = day_after(finding.commitment.contract)
    merge(cast.provider, stays, by=cast.operator, members_join=False, now=over)
    return stays


def ended(cast: Cast, finding: Finding, *, how: str) -> tuple[Finding, Person]:
    """End the provider once its contract is over; return the finding anew, and who answers for it."""
    if how == "closed":
        close(cast.provider, by=cast.alice, on=day_after(finding.commitment.contract))
        return Finding.objects.get(), cast.alice
    owner = newcomer("nia")
    merged(cast, finding, into=owner)
    return Finding.objects.get(), owner


def words_read(finding: Finding, *, person: Person) -> list[str]:
    commitment = type(finding.commitment).objects.get(pk=finding.commitment_id)
    return [each.words for each in tellings(commitment, person=person)]


def test_ass_01_who_belongs_to_what_stays_is_no_judge_of_what_went(
    cast: Cast, draft: Finding
) -> None:
    charlie, frank = (judge(cast, person=each) for each in (cast.charlie, cast.frank))
    assert SECRET in words_read(draft, person=charlie)
    stays = merged(cast, draft, into=charlie)
    finding = Finding.objects.get()
    assert SECRET not in words_read(finding, person=charlie)
    assert not assessments_visible_to(charlie).exists()
    with pytest.raises(NotPermitted) as refusal:
        send_finding(finding, by=charlie)
    assert refusal.value.number == "ASS-01"
    assert belongs_to(charlie, organisation=stays)
    assert SECRET in words_read(finding, person=frank)
    assert send_finding(finding, by=frank).sent_at is not None


ENDS = pytest.mark.parametrize("how", ["closed", "merged"])


@ENDS
def test_whoever_answers_for_what_ended_is_told_of_a_finding_and_replies(
    cast: Cast, draft: Finding, how: str
) -> None:
    finding, answers = ended(cast, draft, how=how)
    finding = send_finding(finding, by=cast.dana)
    assert Notice.objects.filter(person=answers, words__contains="sent a finding").exists()
    client = Client()
    sign_in(client, answers)
    replying = reverse("reply_to_finding", args=[finding.reference])
    assert replying in client.get(reverse("desk")).content.decode()
    assert replying in client.get(reverse("finding", args=[finding.reference])).content.decode()
    client.post(replying, {"words": "We were heard"})
    assert Reply.objects.get().replied_by == answers
    publish_finding(Finding.objects.get(), by=cast.dana)
    assert Notice.objects.filter(person=answers, words__contains="is published").exists()
    assert verify().problems == []


@ENDS
def test_its_last_figures_are_recorded(cast: Cast, draft: Finding, how: str) -> None:
    finding, records = ended(cast, draft, how=how)
    month, commitment = finding.commitment.starts_on, finding.commitment
    assert capture_measurement(commitment, period=month, value=4.0, by=records).value == 4.0
    with pytest.raises(NotPermitted):
        capture_measurement(commitment, period=month, value=5.0, by=cast.frank)


@ENDS
def test_nothing_new_is_begun_for_what_ended(cast: Cast, draft: Finding, how: str) -> None:
    finding, answers = ended(cast, draft, how=how)
    provider = finding.commitment.contract.provider
    for right in (Right.WRITE, Right.SIGN, Right.ORGANISE):
        may = can_act_for(answers, organisation=provider, right=right)
        assert "closed on" in may.reason
        assert not may


def test_who_answers_for_what_was_merged_does_so_within_their_role(
    cast: Cast, draft: Finding
) -> None:
    stays = merged(cast, draft, into=cast.charlie)
    commitment = Finding.objects.get().commitment
    reads = join(stays, person=cast.frank, role=Role.READER, by=cast.charlie)
    assert not can_reply(reads.person, commitment=commitment)
    writes = join(stays, person=cast.frank, role=Role.EDITOR, by=cast.charlie)
    assert can_reply(cast.frank, commitment=commitment)
    other = start_programme(name="Other", summary="", run_by=cast.support_unit, by=cast.frank)
    narrow_role(writes, programmes=[other], by=cast.charlie)
    assert can_reply(cast.frank, commitment=commitment).number == "ART-16"
    for gone in (cast.alice, cast.bob):
        assert not can_reply(gone, commitment=commitment)


@ENDS
def test_a_public_body_that_ended_still_takes_its_record(
    cast: Cast, draft: Finding, how: str
) -> None:
    contract, takes = draft.commitment.contract, cast.erin
    over = day_after(contract)
    close_need(contract.proposal.need, by=cast.erin)
    if how == "closed":
        close(cast.commissioner, by=cast.erin, on=over)
    else:
        takes = newcomer("nia")
        stays = register_organisation(name="New Council", kind=Kind.COMMISSIONER, by=takes)
        merge(cast.commissioner, stays, by=cast.operator, members_join=False, now=over)
    client = Client()
    sign_in(client, takes)
    address = reverse("contract_record", args=[contract.reference])
    assert client.get(address)["Content-Type"] == "application/zip"
    programme = reverse("programme_record", args=[contract.proposal.need.programme.slug])
    assert client.get(programme)["Content-Type"] == "application/zip"
    assert address in client.get(reverse("contract", args=[contract.reference])).content.decode()


def test_an_assessor_brings_its_findings_to_an_end_before_it_goes(
    cast: Cast, draft: Finding
) -> None:
    """PEO-62 and PEO-75"""
    over = day_after(draft.commitment.contract)
    others = register_organisation(name="Findings", kind=Kind.ASSESSOR, by=cast.charlie)
    for _ in range(2):
        with refused("PEO-62", saying=f"finding {draft} is not published"):
            close(cast.assessors, by=cast.dana, on=over)
        with refused("PEO-75", saying=f"finding {draft} is not published"):
            merge(cast.assessors, others, by=cast.operator, now=over)
        if draft.state == FindingState.DRAFT:
            draft = send_finding(draft, by=cast.dana)
    reply_to_finding(draft, words="We agree", by=cast.alice)
    publish_finding(Finding.objects.get(), by=cast.dana)
    assert close(cast.assessors, by=cast.dana, on=over).closed_on == over.date()
