"""The schedule of a contract as a document: PDF/UA from a template, and a Word file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from docx.document import Document

from makegood.kernel.documents.pdf import set_pdf
from makegood.kernel.documents.word import add_table, begin_word, plain, written

TEMPLATE = Path(__file__).parent / "schedule.typ"
NOTICE = Path(__file__).parent / "notice.typ"
Data = Mapping[str, Any]


def schedule_pdf(data: Data) -> bytes:
    """Return the schedule as PDF/UA; the same data give the same bytes."""
    return set_pdf(TEMPLATE, data=data)


def notice_pdf(data: Data) -> bytes:
    """Return a notice of how the indicators of a contract did, as PDF/UA."""
    return set_pdf(NOTICE, data=data)


def schedule_word(data: Data) -> bytes:
    """Return the schedule as a Word file, with the same words."""
    document = begin_word(data["title"], on=date.fromisoformat(data["dated"]))
    document.add_paragraph(plain(data["status"]))
    _add_lines(document, data["frame"], head=("What", "What is agreed"))
    document.add_heading("All promises", level=1)
    add_table(document, head=data["overview"]["head"], rows=data["overview"]["rows"])
    for heading, name in (
        ("Promise by promise", "promises"),
        ("Additional: contracted, and not promised", "additional"),
        ("Varied since: by both sides", "variations"),
        ("Handed over: the same promises, another provider", "handovers"),
    ):
        if data.get(name):
            document.add_heading(heading, level=1)
        for each in data.get(name, ()):
            _add_promise(document, each)
    document.add_heading("Signatures", level=1)
    if data["signatures"]:
        head = ("For", "Organisation", "Signed on", "How")
        add_table(document, head=head, rows=data["signatures"])
    else:
        document.add_paragraph("Nobody has signed yet.")
    document.add_heading("How to check this document", level=1)
    document.add_paragraph(plain(data["check"]))
    return written(document)


def _add_promise(document: Document, each: Data) -> None:
    document.add_heading(plain(f"{each['reference']}: {each['fate']}"), level=2)
    for name, words in each["said"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(plain(f"{name}: ")).bold = True
        paragraph.add_run(plain(words))
    for words in each["differences"]:
        document.add_paragraph(plain(words), style="List Bullet")
    if each["lines"]:
        _add_lines(document, each["lines"], head=("What", "What is agreed"))


def _add_lines(
    document: Document, lines: Sequence[Mapping[str, Any]], *, head: tuple[str, str]
) -> None:
    add_table(document, head=head, rows=[(line["name"], line["words"]) for line in lines])
