"""Writes Word files that a screen reader reads: title, language, headings, tables with their header row."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGE = "en-GB"
UNWRITABLE = {
    chr(number) for number in (*range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
}
"""Signs that XML holds no more than control signs, and what is a sign only beside another."""


def begin_word(title: str, *, on: date, author: str = "Makegood") -> Document:
    """Return an empty document with its title, its day and its language."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.language = plain(title), plain(author), LANGUAGE
    about.created = about.modified = datetime.combine(on, time())
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), LANGUAGE)
    document.add_heading(plain(title), level=0)
    return document


def add_table(document: Document, *, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Add a table whose first row is its header, on each page anew."""
    told = [head, *rows]
    table = document.add_table(rows=len(told), cols=len(head))
    element = table._tbl  # noqa: SLF001  cell by cell, the library looks all of them through each time
    for line, words in zip(element.tr_lst, told, strict=True):
        for cell, each in zip(line.tc_lst, words, strict=True):
            cell.p_lst[0].add_r().text = plain(each)
    element.tblPr.style = "TableGrid"
    header = element.tr_lst[0]
    for cell in header.tc_lst:
        cell.p_lst[0].r_lst[0].get_or_add_rPr().get_or_add_b()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    header.get_or_add_trPr().append(mark)


def written(document: Document) -> bytes:
    """Return the file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain(words: str) -> str:
    """Return words without the signs that no Word file holds."""
    return "".join(
        sign for sign in words if sign in "\t\n" or (sign >= " " and sign not in UNWRITABLE)
    )
