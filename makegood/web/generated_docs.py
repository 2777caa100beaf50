"""The pages of docs/ that are read off the code, so that they cannot fall behind it.

``rules.md`` comes from the docstrings of every room's rules; ``states/<room>-<thing>.md`` from
its transition tables, which draw themselves.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from makegood.kernel.transition import Table

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parent
DOCS = ROOT / "docs"
NUMBER = re.compile(r"[A-Z]{3}-\d{2}")
NOTE = "<!-- Made by `makegood docs`. Change the code it is read from, then run that again. -->"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One numbered rule: where it stands and what it says."""

    number: str
    sentence: str
    reason: str
    room: str
    function: str
    path: str


def rules_in(text: str, *, room: str, path: str) -> list[Rule]:
    """Return the rules in the text of a rules file, in its order."""
    functions = (n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef))
    documented = ((f.name, ast.get_docstring(f) or "") for f in functions)
    return [
        _rule(said, room=room, function=name, path=path)
        for name, said in documented
        if NUMBER.match(said)
    ]


def all_rules(package: Path = PACKAGE) -> list[Rule]:
    """Return every rule of every room, by number."""
    files = [*package.glob("*/rules.py"), *package.glob("*/rules/*.py")]
    found = [
        rule
        for file in files
        for rule in rules_in(
            file.read_text(),
            room=file.relative_to(package).parts[0],
            path=file.relative_to(package.parent).as_posix(),
        )
    ]
    return sorted(found, key=lambda rule: rule.number)


def all_tables() -> list[tuple[str, Table]]:
    """Return every transition table with the room it belongs to, in the order of their names."""
    states = [*PACKAGE.glob("*/states.py"), *PACKAGE.glob("*/states/")]
    rooms = {path.parent.name: import_module(_module(path)) for path in states}
    found = [(room, table) for room, module in rooms.items() for table in _tables(module)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].name))


def rules_page(rules: Iterable[Rule]) -> str:
    """Return docs/rules.md."""
    lines = ["# The rules", "", NOTE, "", "Find a rule, its tests and its messages by its number."]
    room = ""
    for rule in rules:
        if rule.room != room:
            room = rule.room
            lines += ["", f"## {room.capitalize()}"]
        where = f"`{rule.path}`, `{rule.function}`"
        lines += ["", f"**{rule.number}** {rule.sentence}", *_paragraph(rule.reason), "", where]
    return "\n".join(lines) + "\n"


def states_page(table: Table, *, room: str) -> str:
    """Return docs/states/<room>-<thing>.md: the diagram, and who holds the pen."""
    acts = [
        f"| {_words(t.act)} | {', '.join(_words(s) for s in sorted(t.sources))} "
        f"| {_words(t.target)} | {t.who} |"
        for t in table.transitions
    ]
    head = [f"# States: {table.name}", "", NOTE, "", f"From `makegood.{room}.states`.", ""]
    drawn = ["```mermaid", table.mermaid(), "```", ""]
    return (
        "\n".join([*head, *drawn, "| act | from | to | who |", "|---|---|---|---|", *acts]) + "\n"
    )


def pages() -> dict[str, str]:
    """Return every generated page by its path under docs/."""
    states = {
        f"states/{room}-{table.name.replace(' ', '-')}.md": states_page(table, room=room)
        for room, table in all_tables()
    }
    return {"rules.md": rules_page(all_rules()), **states}


def out_of_date(docs: Path = DOCS) -> list[str]:
    """Return what must be made again: pages that differ, are missing, or have lost their source."""
    wanted = pages()
    differ = [
        name
        for name, text in wanted.items()
        if not (docs / name).exists() or (docs / name).read_text() != text
    ]
    return [*differ, *_orphans(docs, wanted)]


def write(docs: Path = DOCS) -> list[str]:
    """Write the pages that are out of date, remove those with no source, and return their names."""
    wanted = pages()
    changed = out_of_date(docs)
    for name in changed:
        page = docs / name
        if name in wanted:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[name])
        else:
            page.unlink()
    return changed


def _rule(said: str, *, room: str, function: str, path: str) -> Rule:
    first, _, rest = said.partition("\n\n")
    number, _, sentence = " ".join(first.split()).partition(" ")
    return Rule(
        number=number,
        sentence=sentence,
        reason=" ".join(rest.split()),
        room=room,
        function=function,
        path=path,
    )


def _orphans(docs: Path, wanted: dict[str, str]) -> Iterator[str]:
    standing = (f.relative_to(docs).as_posix() for f in sorted(docs.glob("states/*.md")))
    return (name for name in standing if name not in wanted)


def _tables(module: ModuleType) -> list[Table]:
    return [value for value in vars(module).values() if isinstance(value, Table)]


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def _paragraph(text: str) -> list[str]:
    return ["", text] if text else []


def _words(name: str) -> str:
    return name.replace("_", " ")
