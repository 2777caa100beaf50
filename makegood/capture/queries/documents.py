"""Documents that were given as evidence, and who may read which."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from makegood.articulate.queries import Reach
from makegood.capture.models import Document
from makegood.capture.states import Readers
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class DocumentShown:
    """A document, and whether whoever looks may read it."""

    document: Document
    may_read: bool

    @property
    def kind(self) -> str:
        """Return what sort of file it is: ``PDF, 120 KB``."""
        kept = self.document.file
        return f"{kept.get_kind_display().upper()}, {max(1, round(kept.size / 1024))} KB"


def documents_of(commitment: Commitment, *, reach: Reach) -> list[DocumentShown]:
    """Return the documents given for ``commitment``, the newest first; that each exists, everyone knows."""
    return [
        DocumentShown(document=each, may_read=_may_read(each, of=commitment, reach=reach))
        for each in commitment.documents_given.select_related("file", "said", "added_for")
    ]


def document_found(reference: str, *, person: Person | None) -> QuerySet[Document]:
    """Return the document with ``reference``, if ``person`` sees its commitment."""
    return Document.objects.filter(
        reference=reference, commitment__in=commitments_visible_to(person)
    ).select_related(
        "file",
        "said",
        "commitment__promise",
        "commitment__contract__assessor",
        "commitment__contract__taken_over_by",
        "commitment__contract__proposal__provider",
        "commitment__contract__proposal__need__commissioner",
    )


def may_read_document(document: Document, *, reach: Reach) -> bool:
    """Return whether whoever has ``reach`` may read ``document``."""
    return _may_read(document, of=document.commitment, reach=reach)


def _may_read(document: Document, *, of: Commitment, reach: Reach) -> bool:
    if not document.stands:
        return False
    if document.readers == Readers.EVERYONE:
        return True
    contract = of.contract
    houses: Iterable[int] = [contract.provider.pk, contract.assessor_id]
    if document.readers == Readers.PARTIES:
        houses = [*houses, contract.commissioner.pk]
    return reach.is_inside(houses, programme=contract.proposal.need.programme_id)
