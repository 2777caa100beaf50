"""Everything typed, imports at the top, no drawer for odd things, rooms that say what they are."""

from __future__ import annotations

import pytest

from tests.architecture import placing
from tests.architecture.breaches import none_of
from tests.architecture.sources import ROOT, Source, python_files, rooms, tracked

CODE = ("makegood", "engine/src")


def code() -> list[Source]:
    return [s for s in python_files(*CODE) if not s.is_migration]


def test_every_function_is_typed() -> None:
    none_of(placing.untyped(code()))


@pytest.mark.parametrize(
    "text",
    [
        "def f(a) -> int: ...",
        "def f(a: int): ...",
        "def f(*a, **k: int) -> int: ...",
        "class C:\n    def f(self, a) -> None: ...",
        "def f(self) -> None:\n    async def g(b) -> None: ...\n",
    ],
)
def test_an_untyped_function_is_found(text: str) -> None:
    assert placing.untyped([Source("a.py", text)])


def test_a_typed_function_is_left_alone() -> None:
    text = "class C:\n    def f(self, a: int, *, b: str = '') -> None: ..."
    assert not placing.untyped([Source("a.py", text)])


def test_imports_stand_at_the_top() -> None:
    none_of(placing.hidden_imports(python_files("makegood", "engine/src", "tests")))


def test_a_hidden_import_is_found() -> None:
    hidden = "def {}():\n    if x:\n        from a import b\n"
    assert placing.hidden_imports([Source("a.py", hidden.format("f"))])
    assert placing.hidden_imports([Source("a.py", hidden.format("ready"))])
    assert not placing.hidden_imports([Source("apps.py", hidden.format("ready"))])
    assert not placing.hidden_imports([Source("a.py", "import a\ndef f(): ...")])


def test_models_are_imported_not_fetched_by_name() -> None:
    none_of(placing.smuggled_models(code()))


def test_a_smuggled_model_is_found() -> None:
    text = "apps.get_model('contract', 'Contract')"
    assert placing.smuggled_models([Source("makegood/people/queries.py", text)])
    assert not placing.smuggled_models([Source("makegood/people/migrations/0002_a.py", text)])


def test_every_name_says_something() -> None:
    assert not placing.nameless(
        p for p in tracked() if p.endswith((".py", ".html", ".js", ".scss"))
    )


def test_a_name_that_says_nothing_is_found() -> None:
    assert placing.nameless(["makegood/fund/utils.py"])
    assert placing.nameless(["makegood/common/money.py"])
    assert not placing.nameless(["makegood/kernel/money.py"])


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room: str) -> None:
    path = f"makegood/{room}/__init__.py"
    none_of(placing.room_docstring(Source(path, (ROOT / path).read_text())))


def test_a_silent_or_wordy_room_is_found() -> None:
    assert placing.room_docstring(Source("a.py", ""))
    assert placing.room_docstring(Source("a.py", '"""' + "a\n" * 11 + '"""'))
