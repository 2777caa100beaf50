"""Saying how far the count of stories for a promise is checked, and disputing it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.checks import check_it_is_from_outside, keep_check, open_one
from makegood.capture.models import Check, Dispute
from makegood.capture.permissions import can_check, can_dispute
from makegood.capture.queries import story_counts
from makegood.capture.states import Evidence, Level
from makegood.contract.models import Commitment
from makegood.people.models import Organisation, Person


@transaction.atomic
def check_stories(
    commitment: Commitment,
    *,
    counted: int,
    level: Level,
    how: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Check:
    """Say that so many stories were told, and how that is known (CAP-41 to CAP-43, CAP-73)."""
    now = now or timezone.now()
    can_check(by, commitment=commitment, house=house).require()
    asked = commitment.story_links.filter(opened_by=by).exists()
    asker = by.pk if asked else 0
    rules.check_verifier_is_another(recorder=asker, verifier=by.pk, what=Evidence.STORIES)
    check_it_is_from_outside(commitment, level=level, by=by)
    rules.check_it_says_how(how=how)
    rules.check_count_is_as_it_stands(counted=counted, standing=story_counts(commitment).told)
    return keep_check(
        commitment, of=counted, level=level, how=how.strip(), house=house, by=by, now=now
    )


@transaction.atomic
def dispute_stories(
    commitment: Commitment,
    *,
    reason: str,
    house: Organisation,
    by: Person,
    now: datetime | None = None,
) -> Dispute:
    """Say that the count of stories is not right, and why; the provider is told (CAP-45, CAP-46, CAP-73)."""
    now = now or timezone.now()
    can_dispute(by, commitment=commitment, house=house).require()
    rules.check_words_are_given(words=reason)
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    standing = story_counts(commitment).told
    rules.check_count_is_as_it_stands(counted=standing, standing=standing)
    still = Dispute.objects.filter(commitment=commitment, stories__isnull=False)
    return open_one(
        commitment, of=standing, still=still, reason=reason, house=house, by=by, now=now
    )
