"""How long files, functions and templates may be; run as a program, it prints how long they are.

python -m tests.architecture.sizes
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterable, Iterator

from tests.architecture.sources import Source, python_files, templates

FILE_LINES = 500
FUNCTION_LINES = 60
TEMPLATE_LINES = 119


def functions(source: Source) -> Iterator[tuple[str, int, int]]:
    """Yield the name, first line and number of lines of each function."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def lines(text: str) -> int:
    return len(text.splitlines())


def long_files(sources: Iterable[Source]) -> list[str]:
    found = [(s.path, lines(s.text)) for s in sources]
    return [f"{p}: {n} lines, {FILE_LINES} at most" for p, n in found if n > FILE_LINES]


def long_functions(sources: Iterable[Source]) -> list[str]:
    return [
        f"{source.path}:{line} {name}: {length} lines, {FUNCTION_LINES} at most"
        for source in sources
        for name, line, length in functions(source)
        if length > FUNCTION_LINES
    ]


def long_templates(found: dict[str, str]) -> list[str]:
    measured = [(path, lines(text)) for path, text in found.items()]
    return [f"{p}: {n} lines, {TEMPLATE_LINES} at most" for p, n in measured if n > TEMPLATE_LINES]


def spread(values: list[int]) -> str:
    """Return median, 90th percentile and largest as one line."""
    if not values:
        return "none"
    ninetieth = sorted(values)[min(len(values) - 1, int(len(values) * 0.9))]
    return f"{statistics.median(values):g} / {ninetieth} / {max(values)}  (of {len(values)})"


def figures() -> Iterator[str]:
    """Yield the figures of the house: median / 90th / largest."""
    code = [s for s in python_files("makegood", "engine/src") if not s.is_migration]
    tests = python_files("tests", "engine/tests")
    yield f"module lines:    {spread([lines(s.text) for s in code if s.text.strip()])}"
    yield f"function lines:  {spread([n for s in code for _, _, n in functions(s)])}"
    yield f"template lines:  {spread([lines(t) for t in templates().values()])}"
    ratio = sum(lines(s.text) for s in tests) / max(1, sum(lines(s.text) for s in code))
    yield f"tests / code:    {ratio:.2f}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in figures())
