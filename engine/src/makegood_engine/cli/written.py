"""Answers written to a file of their own, whole or not at all; and the numbers asked for."""

import argparse
import json
from pathlib import Path

from makegood_engine.runners.output import naming
from makegood_engine.tables import whole_file
from makegood_engine.tables.stopping import placing


def whole(text: str) -> int:
    """Read a whole number of 1 or more, at most a billion."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:11]) <= 10**9):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of 1 or more")
    return int(text)


def check_named(path: Path, *endings: str) -> None:
    """Refuse an output by its name or folder before any work is done."""
    if path.suffix.lower() not in endings:
        raise whole_file(f"The name must end in {' or '.join(endings)}.", name=path.name)
    if not path.parent.is_dir():
        raise whole_file(f"The folder {path.parent} does not exist.", name=path.name)


def write_text(text: str, path: Path) -> None:
    """Write text to a part file first, and into place at the end."""
    part = path.with_name(f".{path.name}.part")
    try:
        with naming(path):
            part.write_text(text, encoding="utf-8", newline="")
            with placing():
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(answer: object, path: Path) -> None:
    """Write an answer as JSON; a number that is not finite is our fault, never written."""
    text = json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False, default=str)
    write_text(text + "\n", path)
