"""What can be recorded for a commitment: figures, files of figures, and stories."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.models import Story, StoryLink, StoryWords
from makegood.capture.permissions import can_capture
from makegood.capture.queries import secret_digest
from makegood.capture.states import STORIES, Consent, StoryState, ToldAs
from makegood.contract.models import Commitment
from makegood.contract.states import ContractState
from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_reference, new_token
from makegood.kernel.transition import move
from makegood.measures import actions as measures
from makegood.measures.models import Measurement, Series, Upload
from makegood.people.models import Person


def capture_measurement(
    commitment: Commitment,
    *,
    period: date,
    value: float,
    numerator: float | None = None,
    denominator: float | None = None,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record the figure of a period for ``commitment``."""
    return measures.record_measurement(
        _series(commitment, by=by),
        period=period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def capture_gap(
    commitment: Commitment, *, period: date, reason: str, by: Person, now: datetime | None = None
) -> Measurement:
    """Record that a period has no figure, and why."""
    return measures.record_gap(
        _series(commitment, by=by),
        period=period,
        reason=reason,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def capture_answer(
    commitment: Commitment,
    *,
    period: date,
    value: float | None,
    why_none: str = "",
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record what a person answered for a period: a figure, or why there is none."""
    if value is None:
        return capture_gap(commitment, period=period, reason=why_none, by=by, now=now)
    return capture_measurement(commitment, period=period, value=value, by=by, now=now)


def correct_capture(
    commitment: Commitment,
    *,
    period: date,
    value: float,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Put a corrected figure in place of the one recorded; both stay on the record."""
    return measures.correct_measurement(
        _series(commitment, by=by),
        period=period,
        value=value,
        reason=reason,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def preview_capture(
    commitment: Commitment,
    *,
    data: bytes,
    file_name: str,
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Read a file of figures for ``commitment`` and show what is in it; nothing is kept yet."""
    return measures.preview_upload(
        _series(commitment, by=by),
        data=data,
        file_name=file_name,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def store_capture(
    upload: Upload, *, commitment: Commitment, by: Person, now: datetime | None = None
) -> int:
    """Keep the good rows of a previewed file; return how many figures are new."""
    _series(commitment, by=by)
    return measures.store_upload(upload, stream=commitment.contract.stream, by=by, now=now)


def discard_capture(
    upload: Upload, *, commitment: Commitment, by: Person, now: datetime | None = None
) -> None:
    """Throw a preview away."""
    _series(commitment, by=by)
    measures.discard_upload(upload, stream=commitment.contract.stream, by=by, now=now)


@transaction.atomic
def open_story_link(
    commitment: Commitment, *, label: str, by: Person, now: datetime | None = None
) -> StoryLink:
    """Make an address by which people tell their story; the same label opens one link, not two."""
    now = now or timezone.now()
    _in_force(commitment, by=by)
    held = StoryLink.objects.filter(commitment=commitment, label=label, closed_at__isnull=True)
    if open_already := held.first():
        return open_already
    link = StoryLink.objects.create(
        token=new_token(), commitment=commitment, label=label, opened_by=by, opened_at=now
    )
    record(link, act="open_story_link", stream=commitment.contract.stream, by=by, now=now)
    return link


@transaction.atomic
def close_story_link(link: StoryLink, *, by: Person, now: datetime | None = None) -> None:
    """Take no more stories by this link; those told stay."""
    now = now or timezone.now()
    _in_force(link.commitment, by=by)
    link.closed_at = now
    link.save(update_fields=["closed_at"])
    record(link, act="close_story_link", stream=link.commitment.contract.stream, by=by, now=now)


@transaction.atomic
def tell_story(
    link: StoryLink,
    *,
    words: str,
    told_as: ToldAs,
    consent: Consent,
    first_name: str = "",
    key: str = "",
    now: datetime | None = None,
) -> tuple[Story, str]:
    """Keep a person's story; return it with the secret of its private link, shown this once.

    ``key`` comes with the page that asked, and is used once: sending the same
    words again with it gives the same story back, not a second one.
    """
    now = now or timezone.now()
    link = StoryLink.objects.select_for_update().get(pk=link.pk)
    rules.check_story_link_is_open(is_open=link.closed_at is None)
    is_named = consent is Consent.NAMED
    rules.check_named_story_has_a_name(is_named=is_named, first_name=first_name)
    told = Story.objects.filter(link=link, secret_digest=secret_digest(key)).first()
    if told and told.state == StoryState.TOLD and told.said.words == words:
        return told, key
    secret = new_token() if told or len(key) < len(new_token()) else key
    said = StoryWords(words=words, first_name=first_name if is_named else "")
    story = Story.objects.create(
        reference=new_reference("T", length=8),
        commitment=link.commitment,
        link=link,
        told_as=told_as,
        consent=consent,
        words_digest=said.digest(),
        secret_digest=secret_digest(secret),
        told_at=now,
    )
    said.story = story
    said.save()
    record(story, act="tell_story", stream=_stream(story), by=None, now=now)
    return story, secret


@transaction.atomic
def change_consent(story: Story, *, consent: Consent, now: datetime | None = None) -> Story:
    """Let more or fewer people read a story; whoever holds its private link may."""
    now = now or timezone.now()
    story = Story.objects.select_for_update().get(pk=story.pk)
    move(story, table=STORIES, act="change_consent")
    rules.check_named_story_has_a_name(
        is_named=consent is Consent.NAMED, first_name=story.said.first_name
    )
    story.consent = consent
    story.save(update_fields=["consent"])
    record(story, act="change_consent", stream=_stream(story), by=None, now=now)
    return story


@transaction.atomic
def withdraw_story(story: Story, *, now: datetime | None = None) -> None:
    """Erase the words and their salt; that a story was told and withdrawn stays."""
    now = now or timezone.now()
    story = Story.objects.select_for_update().get(pk=story.pk)
    move(story, table=STORIES, act="withdraw_story")
    story.withdrawn_at = now
    story.save(update_fields=["state", "withdrawn_at"])
    StoryWords.objects.filter(story=story).delete()
    record(story, act="withdraw_story", stream=_stream(story), by=None, now=now)


def _stream(story: Story) -> str:
    return story.commitment.contract.stream


def _in_force(commitment: Commitment, *, by: Person) -> None:
    can_capture(by, commitment=commitment).require()
    state = commitment.contract.state
    rules.check_contract_is_in_force(in_force=state == ContractState.IN_FORCE)


def _series(commitment: Commitment, *, by: Person) -> Series:
    _in_force(commitment, by=by)
    rules.check_commitment_is_in_numbers(has_series=commitment.series is not None)
    assert commitment.series is not None
    return commitment.series
