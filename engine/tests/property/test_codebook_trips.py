"""Random codebooks go out and come back the same, as REFI-QDA and as CSV."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from makegood_engine.tables import TableError
from makegood_engine.themes import Code, Codebook, CodeSet
from makegood_engine.themes.codebook import CELL, STANDARD
from makegood_engine.themes.codebook_csv import read_codebook_csv, write_codebook_csv
from makegood_engine.themes.markup import Element, Name
from makegood_engine.themes.qdc import read_qdc, write_qdc

LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\t\n\r;\"'<>&{}")
TEXT = st.text(LETTERS, max_size=12)
NAMES = TEXT.filter(str.strip)
LOCAL = st.sampled_from(["weight", "state", "memo"])
SPACES = st.sampled_from(["", "urn:other", "http://www.w3.org/XML/1998/namespace"])
IDS = st.lists(st.integers(0, 2**128 - 1), unique=True, min_size=12, max_size=12).map(
    lambda numbers: [str(UUID(int=number)) for number in numbers]
)


def attributes() -> st.SearchStrategy[Mapping[Name, str]]:
    return st.dictionaries(st.tuples(SPACES, LOCAL), TEXT, max_size=2)


def elements() -> st.SearchStrategy[tuple[Element, ...]]:
    """Elements of another namespace, and nameless ones, with text and elements inside."""
    leaf = st.builds(Element, st.tuples(st.sampled_from(["", "urn:o"]), LOCAL), attributes())
    words = TEXT.filter(bool).map(lambda text: (text,))
    whole = st.builds(Element, leaf.map(lambda e: e.name), attributes(), words | st.tuples(leaf))
    return st.lists(leaf | whole, max_size=2).map(tuple)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Up to ten codes, nested at will, and up to two sets of them."""
    ids = [draw(st.sampled_from(["{%s}", "%s"])) % guid for guid in draw(IDS)]
    ids = [guid.upper() if draw(st.booleans()) else guid for guid in ids]
    made: list[Code] = []
    for guid in ids[: draw(st.integers(1, 10))]:
        inside = draw(st.integers(0, min(2, len(made))))
        below, made = made[len(made) - inside :], made[: len(made) - inside]
        made.append(
            Code(
                guid, draw(NAMES), draw(st.booleans()),
                draw(st.none() | st.sampled_from(["#FFF", "#12ab9F"])),
                draw(st.none() | TEXT.filter(bool)), tuple(draw(st.lists(st.sampled_from(ids), max_size=2))),
                tuple(below), draw(attributes()), draw(elements()),
            )
        )  # fmt: skip
    known = [code.guid for top in made for code in top.walk()]
    sets = tuple(
        CodeSet(
            guid, draw(NAMES), draw(st.none() | TEXT.filter(bool)),
            tuple(draw(st.lists(st.sampled_from(known), max_size=3))), draw(attributes()), draw(elements()),
        )
        for guid in ids[10 : 10 + draw(st.integers(0, 2))]
    )  # fmt: skip
    origin = draw(st.none() | NAMES)
    return Codebook(tuple(made), sets, origin, STANDARD, draw(attributes()), draw(elements()))


@given(book=codebooks())
@settings(max_examples=examples(60), deadline=None)
def test_a_codebook_comes_back_from_qdc_as_it_was(book: Codebook) -> None:
    text = write_qdc(book)
    again = read_qdc(text.encode(), name="book.qdc")
    assert again == book
    assert write_qdc(again) == text


@given(book=codebooks())
@settings(max_examples=examples(60), deadline=None)
def test_a_codebook_comes_back_from_csv_as_it_was(book: Codebook) -> None:
    text = write_codebook_csv(book)
    assert read_codebook_csv(text.encode(), name="book.csv") == book


@given(book=codebooks())
@settings(max_examples=50, deadline=None)
def test_strict_writing_loses_only_what_the_standard_does_not_know(book: Codebook) -> None:
    again = read_qdc(write_qdc(book, strict=True).encode(), name="book.qdc")
    assert again == replace(
        book,
        codes=tuple(bare(code) for code in book.codes),
        sets=tuple(replace(each, attributes={}, others=()) for each in book.sets),
        attributes={},
        others=(),
    )


def bare(code: Code) -> Code:
    inside = tuple(bare(below) for below in code.codes)
    return replace(code, codes=inside, attributes={}, others=(), note_refs=())


@given(
    cells=st.dictionaries(
        st.sampled_from(["code", "level", "used by"]), TEXT.filter(bool), max_size=3
    ),
    guid=IDS.map(lambda ids: ids[0]),
)
@settings(max_examples=60, deadline=None)
def test_columns_of_a_csv_pass_through_qdc(cells: dict[str, str], guid: str) -> None:
    others = tuple(Element(CELL, {("", "column"): c}, (text,)) for c, text in cells.items())
    book = Codebook((Code(guid, "hope", others=others),))
    there = read_qdc(write_qdc(book).encode(), name="b.qdc")
    assert read_codebook_csv(write_codebook_csv(there).encode(), name="b.csv") == book


@given(data=st.binary(max_size=200), book=codebooks(), at=st.integers(0, 10**6))
@settings(max_examples=examples(60), deadline=None)
def test_a_damaged_file_is_refused_by_its_name(data: bytes, book: Codebook, at: int) -> None:
    for name, text, read in (
        ("book.qdc", write_qdc(book).encode(), read_qdc),
        ("book.csv", write_codebook_csv(book).encode(), read_codebook_csv),
    ):
        place = at % len(text)
        damaged = text[:place] + data + text[place + 1 :]
        assert refusal(read, damaged, name).startswith(("read", f"{name}: "))


def refusal(read: Callable[..., Codebook], data: bytes, name: str) -> str:
    try:
        read(data, name=name)
    except TableError as error:
        return str(error)
    return "read"
