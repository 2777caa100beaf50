"""Codebooks as CSV: one row a code or set, every other column kept.

Known columns: `kind` (code, set or codebook; empty is code), `guid`, `name` (or `tag`), `parent`
(an id, `code` or name), `is_codable`, `color`, `description` (or `notes`), `note_refs` and `members`
(ids with ; between), `other` (XML the standard does not know). Without `guid` an id is made from
`code`, or from the name where there is no `code`: the same row always gets the same id. Without
`parent`, `category` and `subcategory` name the codes above.
"""

import csv
import io
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from makegood_engine.tables import Column, Contract, Fault, FaultList, TableError
from makegood_engine.tables.cells import Kind, read_flag
from makegood_engine.tables.sniff import BOM, check_columns, check_is_text, header_of
from makegood_engine.themes.codebook import (
    CELL,
    STANDARD,
    Code,
    Codebook,
    CodeSet,
    ids_twice,
    same_id,
    wrong_with_color,
    wrong_with_id,
    wrong_with_text,
)
from makegood_engine.themes.markup import DEEPEST, Element, Name, read_markup, write_markup

COLUMNS = (
    "kind", "guid", "name", "parent", "is_codable", "color", "description", "note_refs", "members",
    "other",
)  # fmt: skip
"""The known columns, as they are written."""
CODEBOOK = Contract(
    "codebook",
    tuple(
        Column(name, Kind.TEXT, needed=name == "name", filled=name == "name")
        for name in (*COLUMNS, "code", "category", "subcategory")
    ),
    ("guid",),
)
"""One row a code or set, for those who ask which columns there are."""
ALIASES = {"tag": "name", "notes": "description"}
"""Names that other codebooks give to known columns."""
MADE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:makegood:codebook:1.0")
"""The namespace in which an id is made (UUID version 5) for a row that has none."""
TWICE = "The id {} is there more than once."
SAME_TWICE = (
    "“{}” is there more than once, and nothing tells the rows apart. "
    "A column guid, with a UUID of its own for each, tells them apart."
)
KINDS = ("code", "set", "codebook")


@dataclass(slots=True)
class _Row:
    """One row: where it stands, its known cells and its others, and the rows below it."""

    number: int
    cells: dict[str, str]
    extra: dict[str, str]
    guid: str = ""
    above: "_Row | None" = None
    below: "list[_Row]" = field(default_factory=list)

    def get(self, column: str) -> str:
        """A cell, empty where there is none."""
        return self.cells.get(column, "")

    @property
    def kind(self) -> str:
        """What the row is: a code, a set, or what is said of the whole codebook."""
        return self.get("kind").strip().lower() or "code"

    @property
    def own(self) -> tuple[str, str]:
        """The column and cell from which an id is made: `code`, or `name` where that is empty."""
        code = self.extra.get("code", "").strip()
        return ("code", code) if code else ("name", self.get("name"))


def read_codebook_csv(data: bytes, *, name: str) -> Codebook:
    """Read a codebook from the bytes of a CSV file called `name`.

    Raises `TableError` naming row and column of all that is wrong.
    """
    faults = FaultList(name)
    rows = list(_rows(data, faults, name=name))
    for row in rows:
        faults.add(_faults(row))
    faults.raise_if_any()
    codes = [row for row in rows if row.kind == "code"]
    _give_ids(codes, faults)
    _find_parents(codes, faults)
    faults.raise_if_any()
    known = {same_id(row.guid) for row in codes}
    sets = [row for row in rows if row.kind == "set"]
    for row in sets:
        lost = [m for m in _split(row.get("members")) if same_id(m) not in known]
        faults.add(Fault(row.number, "members", m, f"{m} is no code here.") for m in lost)
    made = tuple(_code(row, name) for row in codes if row.above is None)
    grouped = tuple(_set(row, name) for row in sets)
    faults.raise_if_any()
    about = next((row for row in rows if row.kind == "codebook"), None)
    if about is None:
        return Codebook(made, grouped)
    attributes, others = _other(about, name)
    namespace = about.cells.get("description", "")
    return Codebook(made, grouped, about.get("name") or None, namespace, attributes, others)


def write_codebook_csv(book: Codebook) -> str:
    """Write a codebook as CSV, parents before the codes within them."""
    lines = list(_lines(book))
    extra = list(dict.fromkeys(column for _, cells in lines for column in cells))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*COLUMNS, *extra], restval="")
    writer.writeheader()
    for known, cells in lines:
        writer.writerow(known | cells)
    return out.getvalue()


def _rows(data: bytes, faults: FaultList, *, name: str) -> Iterator[_Row]:
    check_is_text(data[:4096], name=name)
    try:
        text = data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    columns: list[str] = []
    try:
        for number, cells in enumerate(records, start=1):
            if number == 1:
                columns = _columns(cells, name=name)
            elif len(cells) != len(columns) and any(cells):
                said = f"The row has {len(cells)} cells, but row 1 names {len(columns)} columns."
                faults.add([Fault(number, None, ",".join(cells)[:80], said)])
            elif any(cell.strip() for cell in cells):
                named = dict(zip(columns, cells, strict=True))
                known = {key: cell for key, cell in named.items() if key in COLUMNS}
                yield _Row(number, known, {k: c for k, c in named.items() if k not in COLUMNS})
    except csv.Error:
        said = "A quotation mark is not closed, or stands where none can, or a cell is too long."
        raise TableError([Fault(number + 1, None, None, said)], name=name) from None


def _columns(cells: list[str], *, name: str) -> list[str]:
    columns = header_of(cells, name=name)
    columns = [
        ALIASES[column] if column in ALIASES and ALIASES[column] not in columns else column
        for column in columns
    ]
    check_columns(columns, ["name"], name=name)
    return columns


def _faults(row: _Row) -> Iterator[Fault]:
    """Yield what is wrong with the cells of one row."""
    if row.kind not in KINDS:
        said = f"“{row.kind[:80]}” is not a kind. Write code, set or codebook."
        yield Fault(row.number, "kind", row.kind, said)
    if not row.get("name").strip() and row.kind != "codebook":
        yield Fault(row.number, "name", "", "This cell is empty. It must be filled.")
    ids = [("guid", row.get("guid"))] if row.get("guid").strip() or row.kind == "set" else []
    ids += [("note_refs", ref) for ref in _split(row.get("note_refs"))]
    for column, guid in ids:
        if wrong := wrong_with_id(guid):
            yield Fault(row.number, column, guid, wrong)
    if wrong := wrong_with_color(row.get("color") or None):
        yield Fault(row.number, "color", row.get("color"), wrong)
    try:
        read_flag(row.get("is_codable") or "true")
    except ValueError as error:
        yield Fault(row.number, "is_codable", row.get("is_codable"), str(error))
    for column, cell in (row.cells | row.extra).items():
        if wrong := wrong_with_text(column + cell):
            yield Fault(row.number, column, None, wrong)


def _give_ids(codes: list[_Row], faults: FaultList) -> None:
    """Give each code its id, made from its `code` or name where it has none."""
    for row in codes:
        row.guid = row.get("guid") or str(uuid.uuid5(MADE, row.own[1]))
    twice = ids_twice([row.guid for row in codes])
    for row in codes:
        if same_id(row.guid) in twice:
            column, cell = ("guid", row.guid) if row.get("guid") else row.own
            said = TWICE if column == "guid" else SAME_TWICE
            faults.add([Fault(row.number, column, cell, said.format(cell))])


def _find_parents(codes: list[_Row], faults: FaultList) -> None:
    """Join each code to the one above it; refuse one that is unknown, unclear or in a circle."""
    names: dict[str, list[_Row]] = defaultdict(list)
    for row in codes:
        keys = {same_id(row.guid), row.extra.get("code", "").strip(), row.get("name").strip()}
        for key in keys - {""}:
            names[key].append(row)
    for row in codes:
        asked = row.get("parent").strip()
        found = (
            names.get(same_id(asked), []) or names.get(asked, []) if asked else _above(row, names)
        )
        if asked and len(found) != 1:
            said = f"{len(found)} codes here are called “{asked[:80]}”; it must be exactly one."
            faults.add([Fault(row.number, "parent", asked, said)])
        elif found:
            row.above = found[0]
            found[0].below.append(row)
    for row in codes:
        if _depth(row) > DEEPEST // 2:
            said = f"It stands in a circle, or more than {DEEPEST // 2} codes deep."
            faults.add([Fault(row.number, "parent", row.get("parent"), said)])


def _above(row: _Row, names: dict[str, list[_Row]]) -> list[_Row]:
    """The code of the row's subcategory, or else of its category, unless it is that itself."""
    if "parent" in row.cells:
        return []
    own = row.get("name").strip()
    category = row.extra.get("category", "").strip()
    for wanted in (row.extra.get("subcategory", "").strip(), category):
        found = [
            other for other in names.get(wanted, [])
            if other is not row and other.extra.get("category", "").strip() == category
            and other.get("name").strip() == wanted
        ]  # fmt: skip
        if wanted and wanted != own and len(found) == 1:
            return found
    return []


def _depth(row: _Row) -> int:
    depth, at = 0, row.above
    while at is not None and depth <= DEEPEST:
        depth, at = depth + 1, at.above
    return depth


def _code(row: _Row, name: str) -> Code:
    attributes, others = _other(row, name)
    cells = [Element(CELL, {("", "column"): c}, (t,)) for c, t in row.extra.items() if t]
    return Code(
        row.guid, row.get("name"), read_flag(row.get("is_codable") or "true"),
        row.get("color") or None, row.get("description") or None, _split(row.get("note_refs")),
        tuple(_code(below, name) for below in row.below), attributes, (*cells, *others),
    )  # fmt: skip


def _set(row: _Row, name: str) -> CodeSet:
    attributes, others = _other(row, name)
    members = _split(row.get("members"))
    description = row.get("description") or None
    return CodeSet(row.get("guid"), row.get("name"), description, members, attributes, others)


def _other(row: _Row, name: str) -> tuple[dict[Name, str], tuple[Element, ...]]:
    """What stands in `other`: attributes and elements the standard does not know."""
    if not row.get("other").strip():
        return {}, ()
    try:
        found = read_markup(row.get("other").encode(), name=name)
    except TableError as error:
        raise TableError(
            [replace(error.faults[0], row=row.number, column="other")], name=name
        ) from None
    return dict(found.attributes), tuple(found.elements)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _lines(book: Codebook) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield each row as its known cells and its others."""
    if book.origin is not None or book.attributes or book.others or book.namespace != STANDARD:
        about = {"kind": "codebook", "name": book.origin or "", "description": book.namespace}
        yield about | _other_cell(book.attributes, book.others), {}
    parents = {same_id(below.guid): code for code in book.walk() for below in code.codes}
    for code in book.walk():
        above = parents.get(same_id(code.guid))
        cells = _cells(code)
        rest = tuple(part for part in code.others if not _is_column(part, cells))
        yield {
            "kind": "code", "guid": code.guid, "name": code.name,
            "parent": above.guid if above else "", "is_codable": str(code.is_codable).lower(),
            "color": code.color or "", "description": code.description or "",
            "note_refs": ";".join(code.note_refs), **_other_cell(code.attributes, rest),
        }, cells  # fmt: skip
    for each in book.sets:
        yield {
            "kind": "set", "guid": each.guid, "name": each.name,
            "description": each.description or "", "members": ";".join(each.members),
            **_other_cell(each.attributes, each.others),
        }, {}  # fmt: skip


def _cells(code: Code) -> dict[str, str]:
    """The columns that the standard has no place for."""
    found: dict[str, str] = {}
    for part in code.others:
        column = part.get("column") or ""
        if part.name == CELL and column == column.strip().lower() and column not in COLUMNS:
            found.setdefault(column, part.text)
    return found


def _is_column(part: Element, cells: dict[str, str]) -> bool:
    return part.name == CELL and cells.get(part.get("column") or "") == part.text


def _other_cell(attributes: Mapping[Name, str], others: tuple[Element, ...]) -> dict[str, str]:
    if not attributes and not others:
        return {}
    text = write_markup(Element(("", "other"), attributes, others))
    return {"other": text.partition("\n")[2].rstrip("\n")}
