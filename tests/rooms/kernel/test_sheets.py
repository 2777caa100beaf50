"""A table reads the same from CSV and from a workbook; what is none is refused in plain words."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.sheets import A_ZIP, MOST_UNPACKED, BadSheet, as_csv

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
KINDS = '<?xml version="1.0" encoding="UTF-8"?>'
MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def a_workbook(cells: str) -> bytes:
    """Return a workbook (ODS) with one sheet of these cells."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", MIME)
        packed.writestr(
            "META-INF/manifest.xml",
            f'{KINDS}<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        packed.writestr(
            "content.xml",
            f"{KINDS}<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="One">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return held.getvalue()


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def words(text: str) -> str:
    said = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'


def typed(kind: str, value: str) -> str:
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"/>'


def test_each_cell_is_read_as_one_would_type_it() -> None:
    sheet = row(words("day"), words("figure"), words("whole"), words("is it"), words("name"))
    sheet += row(
        typed("date", "2026-03-31"), typed("float", "4.9"), typed("float", "12000"),
        typed("boolean", "true"), words("=1+1"),
    )  # fmt: skip
    _, cells = csv.reader(io.StringIO(as_csv(a_workbook(sheet))))
    assert cells == ["2026-03-31", "4.9", "12000", "yes", "=1+1"]


@given(st.lists(st.lists(TEXT.filter(bool), min_size=2, max_size=4), min_size=1, max_size=4))
def test_a_workbook_reads_like_the_table_it_holds(table: list[list[str]]) -> None:
    width = min(map(len, table))
    table = [cells[:width] for cells in table]
    sheet = "".join(row(*map(words, cells)) for cells in table)
    assert list(csv.reader(io.StringIO(as_csv(a_workbook(sheet))))) == table


def test_plain_text_stays_as_it_is() -> None:
    assert as_csv("\ufeffa,b\n£,é\n".encode()) == "a,b\n£,é\n"


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_broken_workbook_is_refused_or_read_and_never_a_fault(place: int, byte: int) -> None:
    broken = bytearray(a_workbook(row(words("a"), words("b"))))
    broken[place % len(broken)] = byte
    with suppress(BadSheet):
        assert isinstance(as_csv(bytes(broken)), str)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (A_ZIP + b"nothing", "cannot be read as a workbook"),
        (a_workbook("")[:300], "cannot be read as a workbook"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadSheet, match=said):
        as_csv(data)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("content.xml", "w") as file,
    ):
        for _ in range(MOST_UNPACKED // 2**20 + 1):
            file.write(b" " * 2**20)
    with pytest.raises(BadSheet, match="too large once it is unpacked"):
        as_csv(held.getvalue())
