"""The project's own files, each read and parsed once for all the checks."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("docs/rules.md", "docs/states/", "package-lock.json", "requirements/")


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, relative to the root, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @property
    def name(self) -> str:
        return Path(self.path).stem

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def docstrings(self) -> Iterator[tuple[str, str]]:
        """Yield each function's name and what its docstring says."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                yield node.name, ast.get_docstring(node) or ""

    def refusals(self) -> set[str]:
        """Return the strings given as first argument to any call: the numbers are among them."""
        calls = (n for n in ast.walk(self.tree) if isinstance(n, ast.Call) and n.args)
        firsts = (call.args[0] for call in calls)
        return {a.value for a in firsts if isinstance(a, ast.Constant) and isinstance(a.value, str)}


@cache
def tracked() -> tuple[str, ...]:
    """Return the files that are, or are about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        found = (p for p in ROOT.rglob("*") if not {".venv", "node_modules", "var"} & {*p.parts})
        return tuple(sorted(str(p.relative_to(ROOT)) for p in found if p.is_file()))
    return tuple(sorted(p for p in set(listed.stdout.splitlines()) if (ROOT / p).is_file()))


@cache
def python_files(*folders: str) -> tuple[Source, ...]:
    """Return the Python files in these folders of the project (all of it, if none is named)."""
    starts = tuple(f"{folder}/" for folder in folders)
    return tuple(
        Source(path, (ROOT / path).read_text())
        for path in tracked()
        if path.endswith(".py") and (not starts or path.startswith(starts))
    )


@cache
def texts() -> dict[str, str]:
    """Return every tracked text file; pictures and fonts are left out."""
    found = {}
    for path in tracked():
        try:
            found[path] = (ROOT / path).read_text()
        except UnicodeDecodeError:
            continue
    return found


@cache
def templates() -> dict[str, str]:
    """Return every template of the platform."""
    return {p: t for p, t in texts().items() if p.startswith("makegood/") and p.endswith(".html")}


@cache
def room_layers() -> tuple[tuple[str, ...], ...]:
    """Return the rooms from the latest to the earliest, as the import rules have them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "rooms")
    return tuple(tuple(name.strip() for name in layer.split("|")) for layer in layers)


def rooms() -> tuple[str, ...]:
    """Return the names of the rooms, latest first."""
    return tuple(name for layer in room_layers() for name in layer)
