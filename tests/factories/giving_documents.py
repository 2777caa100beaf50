"""Documents that are given as evidence."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from makegood.capture.actions import DocumentSaid, add_document, dispute_document
from makegood.capture.models import Dispute, Document
from makegood.capture.states import Readers
from makegood.contract.models import Commitment
from tests.factories import loop
from tests.factories.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def said(readers: Readers = Readers.PARTIES, *, title: str = "The rota of May") -> DocumentSaid:
    """Return what is said of a document."""
    return DocumentSaid(title=title, summary="Who was on duty on each day", readers=readers)


def a_document(
    cast: Cast, *, readers: Readers = Readers.PARTIES, commitment: Commitment | None = None
) -> Document:
    """Return a document that Alice gave."""
    held = commitment or loop.a_commitment(cast)
    file = ContentFile(PDF, name="rota.pdf")
    return add_document(held, file=file, said=said(readers), by=cast.alice)


def a_dispute_of_it(cast: Cast, *, document: Document | None = None) -> Dispute:
    """Return that Erin disputes a document."""
    held, reason = document or a_document(cast), "The night duties are left out"
    return dispute_document(held, reason=reason, house=cast.commissioner, by=cast.erin)


DOCUMENTS: dict[str, Callable[[Cast], dict[str, object]]] = {
    "document": lambda cast: {"reference": a_document(cast).reference},
    "document-dispute": lambda cast: {"reference": a_dispute_of_it(cast).reference},
    "open-document": lambda cast: {
        "reference": a_document(cast, readers=Readers.EVERYONE).reference
    },
}
"""Examples of addresses of documents."""
