"""Only actions write. This finds every call that looks like a write anywhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.sources import Source

ALWAYS = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "create_user", "create_superuser", "executemany", "executescript",
}  # fmt: skip
ON_RELATIONS = {"add", "set", "remove", "clear"}
READS = ("SELECT", "WITH", "PRAGMA", "EXPLAIN")
NOT_TABLES = {"session", "cache", "storage", "default_storage", "messages"}

# A file beside the actions that writes, and why it must.
ALLOWED = {
    "makegood/people/sessions.py": "Django's session engine writes the sessions it keeps",
    "makegood/kernel/letters/": "e-mail on its way is kept by the kernel, for every act",
    "makegood/kernel/files/": "files that people hand in are kept by the kernel, for every act",
    "makegood/kernel/documents/": "a Word file is written to memory, and no table",
    "makegood/kernel/ledger/": "the ledger is written by the kernel, for every act",
}


def stray_writes(
    sources: Iterable[Source], *, allowed: Iterable[str] = tuple(ALLOWED)
) -> list[str]:
    """Return each write that stands neither in actions nor in a place that is allowed."""
    return [
        f"{source.path}:{line} .{call}( writes; only actions write"
        for source in sources
        if not (source.is_migration or _is_action(source) or source.path.startswith(tuple(allowed)))
        for line, call in writes(source.tree)
    ]


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each call that writes to the database."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr.removeprefix("a")
            name = name if name in ALWAYS | {"update", "execute"} else node.func.attr
            if _writes(node, name, node.func.value):
                yield node.lineno, node.func.attr


def _is_action(source: Source) -> bool:
    return source.name == "actions" or "actions" in source.parts


def _writes(call: ast.Call, name: str, on: ast.expr) -> bool:
    if _last_name(on) in NOT_TABLES:
        return False
    if name in ALWAYS:
        return True
    if name == "update":  # a dictionary takes another one; a table takes columns by name
        return bool(call.keywords)
    if name == "execute":
        return not _is_read(call)
    return name in ON_RELATIONS and isinstance(on, ast.Attribute) and not _is_own(on)


def _is_read(call: ast.Call) -> bool:
    sql = call.args[0] if call.args else None
    if isinstance(sql, ast.JoinedStr) and sql.values:
        sql = sql.values[0]
    text = sql.value if isinstance(sql, ast.Constant) else None
    return isinstance(text, str) and text.lstrip().upper().startswith(READS)


def _is_own(on: ast.Attribute) -> bool:
    return isinstance(on.value, ast.Name) and on.value.id in {"self", "cls"}


def _last_name(on: ast.expr) -> str:
    return on.attr if isinstance(on, ast.Attribute) else on.id if isinstance(on, ast.Name) else ""
