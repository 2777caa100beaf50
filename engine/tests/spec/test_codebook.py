"""A codebook names the themes that coders look for, and travels between programs.

REFI-QDA (.qdc) is the standard for that; CSV is what a spreadsheet can open.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from makegood_engine.cli import main
from makegood_engine.tables import TableError
from makegood_engine.themes import read_codebook
from makegood_engine.themes.qdc import read_qdc

ONE, TWO, SET = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
BOOK = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" xmlns:x="urn:tool" origin="A tool 1.0" x:made="Monday">
  <Codes>
    <Code guid="{ONE}" name="Hope" isCodable="true" color="#ff8800">
      <Description>Looking ahead &amp; up.</Description>
      <Code guid="{{{TWO.upper()}}}" name="Work" isCodable="false"/>
      <x:weight unit="kg">7</x:weight>
    </Code>
  </Codes>
  <Sets>
    <Set guid="{SET}" name="First look"><MemberCode guid="{TWO}"/></Set>
  </Sets>
</CodeBook>
"""
Shared = Callable[[str], Path]


def refusal(text: str) -> str:
    with pytest.raises(TableError) as caught:
        read_qdc(text.encode(), name="book.qdc")
    return str(caught.value)


def codebook(source: Path, to: Path, *more: str) -> int:
    return main(["codebook", "--from", str(source), "--to", str(to), *more])


def test_a_codebook_is_read_with_what_the_standard_does_not_know() -> None:
    """Codes, sets and descriptions are read, and a tool's own marks are kept beside them."""
    book = read_qdc(BOOK.encode(), name="book.qdc")
    (hope,) = book.codes
    (work,) = hope.codes
    assert (book.origin, hope.name, hope.color) == ("A tool 1.0", "Hope", "#ff8800")
    assert hope.description == "Looking ahead & up."
    assert (work.guid, work.is_codable) == (f"{{{TWO.upper()}}}", False)
    assert book.sets[0].members == (TWO,)
    assert book.attributes == {("urn:tool", "made"): "Monday"}
    assert hope.others[0].name == ("urn:tool", "weight")
    assert hope.others[0].text == "7"


def test_there_and_back_again(tmp_path: Path) -> None:
    """A codebook turned into CSV and back is the same codebook."""
    (tmp_path / "book.qdc").write_text(BOOK, encoding="utf-8")
    assert codebook(tmp_path / "book.qdc", tmp_path / "book.csv") == 0
    assert codebook(tmp_path / "book.csv", tmp_path / "again.qdc") == 0
    assert read_codebook(tmp_path / "again.qdc") == read_codebook(tmp_path / "book.qdc")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ONE, "code-1", "Line 4, “Hope”: the id “code-1” is not a UUID"),
        (f'guid="{ONE}" ', "", "Line 4, “Hope”: it has no id."),
        (TWO.upper(), ONE, f"Line 6, “Work”: the id {{{ONE}}} is there more than once."),
        ("#ff8800", "orange", "Line 4, “Hope”: “orange” is not a colour."),
        ('name="Work" ', "", "Line 6: this Code has no name."),
        ('isCodable="false"', 'isCodable="maybe"', "Line 6, “Work”: “isCodable” must be true or"),
        (f'<MemberCode guid="{TWO}"/>', f'<MemberCode guid="{SET}"/>', "which is no code here."),
        ("</Codes>", "", "Line 13: this is not well-formed XML"),
        ("<Codes>", "<Codes>stray", ": text stands where none can."),
        ("CodeBook", "Project", "Line 1: this is a “Project”, not a CodeBook."),
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<!DOCTYPE CodeBook [<!ENTITY a "b">]>',
            "For safety we do not read those.",
        ),
    ],
)
def test_a_bad_codebook_is_refused_by_line_and_code(old: str, new: str, said: str) -> None:
    """Ids that are not UUIDs, and whatever else is wrong, are named by line and code."""
    assert old in BOOK
    assert said in refusal(BOOK.replace(old, new))


def test_everything_wrong_is_said_at_once() -> None:
    """Two bad ids are both named in one message."""
    said = refusal(BOOK.replace(ONE, "one").replace("#ff8800", "red"))
    assert "2 things are wrong." in said


def test_codes_too_deep_are_refused() -> None:
    """A codebook a thousand codes deep is refused, not followed down."""
    deep = BOOK.replace("<Codes>", "<Codes>" + "<Code>" * 1000)
    assert "too deep" in refusal(deep)


def test_a_real_codebook_in_csv(shared: Shared, tmp_path: Path) -> None:
    """A real codebook of 254 codes in three levels becomes REFI-QDA with every cell kept."""
    source = shared("data/text") / "ukcat_codebook.csv"
    assert codebook(source, tmp_path / "uk.qdc") == 0
    assert codebook(tmp_path / "uk.qdc", tmp_path / "uk.csv") == 0
    book = read_codebook(tmp_path / "uk.qdc")
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Code"]: row for row in csv.DictReader(file)}
    with (tmp_path / "uk.csv").open(encoding="utf-8", newline="") as file:
        back = {row["code"]: row for row in csv.DictReader(file)}
    assert len(list(book.walk())) == len(rows) == len(back) == 254
    assert {code.name for code in book.codes} == {row["Category"] for row in rows.values()}
    names = {code.guid: code.name for code in book.walk()}
    for code, row in rows.items():
        found = back[code]
        assert found["name"] == row["tag"]
        assert found["description"] == row["Notes"]
        assert found["regular expression"] == row["Regular expression"]
        above = row["Subcategory"] if row["Level"] == "3" else ""
        if row["Level"] != "1":
            assert names[found["parent"]] == (above or row["Category"])


def test_the_same_row_always_gets_the_same_id(tmp_path: Path) -> None:
    """A row without an id is given one made from its code, the same each time."""
    (tmp_path / "b.csv").write_text("code,name\nH,Hope\nW,Work\n")
    first, second = (read_codebook(tmp_path / "b.csv") for _ in range(2))
    assert first == second
    assert first.codes[0].guid != first.codes[1].guid


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("guid,name\nH1,Hope\n", "Row 2, guid: The id “H1” is not a UUID"),
        ("name,parent\nHope,Work\n", "Row 2, parent: 0 codes here are called “Work”"),
        ("name,parent\nHope,Work\nWork,Hope\n", "Row 2, parent: It stands in a circle"),
        ("name\nHope\nHope\n", "Row 2, name: “Hope” is there more than once"),
        ("name\nHope\nHope\n", "A column guid, with a UUID of its own for each, tells them apart."),
        ("code,name\nH,Hope\nH,Joy\n", "Row 3, code: “H” is there more than once"),
        ("name,color\nHope,red\n", "Row 2, color: “red” is not a colour."),
        ("name,is_codable\nHope,perhaps\n", "Row 2, is_codable: “perhaps” is not true or false."),
        ("name,kind\nHope,book\n", "Row 2, kind: “book” is not a kind."),
        (f"guid,name,kind,members\n{SET},S,set,{ONE}\n", f"members: {ONE} is no code here."),
        ("name,other\nHope,<other>\n", "Row 2, other: Line 1: this is not well-formed XML"),
        ("name,note\nHope,\x07\n", "Row 2, note: It has a character (U+0007)"),
        ("code\nH\n", "The column name cannot be found."),
        ('name\n"Hope\n', "A quotation mark is not closed"),
        ("name,color\nHope\n", "Row 2: The row has 1 cells, but row 1 names 2 columns."),
    ],
)
def test_a_bad_csv_codebook_is_refused_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    """A bad row of a codebook is named by row and column, and nothing is written."""
    (tmp_path / "b.csv").write_text(text)
    assert codebook(tmp_path / "b.csv", tmp_path / "b.qdc") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "b.qdc").exists()


def test_strict_leaves_out_what_the_standard_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --strict only the standard's own elements are written, and the rest is counted."""
    (tmp_path / "b.csv").write_text("code,name\nH,Hope\n")
    assert codebook(tmp_path / "b.csv", tmp_path / "b.qdc", "--strict") == 0
    assert "The standard does not know everything; left out: 1." in capsys.readouterr().out
    assert "cell" not in (tmp_path / "b.qdc").read_text()


@pytest.mark.parametrize("name", ["b.pdf", "none.csv"])
def test_a_codebook_that_is_not_there_or_not_one(tmp_path: Path, name: str) -> None:
    """A file that is missing, or named as something else, is refused."""
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    assert codebook(tmp_path / name, tmp_path / "out.csv") == 2
