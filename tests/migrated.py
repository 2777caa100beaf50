"""A SQLite database with every migration done, kept between runs until a migration changes.

To migrate takes longer than most things a narrow run has to show. The copy is named by what it was made
from, so an older one is never used; a clean clone has none and migrates from nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "migrated"
MADE_FROM = ("makegood/*/migrations/*.py", "requirements/*.txt", "tests/migrated.py")


def kept_copy() -> Path:
    """Return where the database is kept that is made from the migrations and libraries of now."""
    made_from = hashlib.sha256()
    for pattern in MADE_FROM:
        for file in sorted(ROOT.glob(pattern)):
            made_from.update(file.name.encode() + file.read_bytes())
    return KEPT / f"{made_from.hexdigest()[:32]}.sqlite3"


def begin_with(file: Path) -> bool:
    """Put the kept copy at ``file``; return whether there was one."""
    kept = kept_copy()
    if kept.exists():
        shutil.copyfile(kept, file)
    return kept.exists()


def keep(file: Path) -> None:
    """Keep a copy of the database at ``file``, and no older one."""
    kept = kept_copy()
    if kept.exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    being_made = KEPT / f"{os.getpid()}.making"
    being_made.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute("VACUUM INTO ?", [str(being_made)])
    connection.close()
    being_made.replace(kept)
    for older in KEPT.glob("*.sqlite3"):
        if older != kept:
            older.unlink(missing_ok=True)
