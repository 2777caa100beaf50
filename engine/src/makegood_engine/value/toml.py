"""Reading TOML so that what is wrong can be told by its line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from makegood_engine.tables import Fault, TableError, whole_file

_AT = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}")
_KEY = re.compile(r"\s*[\"']?([^\"'=]+?)[\"']?\s*=")
LARGEST = 5_000_000
"""Bytes a TOML file may hold (5 MB)."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where tables and keys stand in a TOML file, as far as its lines show."""

    lines: tuple[str, ...]

    def row(self, table: str = "", nth: int = 1, key: str | None = None) -> int | None:
        """The line of the nth [[table]], or of a key in it; table "" is the top; None if unseen."""
        seen, inside = 0, table == ""
        for number, line in enumerate(self.lines, start=1):
            if header := _HEADER.fullmatch(line.split("#")[0].rstrip() or "-"):
                seen += header[1] == table
                inside = header[1] == table and seen == nth
                if inside and key is None:
                    return number
            elif inside and key is not None and (found := _KEY.match(line)) and found[1] == key:
                return number
        return None


def read_toml(path: Path) -> tuple[dict[str, object], Places]:
    """Read a TOML file, and where things stand in it. Raises `TableError` with the line."""
    if not path.is_file():
        raise whole_file("There is no such file.", name=path.name)
    if path.stat().st_size > LARGEST:
        raise whole_file("The file is too large: 5 MB at most.", name=path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        held: dict[str, object] = tomllib.loads(text)
    except UnicodeDecodeError:
        raise whole_file("The file is not text in UTF-8.", name=path.name) from None
    except RecursionError:
        raise whole_file("The file is nested too deeply.", name=path.name) from None
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        said = f"This is not TOML: {_AT.sub('', str(error)).strip()}."
        row = int(at[1]) if at else None
        raise TableError([Fault(row, None, None, said)], name=path.name) from None
    return held, Places(tuple(text.splitlines()))
