"""Sets a document as PDF/UA: tagged, with its title and language, and the same bytes for the same words.

A template reads its words from JSON, so nothing that anybody wrote is ever read as markup. The
typefaces are those that come with the setter, so that no machine's own change what is set.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

PROBE = b'#set document(title: "a")\n#set text(lang: "en")\n#sys.inputs.data'
PLAIN = {chr(number) for number in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
"""Latin letters are in the typefaces; of any other sign it is tried."""


def set_with() -> str:
    """Return what sets documents, and which version of it: another one may give other bytes."""
    return f"typst {version('typst')}"


def set_pdf(template: Path, *, data: Mapping[str, Any]) -> bytes:
    """Return ``template`` with ``data``, as PDF/UA-1; signs that no typeface has are named by number."""
    made = template.read_bytes()
    try:
        return _compile(made, words=_written(data, is_shown=_has))
    except typst.TypstError:  # signs that can be shown each, and not together
        return _compile(made, words=_written(data, is_shown=PLAIN.__contains__))


def _written(data: object, *, is_shown: Callable[[str], bool]) -> str:
    return json.dumps(_shown(data, is_shown=is_shown), ensure_ascii=False, sort_keys=True)


def _shown(data: object, *, is_shown: Callable[[str], bool]) -> object:
    match data:
        case str():
            return "".join(
                sign if sign == "\n" or is_shown(sign) else f"[U+{ord(sign):04X}]" for sign in data
            )
        case Mapping():
            return {name: _shown(part, is_shown=is_shown) for name, part in data.items()}
        case list() | tuple():
            return [_shown(part, is_shown=is_shown) for part in data]
    return data


@lru_cache(maxsize=4096)
def _has(sign: str) -> bool:
    """Return whether the typefaces have ``sign``."""
    if sign in PLAIN:
        return True
    try:
        _compile(PROBE, words=f"a{sign}a")
    except typst.TypstError:
        return False
    return True


def _compile(template: bytes, *, words: str) -> bytes:
    made: bytes = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": words},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return made
