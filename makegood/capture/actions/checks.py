"""Saying how far a figure or a document is checked, and disputing one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.models import Check, Dispute, Document
from makegood.capture.permissions import (
    can_answer_dispute,
    can_check,
    can_check_document,
    can_dispute,
    can_dispute_document,
    can_resolve_dispute,
)
from makegood.capture.states import DISPUTES, DisputeOutcome, DisputeState, Evidence, Level
from makegood.contract.models import Commitment
from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_reference, unused
from makegood.kernel.transition import move
from makegood.measures.models import Measurement
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.queries import belongs_to
from makegood.people.states import Right


@transaction.atomic
def check_figure(
    commitment: Commitment,
    *,
    measurement: Measurement,
    level: Level,
    how: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Check:
    """Say that a figure holds: how far it is checked, and how that is known (CAP-41 to CAP-44)."""
    now = now or timezone.now()
    can_check(by, commitment=commitment, house=house).require()
    rules.check_verifier_is_another(recorder=measurement.recorded_by_id, verifier=by.pk)
    check_it_is_from_outside(commitment, level=level, by=by)
    rules.check_it_says_how(how=how)
    rules.check_there_is_a_figure(has_value=measurement.value is not None)
    return keep_check(
        commitment, of=measurement, level=level, how=how.strip(), house=house, by=by, now=now
    )


@transaction.atomic
def check_document(
    document: Document,
    *,
    level: Level,
    how: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Check:
    """Say that a document holds: how far it is checked, and how that is known (CAP-41 to CAP-43, CAP-56)."""
    now = now or timezone.now()
    can_check_document(by, document=document, house=house).require()
    commitment, giver = document.commitment, document.added_by_id
    rules.check_verifier_is_another(recorder=giver, verifier=by.pk, what=Evidence.DOCUMENT)
    check_it_is_from_outside(commitment, level=level, by=by)
    rules.check_it_says_how(how=how)
    rules.check_document_stands(stands=_held(document).stands)
    return keep_check(
        commitment, of=document, level=level, how=how.strip(), house=house, by=by, now=now
    )


def keep_check(
    commitment: Commitment,
    *,
    of: Measurement | Document | int,
    level: Level,
    how: str,
    house: Organisation,
    by: Person,
    now: datetime,
) -> Check:
    """Keep that ``by`` checked something (``int``: so many stories), once; who calls knows they could."""
    [(name, _)] = (named := _named_as(of)).items()
    what = {"measurement": Evidence.FIGURE, "document": Evidence.DOCUMENT}.get(
        name, Evidence.STORIES
    )
    made, is_new = Check.objects.get_or_create(
        commitment=commitment,
        level=level,
        made_by=by,
        **named,
        defaults={"how": how, "made_for": house, "made_at": now},
    )
    if is_new:
        record(made, act=what.act, stream=commitment.contract.stream, by=by, now=now)
    return made


@transaction.atomic
def open_dispute(
    commitment: Commitment,
    *,
    measurement: Measurement,
    reason: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Dispute:
    """Say that a figure is not right, and why; the provider is told, and answers (CAP-45, CAP-46)."""
    now = now or timezone.now()
    can_dispute(by, commitment=commitment, house=house).require()
    rules.check_words_are_given(words=reason)
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    still = Dispute.objects.filter(commitment=commitment, measurement__period=measurement.period)
    return open_one(
        commitment, of=measurement, still=still, reason=reason, house=house, by=by, now=now
    )


@transaction.atomic
def dispute_document(
    document: Document,
    *,
    reason: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Dispute:
    """Say that a document is not right, and why; the provider is told (CAP-45, CAP-46, CAP-56)."""
    now = now or timezone.now()
    can_dispute_document(by, document=document, house=house).require()
    rules.check_words_are_given(words=reason)
    rules.check_document_stands(stands=_held(document).stands)
    still = Dispute.objects.filter(document=document)
    commitment = document.commitment
    return open_one(
        commitment, of=document, still=still, reason=reason, house=house, by=by, now=now
    )


def open_one(
    commitment: Commitment,
    *,
    of: Measurement | Document | int,
    still: QuerySet[Dispute],
    reason: str,
    house: Organisation,
    by: Person,
    now: datetime,
) -> Dispute:
    """Open a dispute, or return that of ``still`` which is open with the same words."""
    if held := still.exclude(state=DisputeState.RESOLVED).first():
        rules.check_it_is_not_disputed_yet(is_same=held.reason == reason.strip(), what=held.what)
        return held
    opened = Dispute.objects.create(
        reference=unused(
            lambda: new_reference("D", length=8),
            taken=lambda reference: Dispute.objects.filter(reference=reference).exists(),
        ),
        commitment=commitment,
        reason=reason.strip(),
        opened_for=house,
        opened_by=by,
        opened_at=now,
        **_named_as(of),
    )
    record(opened, act="open_dispute", stream=commitment.contract.stream, by=by, now=now)
    words = f"{house} disputes {_named(opened)}: {opened.reason}"
    _tell(opened.answering, dispute=opened, right=Right.ANSWER, words=words, by=by)
    return opened


@transaction.atomic
def answer_dispute(
    dispute: Dispute, *, words: str, by: Person, now: datetime | None = None
) -> Dispute:
    """Answer for the provider, once (CAP-45)."""
    now = now or timezone.now()
    can_answer_dispute(by, dispute=dispute).require()
    rules.check_words_are_given(words=words)
    held = Dispute.objects.select_for_update().get(pk=dispute.pk)
    move(held, table=DISPUTES, act="answer_dispute")
    held.answer, held.answered_by, held.answered_at = words.strip(), by, now
    held.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(held, act="answer_dispute", stream=held.commitment.contract.stream, by=by, now=now)
    told = f"The provider answers your dispute of {_named(held)}: {held.answer}"
    _tell(held.opened_for, dispute=held, right=_right_of(held), words=told, by=by)
    return held


@transaction.atomic
def resolve_dispute(
    dispute: Dispute,
    *,
    outcome: DisputeOutcome,
    why: str,
    by: Person,
    now: datetime | None = None,
) -> Dispute:
    """Resolve a dispute for the side that opened it, with reasons (CAP-45)."""
    now = now or timezone.now()
    can_resolve_dispute(by, dispute=dispute).require()
    rules.check_words_are_given(words=why)
    held = Dispute.objects.select_for_update().get(pk=dispute.pk)
    move(held, table=DISPUTES, act="resolve_dispute")
    held.outcome, held.why = outcome, why.strip()
    held.resolved_by, held.resolved_at = by, now
    held.save(update_fields=["state", "outcome", "why", "resolved_by", "resolved_at"])
    contract = held.commitment.contract
    record(held, act="resolve_dispute", stream=contract.stream, by=by, now=now)
    told = f"The dispute of {_named(held)} is resolved. {held.ended_as}: {held.why}"
    _tell(held.answering, dispute=held, right=_told_of_end(held), words=told, by=by)
    return held


def check_it_is_from_outside(commitment: Commitment, *, level: Level, by: Person) -> None:
    """Refuse that somebody of the provider verifies (CAP-42)."""
    inside = [belongs_to(by, organisation=each) for each in commitment.contract.providers]
    rules.check_verified_from_outside(is_verified=level == Level.VERIFIED, is_inside=any(inside))


def _held(document: Document) -> Document:
    """Return ``document`` as it stands; nobody withdraws it meanwhile."""
    return Document.objects.select_for_update().get(pk=document.pk)


def _named_as(of: Measurement | Document | int) -> dict[str, Any]:
    if isinstance(of, int):
        return {"stories": of}
    return {"document": of} if isinstance(of, Document) else {"measurement": of}


def _named(dispute: Dispute) -> str:
    """Return what is disputed; not what a document is called, for not everyone who is told may read it."""
    owed = dispute.commitment
    if dispute.document:
        return f"document {dispute.document} ({owed.name})"
    if dispute.stories is not None:
        return f"the count of stories, {dispute.stories} ({owed.name})"
    return f"{owed.measure} for {dispute.figure.period:%B %Y} ({owed.name})"


def _told_of_end(dispute: Dispute) -> Right:
    """Return the right of those who are told how it ended: who has to correct a figure may record."""
    if dispute.what != Evidence.FIGURE or dispute.outcome != DisputeOutcome.WRONG:
        return Right.ANSWER
    owing = dispute.commitment.owed_by(dispute.figure.period)
    return Right.RECORD if owing == dispute.answering else Right.ANSWER


def _right_of(dispute: Dispute) -> Right:
    """Return the right in which a dispute was opened: judging, or buying."""
    is_assessor = dispute.opened_for == dispute.commitment.contract.assessor
    return Right.ASSESS if is_assessor else Right.WRITE


def _tell(house: Organisation, *, dispute: Dispute, right: Right, words: str, by: Person) -> None:
    path, now = dispute.get_absolute_url(), dispute.resolved_at or dispute.answered_at
    moment = now or dispute.opened_at
    tell_members(house, right=right, words=words, path=path, by=by, now=moment)
