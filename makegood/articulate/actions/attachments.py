"""What can be done about files beside a draft: add one with what it shows in words, remove it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.drafts import held_draft
from makegood.articulate.models import Attachment, Proposal
from makegood.articulate.queries import attachments_of
from makegood.kernel.files.keep import drop_file, keep_file
from makegood.kernel.files.kinds import kind_of
from makegood.kernel.ledger.append import record
from makegood.people.models import Person

MOST_FILES = 10


@transaction.atomic
def add_attachment(
    proposal: Proposal,
    *,
    title: str,
    description: str,
    file: bytes,
    by: Person,
    now: datetime | None = None,
) -> Attachment:
    """Put a file beside a draft; the same one twice is there once (ART-45, ART-46, ART-47)."""
    now = now or timezone.now()
    held = held_draft(proposal, by=by)
    rules.check_file_is_described(title=title, description=description)
    kind, most = kind_of(file), settings.UPLOAD_MAX_BYTES
    rules.check_file_can_be_kept(is_known=kind is not None, size=len(file), most=most)
    assert kind is not None
    beside = attachments_of(held)
    rules.check_it_is_said_once(exists=beside.filter(title=title).exists(), what="file")
    rules.check_files_are_few(held=beside.count(), most=MOST_FILES)
    kept = keep_file(file, kind=kind, now=now)
    added = Attachment.objects.create(
        proposal=held,
        title=title,
        description=description,
        file=kept,
        digest=kept.digest,
        added_by=by,
        added_at=now,
    )
    record(added, act="add_attachment", stream=held.stream, by=by, now=now)
    return added


@transaction.atomic
def remove_attachment(
    attachment: Attachment, *, by: Person, now: datetime | None = None
) -> Attachment:
    """Take a file away from a draft, for good; that it was there stays in the ledger."""
    now = now or timezone.now()
    held_draft(attachment.proposal, by=by)
    removed = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if removed.removed_at:
        return removed
    removed.removed_at = now
    removed.save(update_fields=["removed_at"])
    drop_file(removed.file, now=now)
    record(removed, act="remove_attachment", stream=removed.proposal.stream, by=by, now=now)
    return removed
