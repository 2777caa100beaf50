"""REFI-QDA codebooks (.qdc) read and written; what the standard does not know is kept."""

from collections.abc import Iterator, Mapping, Sequence

from makegood_engine.tables import Fault, FaultList, whole_file
from makegood_engine.themes.codebook import (
    Code,
    Codebook,
    CodeSet,
    ids_twice,
    same_id,
    wrong_with_color,
    wrong_with_id,
)
from makegood_engine.themes.markup import Element, Name, read_markup, write_markup

_KNOWN = {
    "Code": {("", "guid"), ("", "name"), ("", "isCodable"), ("", "color")},
    "Set": {("", "guid"), ("", "name")},
    "CodeBook": {("", "origin")},
}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def read_qdc(data: bytes, *, name: str) -> Codebook:
    """Read a codebook from the bytes of a .qdc file called `name`.

    Raises `TableError` naming line and code of all that is wrong: an id that is not a UUID, one
    that is there twice, a member of a set that is no code, a name or `isCodable` missing.
    """
    root = read_markup(data, name=name)
    if root.name[1] != "CodeBook":
        raise whole_file(f"Line 1: this is a “{root.name[1]}”, not a CodeBook.", name=name)
    reader = _Reader(root.name[0], FaultList(name))
    book = reader.book(root)
    reader.faults.raise_if_any()
    return book


def write_qdc(book: Codebook, *, strict: bool = False) -> str:
    """Write a codebook as .qdc; `strict` leaves out what the standard does not know."""
    return write_markup(_Writer(book.namespace, strict=strict).book(book))


def left_out(book: Codebook) -> int:
    """How many attributes and elements the standard does not know."""
    parts: list[Code | CodeSet | Codebook] = [book, *book.walk(), *book.sets]
    refs = sum(len(code.note_refs) for code in book.walk())
    return refs + sum(len(part.attributes) + len(part.others) for part in parts)


class _Reader:
    """Reads elements of one namespace, gathering faults on the way."""

    def __init__(self, space: str, faults: FaultList) -> None:
        self.space = space
        self.faults = faults
        self.ids: list[tuple[str, int, str]] = []

    def fault(self, line: int, who: str, said: str, column: str = "guid") -> None:
        whose = f", “{who[:80]}”" if who else ""
        self.faults.add([Fault(None, column, who, f"Line {line:,}{whose}: {said}")])

    def book(self, root: Element) -> Codebook:
        inside = self.inside(root, "Codes", "Sets")
        codes = [code for part in inside["Codes"] for code in self.inside(part, "Code")["Code"]]
        sets = [each for part in inside["Sets"] for each in self.inside(part, "Set")["Set"]]
        if not inside["Codes"]:
            self.fault(root.line, "", "there is no “Codes” in this codebook.", "Codes")
        odd = [*inside[""], *self.odd(inside["Codes"], "Code"), *self.odd(inside["Sets"], "Set")]
        made = tuple(self.code(code) for code in codes)
        twice = ids_twice([guid for guid, _, _ in self.ids])
        for guid, line, who in self.ids:
            if same_id(guid) in twice:
                self.fault(line, who, f"the id {guid} is there more than once.")
        grouped = tuple(self.code_set(each) for each in sets)
        return Codebook(
            made, grouped, root.get("origin"), root.name[0], self.spare(root), tuple(odd)
        )

    def code(self, element: Element) -> Code:
        inside = self.inside(element, "Description", "NoteRef", "Code")
        name = self.named(element)
        if said := wrong_with_color(element.get("color")):
            self.fault(element.line, name, said, "color")
        codable = _TRUTHS.get((element.get("isCodable") or "").strip())
        if codable is None:
            self.fault(element.line, name, "“isCodable” must be true or false.", "isCodable")
        first, more = inside["Description"][:1], inside["Description"][1:]
        refs = [ref for ref in inside["NoteRef"] if set(ref.attributes) == {("", "targetGUID")}]
        odd = [ref for ref in inside["NoteRef"] if ref not in refs]
        for ref in refs:
            if said := wrong_with_id(ref.get("targetGUID")):
                self.fault(ref.line, name, said, "targetGUID")
        return Code(
            element.get("guid") or "", name, bool(codable), element.get("color"),
            "".join(part.text for part in first) or None,
            tuple(ref.get("targetGUID") or "" for ref in refs),
            tuple(self.code(code) for code in inside["Code"]),
            self.spare(element),
            (*more, *odd, *inside[""]),
        )  # fmt: skip

    def code_set(self, element: Element) -> CodeSet:
        inside = self.inside(element, "Description", "MemberCode")
        codes = {same_id(guid) for guid, _, _ in self.ids}
        name = self.named(element, of_code=False)
        for member in inside["MemberCode"]:
            if same_id(member.get("guid") or "") not in codes:
                said = f"the set names {member.get('guid') or 'nothing'}, which is no code here."
                self.fault(member.line, name, said)
        first, more = inside["Description"][:1], inside["Description"][1:]
        return CodeSet(
            element.get("guid") or "", name, "".join(part.text for part in first) or None,
            tuple(member.get("guid") or "" for member in inside["MemberCode"]),
            self.spare(element), (*more, *inside[""]),
        )  # fmt: skip

    def named(self, element: Element, *, of_code: bool = True) -> str:
        name = element.get("name")
        if not (name or "").strip():
            self.fault(element.line, "", f"this {element.name[1]} has no name.", "name")
        if said := wrong_with_id(element.get("guid")):
            self.fault(element.line, name or "", said[:1].lower() + said[1:])
        elif of_code:
            self.ids.append((element.get("guid") or "", element.line, name or ""))
        return name or ""

    def inside(self, element: Element, *known: str) -> dict[str, list[Element]]:
        """The elements inside by their known names; all others under an empty name."""
        if element.text.strip():
            self.fault(element.line, element.get("name") or "", "text stands where none can.")
        found: dict[str, list[Element]] = {name: [] for name in (*known, "")}
        for part in element.elements:
            space, name = part.name
            found[name if space == self.space and name in known else ""].append(part)
        return found

    def odd(self, parts: Sequence[Element], known: str) -> Iterator[Element]:
        """Elements among codes or sets that are neither, held in what they stood in."""
        for part in parts:
            found = self.inside(part, known)[""]
            if found or part.attributes:
                yield Element(part.name, part.attributes, tuple(found), part.line)

    def spare(self, element: Element) -> dict[Name, str]:
        known = _KNOWN[element.name[1]]
        return {name: text for name, text in element.attributes.items() if name not in known}


class _Writer:
    """Makes elements of one namespace, indented."""

    def __init__(self, space: str, *, strict: bool) -> None:
        self.space = space
        self.strict = strict

    def book(self, book: Codebook) -> Element:
        others = [] if self.strict else list(book.others)
        codes = self.list_of("Codes", [self.code(code, 2) for code in book.codes], others)
        parts = [codes]
        if book.sets or any(part.name == (self.space, "Sets") for part in others):
            parts.append(self.list_of("Sets", [self.code_set(each) for each in book.sets], others))
        given = {} if book.origin is None else {"origin": book.origin}
        return self.element("CodeBook", given, book.attributes, [*parts, *others], 0)

    def list_of(self, name: str, made: list[Element], others: list[Element]) -> Element:
        """Codes or Sets, with what else stood in them."""
        same = [part for part in others if part.name == (self.space, name)]
        for part in same:
            others.remove(part)
        odd = [inner for part in same for inner in part.elements]
        spare = {key: text for part in same for key, text in part.attributes.items()}
        return self.element(name, {}, spare, [*made, *odd], 1)

    def code(self, code: Code, depth: int) -> Element:
        given = {"guid": code.guid, "name": code.name, "isCodable": str(code.is_codable).lower()}
        if code.color is not None:
            given["color"] = code.color
        refs = [] if self.strict else code.note_refs
        parts = [
            *self.description(code.description),
            *(Element((self.space, "NoteRef"), {("", "targetGUID"): ref}) for ref in refs),
            *(self.code(inner, depth + 1) for inner in code.codes),
            *([] if self.strict else code.others),
        ]
        return self.element("Code", given, code.attributes, parts, depth)

    def code_set(self, each: CodeSet) -> Element:
        members = [Element((self.space, "MemberCode"), {("", "guid"): m}) for m in each.members]
        others = [] if self.strict else each.others
        parts = [*self.description(each.description), *members, *others]
        given = {"guid": each.guid, "name": each.name}
        return self.element("Set", given, each.attributes, parts, 2)

    def description(self, text: str | None) -> list[Element]:
        return [Element((self.space, "Description"), {}, (text,))] if text else []

    def element(
        self,
        name: str,
        given: dict[str, str],
        spare: Mapping[Name, str],
        parts: Sequence[Element],
        depth: int,
    ) -> Element:
        attributes = {("", key): text for key, text in given.items()}
        attributes |= {} if self.strict else dict(spare)
        gap = "\n" + "  " * (depth + 1)
        content = [piece for part in parts for piece in (gap, part)]
        last = ["\n" + "  " * depth] if parts else []
        return Element((self.space, name), attributes, (*content, *last))
