"""No file, function or template is longer than a reader can hold."""

from __future__ import annotations

from tests.architecture import sizes
from tests.architecture.breaches import none_of
from tests.architecture.sources import Source, python_files, templates


def test_no_file_is_too_long() -> None:
    none_of(sizes.long_files(python_files()))


def test_no_function_is_too_long() -> None:
    none_of(sizes.long_functions(s for s in python_files() if not s.is_migration))


def test_no_template_is_too_long() -> None:
    none_of(sizes.long_templates(templates()))


def test_too_long_is_found() -> None:
    body = "    x = 1\n" * 60
    assert sizes.long_files([Source("a.py", "x = 1\n" * 501)]) == ["a.py: 501 lines, 500 at most"]
    assert not sizes.long_files([Source("a.py", "x = 1\n" * 500)])
    assert sizes.long_functions([Source("a.py", f"def f():\n{body}")])
    assert sizes.long_functions([Source("a.py", f"class C:\n  async def f(self):\n{body}")])
    assert not sizes.long_functions([Source("a.py", f"def f():\n{body[:-10]}")])
    assert sizes.long_templates({"a.html": "<p>\n" * 120})
    assert not sizes.long_templates({"a.html": "<p>\n" * 119})


def test_figures_name_the_median() -> None:
    assert sizes.spread([1, 2, 9]) == "2 / 9 / 9  (of 3)"
    assert next(line.split(":")[0] for line in sizes.figures()) == "module lines"
