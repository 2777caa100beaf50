"""What can be done about the links by which stories come in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.force import hold_in_force
from makegood.capture.models import StoryLink
from makegood.capture.queries import named_person
from makegood.contract.models import Commitment
from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_token
from makegood.people.models import Person


@transaction.atomic
def open_story_link(
    commitment: Commitment, *, label: str, by: Person, now: datetime | None = None
) -> StoryLink:
    """Make an address by which people tell their story; the same label opens one link, not two."""
    now = now or timezone.now()
    hold_in_force(commitment, by=by)
    named = named_person(commitment.contract.provider)
    rules.check_somebody_is_told_when_harm_is_said(is_named=named is not None)
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
    hold_in_force(link.commitment, by=by)
    link.closed_at = now
    link.save(update_fields=["closed_at"])
    record(link, act="close_story_link", stream=link.commitment.contract.stream, by=by, now=now)
