"""What was merged away keeps its findings honest: who belongs to what stays is no judge of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from makegood.assess.actions import send_finding
from makegood.assess.models import Finding
from makegood.assess.queries import assessments_visible_to
from makegood.capture.actions import tell_story
from makegood.capture.models import StoryLink
from makegood.capture.queries import tellings
from makegood.capture.states import Consent, ToldAs
from makegood.contract.models import Contract
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Organisation, Person
from makegood.people.queries import belongs_to
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.twins import merge, twin

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


def judge(cast: Cast, *, person: Person) -> Person:
    join(cast.assessors, person=person, role=Role.ASSESSOR, by=cast.dana)
    return person


def merged(cast: Cast, finding: Finding) -> Organisation:
    stays = twin(cast, by=cast.charlie)
    over = day_after(finding.commitment.contract)
    merge(cast.provider, stays, by=cast.operator, members_join=False, now=over)
    return stays


def words_read(finding: Finding, *, person: Person) -> list[str]:
    commitment = type(finding.commitment).objects.get(pk=finding.commitment_id)
    return [each.words for each in tellings(commitment, person=person)]


def test_ass_01_who_belongs_to_what_stays_is_no_judge_of_what_went(
    cast: Cast, draft: Finding
) -> None:
    charlie, frank = (judge(cast, person=each) for each in (cast.charlie, cast.frank))
    assert SECRET in words_read(draft, person=charlie)
    stays = merged(cast, draft)
    finding = Finding.objects.get()
    assert SECRET not in words_read(finding, person=charlie)
    assert not assessments_visible_to(charlie).exists()
    with pytest.raises(NotPermitted) as refusal:
        send_finding(finding, by=charlie)
    assert refusal.value.number == "ASS-01"
    assert belongs_to(charlie, organisation=stays)
    assert SECRET in words_read(finding, person=frank)
    assert send_finding(finding, by=frank).sent_at is not None
