"""Reading TOML so that what is wrong can be told by its line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from makegood_engine.tables.faults import Fault, TableError, whole_file
from makegood_engine.tables.figures import as_share
from makegood_engine.tables.sniff import A_FOLDER

_AT = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}")
_KEY = re.compile(r"\s*[\"']?([^\"'=]+?)[\"']?\s*=")
_QUOTED = re.compile(r"\"[^\"]*(\"|$)|'[^']*('|$)")
_FIGURE = r"\d[\d,_]*(?:\.\d+)?"
_SHARE = re.compile(rf"=\s*({_FIGURE})\s*%")
_MONEY = re.compile(rf"=\s*(?:[£$€]\s*({_FIGURE})|(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?)\s*$)")
_WORDS = re.compile(r"=\s*((?!(?:true|false|inf|nan)\b)[^\W\d][^\"'=,{}\[\]]*)")
_FLAGS = {"yes": "true", "true": "true", "no": "false", "false": "false"}
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
    if path.is_dir():
        raise whole_file(A_FOLDER, name=path.name or str(path))
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
    except ValueError as error:
        at = _AT.search(str(error))
        row = int(at[1]) if at else None
        hint = "" if row is None else _hint(text.split("\n")[row - 1])
        said = f"This is not TOML: {_AT.sub('', str(error)).strip()}.{hint}"
        raise TableError([Fault(row, None, None, said)], name=path.name) from None
    return held, Places(tuple(text.splitlines()))


def _hint(line: str) -> str:
    """Say how to write what people write by hand: 30%, £40,000, yes, a name without its marks."""
    bare = _QUOTED.sub("", line.split("#", maxsplit=1)[0])
    if found := _SHARE.search(bare):
        return f" Shares have no % sign: write {as_share(float(_plain(found[1])))}."
    if found := _MONEY.search(bare):
        figure = _plain(found[1] or found[2])
        return f" Numbers have no sign of currency and no commas: write {figure}."
    if found := _WORDS.search(bare):
        words = found[1].strip()
        if flag := _FLAGS.get(words.lower()):
            return f" Write {flag}."
        return f' Words stand in quotation marks: write "{words}".'
    return ""


def _plain(figure: str) -> str:
    return figure.replace(",", "").replace("_", "")
