"""The page on the engine names every table and column, and every import in it works."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from makegood_engine.cli.chart import KINDS
from makegood_engine.cli.commands import COMMANDS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "engine.md").read_text(encoding="utf-8")
READ = {
    (contract.name, column.name)
    for tables in (
        *(import_module(f"makegood_engine.cli.{name}").TABLES for name in COMMANDS),
        *(shown.tables for shown in KINDS.values()),
    )
    for contract in tables
    for column in contract.columns
}


def told(table: str) -> set[str]:
    """What stands in backticks in the row of a table; rows may speak of several tables."""
    for line in PAGE.splitlines():
        cells = line.split(" | ")
        if len(cells) == 2 and table in cells[0].removeprefix("| ").removesuffix(" (out)").split(
            ", "
        ):
            return set(re.findall(r"`(\w+)`", cells[1]))
    return set()


def test_every_table_that_is_read_has_its_row() -> None:
    """A column that a command reads stands in its table's row."""
    assert len(READ) > 80
    lacking = {
        (table, column)
        for table, column in READ
        if column not in told(table) | (told("pools") if table == "reserve" else set())
    }
    assert not lacking


def test_every_command_that_reads_tables_lists_them() -> None:
    """Only those that read no table list none; a chart's kinds list their own."""
    silent = {name for name in COMMANDS if not import_module(f"makegood_engine.cli.{name}").TABLES}
    assert silent == {"calibrate", "chart"}


IMPORTS = re.findall(r"`from (makegood_engine[\w.]*) import ([\w, ]+)`", PAGE)


@pytest.mark.parametrize(("module", "names"), IMPORTS)
def test_what_the_page_imports_is_there(module: str, names: str) -> None:
    """Each name stands where the page says."""
    if "spark" in module:
        pytest.importorskip("pyspark")
    found = import_module(module)
    for name in names.split(", "):
        assert hasattr(found, name), name


def test_the_page_has_a_table_of_imports() -> None:
    """There are imports to be checked."""
    assert len(IMPORTS) >= 14
