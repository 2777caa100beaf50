"""Is a file what its name says? Told from its first bytes, before anything is read."""

from pathlib import Path

from makegood_engine.tables.check import ROW
from makegood_engine.tables.faults import whole_file
from makegood_engine.tables.lookalike import likes

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a spreadsheet or zip file"),
    (b"PK\x05\x06", "a spreadsheet or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or Word file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_ENDINGS = {
    ".csv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
}
SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".ods", ".numbers"}
SAVE_AS_CSV = (
    "This is a spreadsheet. Open it, save the sheet as CSV (comma separated, UTF-8), "
    "and give that file."
)
A_FOLDER = "This is a folder. Name a file in it."
BOM = b"\xef\xbb\xbf"
WIDEST = 200
"""Cells a row of an uploaded table may have."""


def kind_of(path: Path) -> str:
    """Say whether `path` holds csv, parquet or arrow; refuse a file that is not as named."""
    if path.is_dir():
        raise whole_file(A_FOLDER, name=path.name or str(path))
    if not path.exists():
        raise whole_file("There is no such file.", name=path.name)
    if path.suffix.lower() in SPREADSHEETS:
        raise whole_file(SAVE_AS_CSV, name=path.name)
    named = _ENDINGS.get(path.suffix.lower())
    if named is None:
        raise whole_file("The name must end in .csv, .parquet or .arrow.", name=path.name)
    with path.open("rb") as file:
        start = file.read(4096)
    if named == "csv":
        check_is_text(start, name=path.name)
    elif not start.startswith(b"PAR1" if named == "parquet" else b"ARROW1"):
        found = _looks_like(start) or ("empty" if not start else "something else")
        raise whole_file(
            f"The name says {named.capitalize()}, but the file is {found}.",
            name=path.name,
        )
    return named


def check_is_text(start: bytes, *, name: str) -> None:
    """Refuse the first bytes of a file that should be CSV and are empty or not text."""
    if not start.removeprefix(BOM).strip():
        raise whole_file("The file is empty. It needs a header row and one row a value.", name=name)
    found = _looks_like(start)
    if found or b"\x00" in start:
        named = "The name says CSV, but the" if Path(name).suffix.lower() == ".csv" else "The"
        raise whole_file(
            f"{named} file is {found or 'not text'}. Save it as CSV (comma separated) and try again.",
            name=name,
        )


def _looks_like(start: bytes) -> str | None:
    return next((words for magic, words in _KINDS if start.startswith(magic)), None)


def check_is_no_wider(cells: int, *, row: int, name: str) -> None:
    """Refuse a row of more cells than any table of ours needs: a machine would choke on it."""
    if cells > WIDEST:
        raise whole_file(
            f"Row {row:,} has {cells:,} cells. A table may have {WIDEST} columns at most.",
            name=name,
        )


def header_of(cells: list[str], *, name: str) -> list[str]:
    """Read the column names of a header: trimmed, small letters; the same twice is refused."""
    names = [cell.strip().lower() for cell in cells]
    twice = sorted({cell for cell in names if names.count(cell) > 1})
    if twice:
        raise whole_file(f"The column “{twice[0]}” is there twice in row 1.", name=name)
    return names


def check_columns(found: list[str], needed: list[str], *, name: str) -> None:
    """Refuse a table that lacks a needed column, naming what it found and what it needs."""
    if ROW in found:
        raise whole_file(
            f"The column “{ROW}” has a name that we use. Call it otherwise.", name=name
        )
    missing = [column for column in needed if column not in found]
    if missing:
        words = "column " if len(missing) == 1 else "columns "
        mark = next((mark for mark in (";", "\t") if any(mark in head for head in found)), None)
        hint = " Save it with commas between the columns." if mark else _meant(found, missing)
        raise whole_file(
            f"The {words}{', '.join(missing)} cannot be found. "
            f"The table needs: {', '.join(needed)}. It has: {', '.join(found) or 'none'}.{hint}",
            name=name,
        )


def _meant(found: list[str], missing: list[str]) -> str:
    """Ask whether columns that are there were meant for ones that are not."""
    pairs = likes([name for name in found if name not in missing], missing).items()
    return "".join(f" If “{name}” is the {like}, name it {like}." for name, like in pairs)
