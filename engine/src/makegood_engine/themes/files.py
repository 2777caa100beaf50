"""Codebook files: .csv or .qdc, by name."""

from pathlib import Path

from makegood_engine.tables import whole_file
from makegood_engine.tables.sniff import SAVE_AS_CSV, SPREADSHEETS
from makegood_engine.themes.codebook import Codebook
from makegood_engine.themes.codebook_csv import read_codebook_csv, write_codebook_csv
from makegood_engine.themes.qdc import read_qdc, write_qdc

LARGEST = 50_000_000
"""Bytes a codebook may hold (50 MB)."""


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook from a .qdc or .csv file. Raises `TableError` naming place and fault."""
    path = Path(path)
    if not path.is_file():
        raise whole_file("There is no such file.", name=path.name)
    if path.stat().st_size > LARGEST:
        raise whole_file(f"The file is larger than {LARGEST // 10**6} MB.", name=path.name)
    if path.suffix.lower() in SPREADSHEETS:
        raise whole_file(SAVE_AS_CSV, name=path.name)
    data = path.read_bytes()
    if path.suffix.lower() == ".qdc":
        return read_qdc(data, name=path.name)
    if path.suffix.lower() == ".csv":
        return read_codebook_csv(data, name=path.name)
    raise whole_file("The name must end in .qdc or .csv.", name=path.name)


def codebook_text(book: Codebook, *, form: str, strict: bool = False) -> str:
    """Write a codebook as text in one `form`, ``qdc`` or ``csv``.

    `strict` leaves out of a .qdc what the standard does not know.
    """
    return write_qdc(book, strict=strict) if form == "qdc" else write_codebook_csv(book)
