"""What can be done about clarifications: ask for one, answer it, take it back.

An answer may change the words of the part that was asked about; promises stay (ART-05, ART-50).
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.versions import keep_version_of
from makegood.articulate.models import Clarification, Proposal, WrittenPart
from makegood.articulate.parts import Content
from makegood.articulate.permissions import can_change_need, can_send_proposal
from makegood.articulate.queries import clarifications_of
from makegood.articulate.states import (
    CLARIFICATIONS,
    ClarificationState,
    ProposalPart,
    ProposalState,
)
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


@transaction.atomic
def ask_clarification(
    proposal: Proposal,
    *,
    part: ProposalPart,
    question: str,
    answer_by_on: date | None = None,
    by: Person,
    now: datetime | None = None,
) -> Clarification:
    """Ask a provider to clarify one part of a proposal that waits for a decision (ART-48)."""
    now = now or timezone.now()
    can_change_need(by, need=proposal.need).require()
    held = _held_proposal(proposal)
    rules.check_clarification_asks_something(
        question=question, answer_by_on=answer_by_on, today=timezone.localdate(now)
    )
    same = clarifications_of(held).filter(
        part=part, question=question, state=ClarificationState.ASKED
    )
    rules.check_it_is_said_once(exists=same.exists(), what="question")
    asked = Clarification.objects.create(
        proposal=held,
        part=part,
        question=question,
        answer_by_on=answer_by_on,
        asked_by=by,
        asked_at=now,
    )
    record(asked, act="ask_clarification", stream=held.stream, by=by, now=now)
    until = f" Answer by {answer_by_on:%-d %B %Y}." if answer_by_on else ""
    words = f"{held.need.commissioner} asks you to clarify “{held.title}”.{until}"
    _tell(held.provider, held, words=words, by=by, now=now)
    return asked


@transaction.atomic
def draft_clarification(
    clarification: Clarification,
    *,
    answer: str,
    content: Content | None = None,
    by: Person,
    now: datetime | None = None,
) -> Clarification:
    """Keep an answer, and what the part would say, before it is sent."""
    asked = _held(clarification, act="draft_clarification", by=by)
    asked.answer, asked.content = answer, content
    asked.save(update_fields=["answer", "content"])
    _record(asked, act="draft_clarification", by=by, now=now or timezone.now())
    return asked


@transaction.atomic
def answer_clarification(
    clarification: Clarification,
    *,
    answer: str,
    content: Content | None = None,
    by: Person,
    now: datetime | None = None,
) -> Clarification:
    """Answer, and let the part say ``content`` from now on; the version before stays (ART-49, ART-50).

    ``content`` is what the part holds, or ``{"summary": …}``; None leaves it as it is.
    """
    now = now or timezone.now()
    asked = _held(clarification, act="answer_clarification", by=by)
    rules.check_clarification_is_answered(answer=answer)
    proposal = asked.proposal
    if content is not None:
        _write(proposal, part=ProposalPart(asked.part), content=content, by=by, now=now)
    asked.answer, asked.content = answer, content
    asked.answered_by, asked.answered_at = by, now
    asked.save(update_fields=["state", "answer", "content", "answered_by", "answered_at"])
    _record(asked, act="answer_clarification", by=by, now=now)
    keep_version_of(proposal, clarifies=asked, by=by, now=now)
    words = f"{proposal.provider} clarified “{proposal.title}”. Read what changed."
    _tell(proposal.need.commissioner, proposal, words=words, by=by, now=now)
    return asked


@transaction.atomic
def withdraw_clarification(
    clarification: Clarification, *, by: Person, now: datetime | None = None
) -> Clarification:
    """Take a question back; taking it back twice changes nothing."""
    now = now or timezone.now()
    can_change_need(by, need=clarification.proposal.need).require()
    asked = Clarification.objects.select_for_update().get(pk=clarification.pk)
    if asked.state == ClarificationState.WITHDRAWN:
        return asked
    move(asked, table=CLARIFICATIONS, act="withdraw_clarification")
    asked.save(update_fields=["state"])
    _record(asked, act="withdraw_clarification", by=by, now=now)
    words = f"{asked.proposal.need.commissioner} took a question about “{asked.proposal}” back."
    _tell(asked.proposal.provider, asked.proposal, words=words, by=by, now=now)
    return asked


def _held_proposal(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_proposal_waits_for_its_decision(is_proposed=held.state == ProposalState.PROPOSED)
    return held


def _held(clarification: Clarification, *, act: str, by: Person) -> Clarification:
    can_send_proposal(by, proposal=clarification.proposal).require()
    proposal = _held_proposal(clarification.proposal)
    asked = Clarification.objects.select_for_update().get(pk=clarification.pk)
    move(asked, table=CLARIFICATIONS, act=act)
    asked.proposal = proposal
    return asked


def _write(
    proposal: Proposal, *, part: ProposalPart, content: Content, by: Person, now: datetime
) -> None:
    """Let the part say something else; the database lets it while the question is open alone."""
    if part == ProposalPart.SUMMARY:
        rules.check_proposal_says_what_it_would_do(summary=content["summary"])
        proposal.summary = content["summary"]
        proposal.save(update_fields=["summary"])
        record(proposal, act="clarify_summary", stream=proposal.stream, by=by, now=now)
        return
    row = WrittenPart.objects.filter(proposal=proposal, part=part).first()
    row = row or WrittenPart(proposal=proposal, part=part)
    row.content, row.is_done, row.written_by, row.written_at = content, True, by, now
    row.save()
    record(row, act="clarify_part", stream=proposal.stream, by=by, now=now)


def _record(asked: Clarification, *, act: str, by: Person, now: datetime) -> None:
    record(asked, act=act, stream=asked.proposal.stream, by=by, now=now)


def _tell(
    organisation: Organisation, proposal: Proposal, *, words: str, by: Person, now: datetime
) -> None:
    path = reverse("proposal", args=[proposal.code])
    tell_members(organisation, right=Right.WRITE, words=words, path=path, by=by, now=now)
