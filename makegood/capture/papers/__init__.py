"""Posters that ask for stories, and the form for telling one on paper: PDF/UA, and a Word file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from makegood.kernel.documents.pdf import set_pdf
from makegood.kernel.documents.word import begin_word, plain, written

POSTER = Path(__file__).parent / "poster.typ"
PAPER_FORM = Path(__file__).parent / "paper_form.typ"
BOX = "☐"
LINES = 4
"""So many empty lines follow a question in the Word file; more come as one types."""
Data = Mapping[str, Any]


def poster_pdf(data: Data) -> bytes:
    """Return a poster as PDF/UA; the same data give the same bytes."""
    return set_pdf(POSTER, data=data)


def paper_form_pdf(data: Data) -> bytes:
    """Return the form as PDF/UA, to print and write on."""
    return set_pdf(PAPER_FORM, data=data)


def paper_form_word(data: Data) -> bytes:
    """Return the form as a Word file, to print, or to type into."""
    document = begin_word(data["title"], on=date.fromisoformat(data["dated"]))
    for words in (data["reference"], *data["intro"]):
        document.add_paragraph(plain(words))
    for question in data["questions"]:
        document.add_heading(plain(question), level=1)
        for _ in range(LINES):
            document.add_paragraph()
    for choice in data["choices"]:
        document.add_heading(plain(choice["name"]), level=1)
        for words in choice["options"]:
            document.add_paragraph(plain(f"{BOX} {words}"))
    for name in data["blanks"]:
        document.add_heading(plain(name), level=1)
        document.add_paragraph()
    for words in data["end"]:
        document.add_paragraph(plain(words))
    return written(document)
