"""Where things stand: types on every function, imports at the top, names that mean something."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.sources import Source

NAMELESS = {"core", "common", "util", "utils", "helper", "helpers", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def untyped(sources: Iterable[Source]) -> list[str]:
    """Return each function that leaves an argument or its answer without a type."""
    return [
        f"{source.path}:{node.lineno} {node.name}: {', '.join(gaps)}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and (gaps := list(_gaps(node)))
    ]


def _gaps(node: Function) -> Iterator[str]:
    a = node.args
    named = [*a.posonlyargs, *a.args, *a.kwonlyargs]
    for argument in [*named, *(x for x in (a.vararg, a.kwarg) if x)]:
        own = named and argument is named[0] and argument.arg in {"self", "cls"}
        if argument.annotation is None and not own:
            yield f"{argument.arg} has no type"
    if node.returns is None:
        yield "its answer has no type"


def hidden_imports(sources: Iterable[Source]) -> list[str]:
    """Return each import inside a function; Django's ``ready`` alone may have one."""
    return [
        f"{source.path}:{found.lineno} {node.name} imports inside itself"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and not (source.name == "apps" and node.name == "ready")
        for found in ast.walk(node)
        if isinstance(found, ast.Import | ast.ImportFrom)
    ]


def smuggled_models(sources: Iterable[Source]) -> list[str]:
    """Return each model fetched by its name, which no import rule can see."""
    return [
        f"{source.path}:{node.lineno} fetches a model by name; import it"
        for source in sources
        if not source.is_migration
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get_model"
    ]


def nameless(paths: Iterable[str]) -> list[str]:
    """Return each file or folder whose name says nothing."""
    return [path for path in paths if NAMELESS & {Path(part).stem for part in Path(path).parts}]


def room_docstring(source: Source) -> list[str]:
    """Return what is wrong with what a room says of itself."""
    said = ast.get_docstring(source.tree)
    if not said:
        return [f"{source.path}: say what the room is for"]
    length = len(said.splitlines())
    return [f"{source.path}: {length} lines, 10 at most"] if length > 10 else []
