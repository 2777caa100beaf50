"""What can be done about a finding: write, send, reply, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.assess import rules
from makegood.assess.models import Citation, Finding, Reply
from makegood.assess.permissions import can_find, can_reply
from makegood.assess.queries import latest_analysis
from makegood.assess.states import FINDINGS, Conclusion, FindingState
from makegood.capture.models import Story
from makegood.capture.queries import figures_found_wrong
from makegood.contract.models import Commitment
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right

REPLY_TIME = timedelta(days=14)
"""How long a provider may take to reply before a finding is published without a reply."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What an assessor concludes, why, and the stories it rests on."""

    conclusion: Conclusion
    reasons: str
    why_otherwise: str = ""
    """Why it is not what the numbers say, or holds though figures were found wrong."""
    stories: Sequence[Story] = ()


@transaction.atomic
def write_finding(
    commitment: Commitment, *, judgement: Judgement, by: Person, now: datetime | None = None
) -> Finding:
    """Write or revise the finding on ``commitment`` while it is a draft (ASS-05, ASS-07)."""
    now = now or timezone.now()
    can_find(by, commitment=commitment).require()
    rules.check_finding_has_reasons(reasons=judgement.reasons)
    finding = _held(commitment) or Finding(
        commitment=commitment, reference=f"F-{commitment.reference.removeprefix('K-')}"
    )
    rules.check_finding_is_a_draft(is_draft=finding.state == FindingState.DRAFT)
    analysis = latest_analysis(commitment)
    rules.check_finding_cites_evidence(
        has_analysis=analysis is not None, stories=len(judgement.stories)
    )
    wrong = figures_found_wrong(commitment)
    verdict = analysis.verdict if analysis else ""
    rules.check_finding_against_evidence_says_why(
        verdict="" if judgement.conclusion.agrees_with(verdict) else verdict,
        wrong=wrong,
        words=judgement.why_otherwise,
    )
    finding.analysis = analysis
    finding.conclusion = judgement.conclusion
    finding.reasons = judgement.reasons
    finding.why_otherwise, finding.figures_wrong = judgement.why_otherwise.strip(), wrong or None
    finding.written_by, finding.written_at = by, now
    finding.save()
    record(finding, act="write_finding", stream=_stream(finding), by=by, now=now)
    _cite(finding, stories=judgement.stories, by=by, now=now)
    return finding


@transaction.atomic
def send_finding(finding: Finding, *, by: Person, now: datetime | None = None) -> Finding:
    """Put a finding to the provider, who has fourteen days to reply."""
    now = now or timezone.now()
    can_find(by, commitment=finding.commitment).require()
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    move(finding, table=FINDINGS, act="send_finding")
    finding.sent_at = now
    finding.reply_by = timezone.localdate(now + REPLY_TIME)
    finding.save(update_fields=["state", "sent_at", "reply_by"])
    record(finding, act="send_finding", stream=_stream(finding), by=by, now=now)
    contract, day = finding.commitment.contract, f"{finding.reply_by:%-d %B %Y}"
    words = f"{contract.assessor} sent a finding on “{contract.proposal.title}”. Reply by {day}."
    _tell(contract.provider, Right.ANSWER, words=words, finding=finding, by=by, now=now)
    return finding


@transaction.atomic
def reply_to_finding(
    finding: Finding, *, words: str, by: Person, now: datetime | None = None
) -> Reply:
    """Answer a finding; the answer is published beside it, unchanged."""
    now = now or timezone.now()
    can_reply(by, commitment=finding.commitment).require()
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    move(finding, table=FINDINGS, act="reply_to_finding")
    finding.save(update_fields=["state"])
    reply = Reply.objects.create(finding=finding, words=words, replied_by=by, replied_at=now)
    record(reply, act="reply_to_finding", stream=_stream(finding), by=by, now=now)
    record(finding, act="reply_to_finding", stream=_stream(finding), by=by, now=now)
    contract = finding.commitment.contract
    words = f"{contract.provider} replied to the finding on “{contract.proposal.title}”."
    _tell(contract.assessor, Right.ASSESS, words=words, finding=finding, by=by, now=now)
    return reply


@transaction.atomic
def publish_finding(finding: Finding, *, by: Person, now: datetime | None = None) -> Finding:
    """Show a finding, and any reply, to everyone (ASS-03)."""
    now = now or timezone.now()
    can_find(by, commitment=finding.commitment).require()
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    has_reply = finding.state == FindingState.REPLIED
    move(finding, table=FINDINGS, act="publish_finding")
    rules.check_provider_was_heard(
        has_reply=has_reply, reply_by=finding.reply_by, today=timezone.localdate(now)
    )
    finding.published_at = now
    finding.save(update_fields=["state", "published_at"])
    record(finding, act="publish_finding", stream=_stream(finding), by=by, now=now)
    contract = finding.commitment.contract
    words = f"The finding on “{contract.proposal.title}” is published."
    for party in (contract.provider, contract.commissioner):
        _tell(party, Right.ANSWER, words=words, finding=finding, by=by, now=now)
    return finding


def _cite(finding: Finding, *, stories: Sequence[Story], by: Person, now: datetime) -> None:
    held = {citation.story_id: citation for citation in finding.citations.all()}
    for story in stories:
        rules.check_story_may_be_cited(
            told_for=story.commitment_id,
            commitment=finding.commitment_id,
            is_withdrawn=story.withdrawn_at is not None,
        )
        held.setdefault(story.pk, Citation(finding=finding, story=story))
    cited = {story.pk for story in stories}
    for key, citation in held.items():
        citation.is_withdrawn = key not in cited
        citation.save()
        record(citation, act="cite_story", stream=_stream(finding), by=by, now=now)


def _held(commitment: Commitment) -> Finding | None:
    return Finding.objects.select_for_update().filter(commitment=commitment).first()


def _stream(finding: Finding) -> str:
    return finding.commitment.contract.stream


def _tell(
    organisation: Organisation,
    right: Right,
    *,
    words: str,
    finding: Finding,
    by: Person,
    now: datetime,
) -> None:
    """Tell members of a finding, with the way to it."""
    path = reverse("finding", args=[finding.reference])
    tell_members(organisation, right=right, words=words, path=path, by=by, now=now)
