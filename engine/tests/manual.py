"""Renders the spec tests into the manual: docs/engine/, one page a subject.

Each page opens with what its modules say of themselves. Then every test is a sentence (its
docstring, or its name where that says it all), with the code that shows it folded beneath.

    python engine/tests/manual.py [--check]
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "engine" / "tests" / "spec"
DOCS = ROOT / "docs" / "engine"
HEAD = "<!-- Made from engine/tests/spec by `make docs`. Do not edit. -->\n"

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tables": (
        "Tables, and what is said of a bad cell",
        ("tables", "reach", "history", "cli_words"),
    ),
    "spc": (
        "Watching a measure",
        (
            "rule_sets",
            "spc_reference",
            "definitions",
            "rate_charts",
            "doubts",
            "runner",
            "spark",
            "spark_verdicts",
        ),
    ),
    "verdicts": (
        "Judging a promise",
        (
            "choosing",
            "assess",
            "assess_time",
            "assess_looks",
            "assess_rates",
            "assess_reach",
            "assess_unlike",
            "calibration",
            "placebo_run",
        ),
    ),
    "classical": (
        "Classical estimators",
        ("classical_published", "did", "segmented", "synthetic", "classical_cli"),
    ),
    "power": ("Power, before anything is signed", ("power", "power_real", "power_cli")),
    "value": ("Value", ("value", "value_cli")),
    "themes": ("Stories: themes and codebooks", ("themes", "themes_cli", "codebook")),
    "sampling": ("Sampling the evidence", ("sampling", "sampling_cli")),
    "allocation": ("Allocating an over-asked fund", ("allocation", "allocation_cli")),
    "charts": ("Charts", ("charts", "funnel", "more_charts", "chart_command")),
    "commands": ("The command line", ("cli", "slips", "fuzz", "examples")),
}
"""Each page: its title, and the spec modules it is made from (those that are there)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One test: the sentence it shows, and the code that shows it."""

    sentence: str
    code: str


def shown_by(path: Path) -> tuple[str, list[Shown]]:
    """Read a spec module: what it says of itself, and its tests in order."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    tests = [
        Shown(_sentence(node), _code(source, node))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return ast.get_docstring(tree) or "", tests


def _sentence(test: ast.FunctionDef) -> str:
    said = ast.get_docstring(test)
    if said is None:
        words = test.name.removeprefix("test_").replace("_s_", "'s_").replace("_", " ")
        said = f"{words[:1].upper()}{words[1:]}."
    return " ".join(said.split())


def _code(source: str, test: ast.FunctionDef) -> str:
    """The body of a test without its docstring, moved to the margin."""
    body = test.body[1:] if ast.get_docstring(test) is not None else test.body
    lines = source.splitlines()[body[0].lineno - 1 : test.end_lineno]
    return "\n".join(line[4:] for line in lines)


def page(name: str) -> str:
    """Render one page."""
    title, modules = PAGES[name]
    parts = [HEAD, f"# {title}\n"]
    for module in modules:
        path = SPEC / f"test_{module}.py"
        if not path.exists():
            continue
        said, tests = shown_by(path)
        parts += [f"{said}\n", *(_item(one) for one in tests), ""]
    return "\n".join(parts)


def _item(one: Shown) -> str:
    code = "\n".join(f"  {line}".rstrip() for line in one.code.splitlines())
    return (
        f"- {one.sentence}\n\n  <details><summary>shown by</summary>\n\n"
        f"  ```python\n{code}\n  ```\n\n  </details>"
    )


def index() -> str:
    """Render the list of pages."""
    lines = [HEAD, "# The manual of the engine\n"]
    lines += [
        "- [How verdicts are reached, and how to run them](../engine.md)",
        "- [Three worked examples](examples.md)",
        "- [How often verdicts are wrong](calibration.md)",
        "- [How fast, and in how much memory](speed.md)",
        "",
        "What follows is made from the tests, so that it is true of this version:\n",
    ]
    lines += [f"- [{title}]({name}.md)" for name, (title, _) in PAGES.items()]
    return "\n".join([*lines, ""])


def rendered() -> dict[Path, str]:
    """Every page by its place."""
    return {DOCS / "README.md": index()} | {DOCS / f"{name}.md": page(name) for name in PAGES}


def faults() -> Iterator[str]:
    """What is out of date, or stands on no page."""
    placed = {f"test_{module}" for _, modules in PAGES.values() for module in modules}
    for path in sorted(SPEC.glob("test_*.py")):
        if path.stem not in placed:
            yield f"{path.name} stands on no page of the manual: name it in engine/tests/manual.py."
    for path, text in rendered().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(ROOT)} is out of date. Run `make docs`."


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which are out of date."""
    if "--check" in arguments:
        found = list(faults())
        print("\n".join(found) or "The manual of the engine is current.")
        return bool(found)
    DOCS.mkdir(parents=True, exist_ok=True)
    for path, text in rendered().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
