"""The generated pages say what the code says."""

from __future__ import annotations

from enum import StrEnum
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from makegood.kernel.transition import Table, Transition
from makegood.web import generated_docs
from tests.architecture.breaches import none_of


class Life(StrEnum):
    DRAFT = "draft"
    NOT_CONTRACTED = "not_contracted"


TABLE = Table(
    name="promise",
    states=Life,
    initial=Life.DRAFT,
    transitions=(
        Transition(
            act="leave_out",
            sources=frozenset({Life.DRAFT}),
            target=Life.NOT_CONTRACTED,
            who="commissioner",
        ),
    ),
)


def test_generated_pages_are_current() -> None:
    none_of(generated_docs.out_of_date())


def test_pages_are_written_once(tmp_path: Path) -> None:
    assert set(generated_docs.write(tmp_path)) == set(generated_docs.pages())
    assert not generated_docs.out_of_date(tmp_path)
    assert generated_docs.write(tmp_path) == []


def test_a_stale_page_is_found_and_mended(tmp_path: Path) -> None:
    generated_docs.write(tmp_path)
    (tmp_path / "rules.md").write_text("old")
    (tmp_path / "states").mkdir(exist_ok=True)
    (tmp_path / "states" / "attic-thing.md").write_text("no table draws this")
    assert generated_docs.out_of_date(tmp_path) == ["rules.md", "states/attic-thing.md"]
    generated_docs.write(tmp_path)
    assert not generated_docs.out_of_date(tmp_path)


def test_a_table_draws_itself() -> None:
    page = generated_docs.states_page(TABLE, room="articulate")
    assert "draft --> not_contracted: leave out" in page
    assert "| leave out | draft | not contracted | commissioner |" in page
    assert "makegood.articulate.states" in page


def test_the_command_fails_on_a_stale_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generated_docs, "out_of_date", lambda: ["rules.md"])
    with pytest.raises(CommandError, match=r"Out of date: rules.md. Run `makegood docs`."):
        call_command("docs", "--check", stdout=StringIO())
