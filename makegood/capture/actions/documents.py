"""Adding a document as evidence, and withdrawing one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.force import hold_in_force
from makegood.capture.models import Document, DocumentWords
from makegood.capture.permissions import can_withdraw_document
from makegood.capture.states import Readers
from makegood.contract.models import Commitment
from makegood.kernel.erasures import erasures_noted, note_erasure
from makegood.kernel.files.keep import forget_file, keep_stream
from makegood.kernel.files.kinds import FileKind, kind_of_any
from makegood.kernel.files.models import KeptFile
from makegood.kernel.files.photos import plain_photo
from makegood.kernel.files.scanner import Scanned, scan
from makegood.kernel.ledger.append import record
from makegood.kernel.references import new_reference, unused
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

DOCUMENT = "document"
"""What an erased document is called where erasures are noted."""
PHOTOS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
KINDS = PHOTOS | {FileKind.PDF, FileKind.WORD, FileKind.TEXT_DOCUMENT}


@dataclass(frozen=True, kw_only=True)
class DocumentSaid:
    """What is said of a document: what it is called and shows, of which time, and who may read it."""

    title: str
    summary: str
    readers: Readers
    from_on: date | None = None
    until_on: date | None = None


@transaction.atomic
def add_document(
    commitment: Commitment,
    *,
    file: "File[Any]",
    said: DocumentSaid,
    by: Person,
    now: datetime | None = None,
) -> Document:
    """Add a document as evidence (CAP-53, CAP-54, CAP-57); the same twice is there once."""
    now = now or timezone.now()
    hold_in_force(commitment, by=by)
    rules.check_document_is_described(title=said.title, summary=said.summary)
    rules.check_document_time_is_whole(from_on=said.from_on, until_on=said.until_on)
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    kept = _kept(file, now=now)
    beside = commitment.documents_given.filter(withdrawn_at__isnull=True)
    if same := beside.filter(file__digest=kept.digest, file__size=kept.size).first():
        forget_file(kept, now=now)
        return same
    contract = commitment.contract
    added = Document(
        reference=unused(
            lambda: new_reference("F", length=8),
            taken=lambda reference: Document.objects.filter(reference=reference).exists(),
        ),
        commitment=commitment,
        file=kept,
        from_on=said.from_on,
        until_on=said.until_on,
        readers=said.readers,
        added_for=contract.provider,
        added_by=by,
        added_at=now,
    )
    words = DocumentWords(document=added, title=said.title.strip(), summary=said.summary.strip())
    added.said_digest = words.digest()
    added.save()
    words.document = added
    words.save()
    record(added, act="add_document", stream=contract.stream, by=by, now=now)
    return added


@transaction.atomic
def withdraw_document(
    document: Document,
    *,
    why: str,
    erases: bool,
    by: Person,
    now: datetime | None = None,
) -> Document:
    """Withdraw a document (CAP-55, CAP-56); where it told of somebody, what it held is erased for good."""
    now = now or timezone.now()
    can_withdraw_document(by, document=document).require()
    rules.check_withdrawal_says_why(why=why)
    held = _held(document)
    rules.check_document_stands(stands=held.stands)
    held.withdrawn_because, held.is_erased = why.strip(), erases
    held.withdrawn_by, held.withdrawn_at = by, now
    held.save(update_fields=["withdrawn_because", "is_erased", "withdrawn_by", "withdrawn_at"])
    if erases:
        note_erasure(DOCUMENT, key=held.reference, at=now)
        _erase(held, now=now)
    contract = held.commitment.contract
    record(held, act="withdraw_document", stream=contract.stream, by=by, now=now)
    words = f"{contract.provider} withdrew a document ({held.commitment.name}): {why.strip()}"
    path = held.commitment.get_absolute_url()
    for house, right in ((contract.commissioner, Right.WRITE), (contract.assessor, Right.ASSESS)):
        tell_members(house, right=right, words=words, path=path, by=by, now=now)
    return held


def erase_documents_again(*, now: datetime) -> int:
    """Erase what was erased since the backup that was restored; return how many documents that were."""
    noted = list(erasures_noted(DOCUMENT))
    standing = Document.objects.filter(reference__in=noted, is_erased=False)
    for document in (found := list(standing)):
        held = _held(document)
        held.withdrawn_because = held.withdrawn_because or "It was erased."
        held.withdrawn_by = held.withdrawn_by or held.added_by
        held.is_erased, held.withdrawn_at = True, now
        held.save(update_fields=["withdrawn_because", "is_erased", "withdrawn_by", "withdrawn_at"])
        _erase(held, now=now)
        stream = held.commitment.contract.stream
        record(held, act="withdraw_document", stream=stream, by=None, now=now)
    return len(found)


def _held(document: Document) -> Document:
    rows = Document.objects.select_for_update(of=("self",))
    return rows.select_related("file", "commitment__contract__assessor").get(pk=document.pk)


def _erase(held: Document, *, now: datetime) -> None:
    DocumentWords.objects.filter(document=held).delete()
    forget_file(held.file, now=now)


def _kept(file: "File[Any]", *, now: datetime) -> KeptFile:
    """Keep a file (CAP-18, CAP-57); of a picture only the picture."""
    size, most = file.size or 0, settings.UPLOAD_MAX_BYTES
    opened = cast(BinaryIO, file)
    kind = kind_of_any(opened) if size <= most else None
    said = scan(opened) if kind in KINDS else Scanned.NOT_ASKED
    rules.check_file_does_no_harm(
        is_harmful=said is Scanned.HARMFUL, has_answer=said is not Scanned.NO_ANSWER
    )
    photo = plain_photo(opened) if kind in PHOTOS else None
    is_known = kind in KINDS and (photo is not None or kind not in PHOTOS)
    rules.check_document_can_be_kept(is_known=is_known, size=size, most=most)
    assert kind is not None
    if photo is not None:
        return keep_stream(ContentFile(photo), kind=FileKind.JPEG, now=now)
    return keep_stream(file, kind=kind, now=now)
