"""Documents that are given as evidence."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from makegood.capture.actions import DocumentSaid, add_document
from makegood.capture.models import Document
from makegood.capture.states import Readers
from tests.factories import loop
from tests.factories.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def said(readers: Readers = Readers.PARTIES, *, title: str = "The rota of May") -> DocumentSaid:
    """Return what is said of a document."""
    return DocumentSaid(title=title, summary="Who was on duty on each day", readers=readers)


def a_document(cast: Cast, *, readers: Readers = Readers.PARTIES) -> Document:
    """Return a document that Alice gave."""
    commitment = loop.a_commitment(cast)
    file = ContentFile(PDF, name="rota.pdf")
    return add_document(commitment, file=file, said=said(readers), by=cast.alice)


DOCUMENTS: dict[str, Callable[[Cast], dict[str, object]]] = {
    "document": lambda cast: {"reference": a_document(cast).reference},
    "open-document": lambda cast: {
        "reference": a_document(cast, readers=Readers.EVERYONE).reference
    },
}
"""Examples of addresses of documents."""
