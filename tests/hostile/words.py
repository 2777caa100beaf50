"""Words that try to become more than words, each with a mark of its own, and whether one did."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from itertools import count

MARK = "zq"
"""An attribute that we use nowhere: an element that has it was made by somebody's words."""
LED = re.compile(r"https?://\w|mailto:|data:image/png|(?![\x00-\x20]*[\w+.-]+\s*:)")
"""Where links and pictures may lead: along here, to a whole address, or to somebody by e-mail."""
FORMULA = re.compile(r"\s*[=+\-−@|%＝＋－＠]")
NUMBER = re.compile(r"[-+−]?[0-9.]+|%")
LEADING = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc"}
SUM = "{{7*7}}!"
"""A template that worked this out would write 49!"""


LEADS = ("=", "javascript:", "+", "-", "@", "\t=", "＝", "http:", "|")
"""How words begin that a spreadsheet or a link would take for more."""


class Words:
    """Gives hostile words, no two the same: as many signs as there is room for."""

    def __init__(self) -> None:
        self._number = count(100)

    def __call__(self, longest: int = 40) -> str:
        number = next(self._number)
        mark, lead = f"{MARK}{number}", LEADS[number % len(LEADS)]
        short = f"{lead}{mark}\"'><b {MARK} onx=1>{SUM}"
        whole = (
            f"{lead}{mark}()//\u202e</title></textarea></script></style>--><script {MARK}>"
            f"alert('{mark}')</script><svg {MARK} onload=alert(1)><img {MARK} src=x onerror=alert(1)>"
            f"\" {MARK} onfocus=alert(1) autofocus x='\n\n{{% debug %}}{mark}{SUM}"
        )
        return next((w for w in (whole, short) if len(w) <= longest), f"<{MARK}>{SUM}"[:longest])


def became(page: str, *, kind: str) -> list[str]:
    """Return what in an answer came of words: elements, attributes, scripts, sums."""
    found = ["a template worked out {{7*7}}"] if re.search(r"(>|&gt;|\w)49!", page) else []
    if kind in {"text/html", "image/svg+xml"}:
        reader = _Reader()
        reader.feed(page)
        reader.close()
        found += reader.found
    elif kind == "application/json":
        json.loads(page)
    return found


def formulas(export: str) -> list[str]:
    """Return each cell of a CSV file that a spreadsheet would take for a formula: no number and no unit."""
    cells = [cell for row in csv.reader(io.StringIO(export)) for cell in row]
    return [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self.within = tag
        if MARK in about or tag.startswith(MARK):
            self.found.append(f"<{tag}> was made by words")
        for name, value in about.items():
            if name.startswith("on") or name == "style":
                self.found.append(f"<{tag}> has {name}={value[:40]!r}")
            if name in LEADING and not LED.match(value):
                self.found.append(f"<{tag}> leads to {value[:40]!r}")
        if tag == "script" and "src" not in about and about.get("type") != "application/json":
            self.found.append("there is a script in the page")

    def handle_data(self, data: str) -> None:
        if self.within == "style" and MARK in data:
            self.found.append("words stand in a style")

    def handle_endtag(self, tag: str) -> None:
        self.within = ""
