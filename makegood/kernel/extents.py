"""How large the sheets of a workbook become once they are opened, asked before anything opens them.

Whoever opens a sheet makes room for every cell between its corners: two cells far apart, or one that says
that it stands for a billion, are a few bytes here and all the memory there. So the parts are read as a
stream, and only counted.
"""

import io
import re
import zipfile
from collections.abc import Generator, Iterable
from contextlib import closing
from functools import partial
from xml.parsers import expat

BLOCK = 1 << 18
THE_LAST = True
THE_SHEETS, FOLDER, WRITTEN = "content.xml", "xl/", (".xml", ".rels")
"""Where the parts in XML are that hold sheets. No other may hold one, whatever stands around it."""
A_SHEET = (b"sheetData", b"table:table")
AN_END, END = b"PK\x05\x06", 22
"""How the list of an archive's parts ends, and how many bytes from its end on."""
A_BINARY_BOOK = "xl/workbook.bin"
PLACE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,15})")
LETTERS = 26
DIGITS, LARGEST = 15, 10**15
"""What any number in a part is taken for at most, so that no sum of them is slow."""
Said = dict[str, str]
"""What an element says of itself."""


class TooLarge(ValueError):
    """A workbook whose sheets hold more than may be opened."""


class NoWorkbook(ValueError):
    """An archive whose parts are not what a workbook's are."""


def check_extents(packed: zipfile.ZipFile, *, cells: int, signs: int) -> None:
    """Refuse a workbook if a sheet in it would hold more than ``cells``, or all of it more than ``signs``."""
    held = packed.infolist()
    if not _ends_plainly(packed) or any(e.filename.casefold() == A_BINARY_BOOK for e in held):
        raise NoWorkbook
    counted = _Counted(cells=cells, signs=signs)
    for each in sorted(held, key=_words_first):
        with closing(_blocks(packed, each)) as blocks:
            if _may_hold_sheets(each.filename.casefold().replace("\\", "/")):
                counted.count(blocks)
            elif _holds_a_sheet(blocks):
                raise NoWorkbook


def _may_hold_sheets(name: str) -> bool:
    return name == THE_SHEETS or (name.startswith(FOLDER) and name.endswith(WRITTEN))


def _ends_plainly(packed: zipfile.ZipFile) -> bool:
    """Return whether nothing follows the list of parts: then nobody finds another list than this."""
    assert packed.fp is not None
    packed.fp.seek(-END, io.SEEK_END)
    return packed.fp.read(len(AN_END)) == AN_END


def _blocks(packed: zipfile.ZipFile, each: zipfile.ZipInfo) -> Generator[bytes]:
    """Yield all that a part holds, and refuse one that holds more or less than it says."""
    said, each.file_size = each.file_size, LARGEST
    read = 0
    try:
        with packed.open(each) as part:
            for block in iter(partial(part.read, BLOCK), b""):
                read += len(block)
                if read > said:
                    raise NoWorkbook
                yield block
    finally:
        each.file_size = said
    if read != said:
        raise NoWorkbook


def _words_first(each: zipfile.ZipInfo) -> bool:
    """Sort the words that cells share before the sheets that name them."""
    return not each.filename.casefold().endswith("sharedstrings.xml")


def _holds_a_sheet(blocks: Iterable[bytes]) -> bool:
    before = b""
    for block in blocks:
        if any(sign in before + block for sign in A_SHEET):
            return True
        before = block[-max(map(len, A_SHEET)) :]
    return False


class _Counted:
    """What the parts of one workbook hold, counted as they are read: of either form of sheet."""

    def __init__(self, *, cells: int, signs: int) -> None:
        self.most_cells, self.most_signs = cells, signs
        self.signs = self.cells_before = self.row = self.column = 0
        self.shared: list[int] = []
        self._new_table()
        self.begins = {
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "sheetData": self._sheet,
            "table": self._table,
            "table-row": self._table_row,
            "table-cell": self._table_cell,
            "covered-table-cell": self._table_cell,
            "s": self._spaces,
            "si": self._words,
        }
        self.ends = {
            "c": self._end_cell,
            "si": self._end_words,
            "table-cell": self._end_table_cell,
            "covered-table-cell": self._end_table_cell,
        }

    def count(self, blocks: Iterable[bytes]) -> None:
        """Read one part to its end."""
        self.cells_before = 0
        self._new_table()
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._read
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for block in blocks:
                parser.Parse(block)
            parser.Parse(b"", THE_LAST)
        except expat.ExpatError:
            raise NoWorkbook from None

    def _begin(self, tag: str, said: Said) -> None:
        act = self.begins.get(tag.rpartition(":")[2])
        if act is not None:
            act(said)

    def _end(self, tag: str) -> None:
        act = self.ends.get(tag.rpartition(":")[2])
        if act is not None:
            act()

    def _read(self, text: str) -> None:
        self.length += len(text)
        if self.is_shared:
            self.text += text

    def _sheet(self, _: Said) -> None:
        self._new_table()

    def _row(self, said: Said) -> None:
        self.row, self.column = _number(said.get("r"), self.row + 1), 0

    def _cell(self, said: Said) -> None:
        at = said.get("r")
        if at is None:
            self.column += 1
        elif place := PLACE.fullmatch(at):
            self.column, self.row = _column(place[1]), _number(place[2])
        else:
            raise NoWorkbook
        self.length, self.text, self.is_shared = 0, "", said.get("t") == "s"

    def _value(self, _: Said) -> None:
        self._stretch(self.row, self.column)

    def _end_cell(self) -> None:
        if self.is_shared and self.text.strip().isdecimal():
            which = _number(self.text.strip())
            self.length = self.shared[which] if which < len(self.shared) else 0
        self.is_shared = False
        self._add(self.length)

    def _words(self, _: Said) -> None:
        self.length = 0

    def _end_words(self) -> None:
        self.shared.append(self.length)
        self._add(self.length)

    def _table(self, _: Said) -> None:
        self.cells_before += self.rows * self.columns
        self._new_table()

    def _table_row(self, said: Said) -> None:
        self.times, self.column = _repeated(said, "number-rows-repeated"), 0
        self.row += self.times

    def _table_cell(self, said: Said) -> None:
        self.repeats = _repeated(said, "number-columns-repeated")
        self.column += self.repeats
        self.length = 0
        if any(name.endswith(("value-type", ":formula")) for name in said):
            self._stretch(self.row, self.column)

    def _end_table_cell(self) -> None:
        self._add(self.length * self.repeats * self.times)

    def _spaces(self, said: Said) -> None:
        self.length += _repeated(said, ":c")
        self._add(self.length)

    def _new_table(self) -> None:
        self.row = self.column = self.rows = self.columns = self.length = 0
        self.times = self.repeats = 1
        self.text, self.is_shared = "", False

    def _stretch(self, row: int, column: int) -> None:
        """Let the sheet reach to this cell, which is filled."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.cells_before + self.rows * self.columns > self.most_cells:
            raise TooLarge

    def _add(self, signs: int) -> None:
        self.signs += signs
        if self.signs > self.most_signs:
            raise TooLarge


def _refuse(*_: object) -> None:
    raise NoWorkbook


def _number(text: str | None, instead: int = 0) -> int:
    """Return a number as it stands in a part; one that is none is refused, and none is huge."""
    if text is None:
        return instead
    if not (text.isascii() and text.isdecimal()):
        raise NoWorkbook
    return int(text) if len(text) <= DIGITS else LARGEST


def _repeated(said: Said, name: str) -> int:
    return next((_number(text) for key, text in said.items() if key.endswith(name)), 1)


def _column(letters: str) -> int:
    """Return which column a spreadsheet calls so: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
