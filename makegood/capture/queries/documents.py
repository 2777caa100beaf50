"""Documents that were given as evidence, and who may read which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from makegood.articulate.queries import Reach
from makegood.capture.models import Check, Dispute, Document
from makegood.capture.queries.checks import RANK, open_among
from makegood.capture.reading import is_reader
from makegood.capture.states import Level
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class DocumentShown:
    """A document with all that was said of it, and whether whoever looks may read it."""

    document: Document
    may_read: bool

    @property
    def checks(self) -> Sequence[Check]:
        """Return what was said of it, in order of time."""
        return list(self.document.checks.all())

    @property
    def disputes(self) -> Sequence[Dispute]:
        """Return the disputes of it, the newest first."""
        return list(self.document.disputes.all())

    @property
    def open_dispute(self) -> Dispute | None:
        """Return the dispute of it that is not resolved."""
        return open_among(self.disputes)

    @property
    def level(self) -> Level:
        """Return how far it is checked."""
        return level_of(self.document)

    @property
    def kind(self) -> str:
        """Return what sort of file it is: ``PDF, 120 KB``."""
        kept = self.document.file
        return f"{kept.get_kind_display().upper()}, {max(1, round(kept.size / 1024))} KB"


def documents_of(commitment: Commitment, *, reach: Reach) -> list[DocumentShown]:
    """Return the documents given for ``commitment``, the newest first; that each exists, everyone knows."""
    found = commitment.documents_given.select_related("file", "said", "added_for")
    return [
        DocumentShown(document=each, may_read=_may_read(each, of=commitment, reach=reach))
        for each in found.prefetch_related(*_said_of())
    ]


def document_shown(document: Document, *, reach: Reach) -> DocumentShown:
    """Return ``document`` as whoever has ``reach`` sees it."""
    return DocumentShown(document=document, may_read=may_read_document(document, reach=reach))


def level_of(document: Document) -> Level:
    """Return how far ``document`` is checked; a dispute that is open stands above all else."""
    if open_among(document.disputes.all()):
        return Level.DISPUTED
    said = [Level(each.level) for each in document.checks.all()]
    return max([Level.SELF_REPORTED, *said], key=RANK.index)


def documents_by_level(commitment: Commitment) -> Counter[Level]:
    """Return how many documents that stand are checked how far."""
    standing = commitment.documents_given.filter(withdrawn_at__isnull=True)
    return Counter(level_of(each) for each in standing.prefetch_related("checks", "disputes"))


def document_found(reference: str, *, person: Person | None) -> QuerySet[Document]:
    """Return the document with ``reference``, if ``person`` sees its commitment."""
    seen = Document.objects.filter(
        reference=reference, commitment__in=commitments_visible_to(person)
    )
    return seen.prefetch_related(*_said_of()).select_related(
        "file",
        "said",
        "added_for",
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
    return document.stands and is_reader(document, of=of, reach=reach)


def _said_of() -> tuple["Prefetch[str, QuerySet[Check]]", "Prefetch[str, QuerySet[Dispute]]"]:
    """Return what brings all that was said of documents with them, by two queries."""
    return (
        Prefetch("checks", queryset=Check.objects.select_related("made_for")),
        Prefetch("disputes", queryset=Dispute.objects.select_related("opened_for", "document")),
    )
