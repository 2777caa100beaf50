"""The order of the rooms holds, and each of its rules can be broken.

Breaches are tried on a small made-up import graph, so nothing is written and nothing is slow.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from grimp import ImportGraph
from importlinter import Contract
from importlinter.api import read_configuration

from tests.architecture.doors import DoorsContract
from tests.architecture.sources import rooms

FURNITURE = (
    "apps", "urls", "views", "api", "admin", "management", "forms", "tasks", "receivers",
    "templatetags", "actions", "analysis", "permissions", "queries", "rules", "migrations",
    "personal", "models", "states", "signals",
)  # fmt: skip
ENGINE = ("cli", "runners", "charts", "verdict", "effect", "spc", "tables")

# One breach a line: the rule it breaks, who imports, and what.
BREACHES = (
    ("rooms", "makegood.contract.queries", "makegood.assess.queries"),
    ("rooms", "makegood.kernel.rules", "makegood.people.models"),
    ("rooms", "makegood.fund.models", "makegood.events.models"),
    ("rooms", "makegood.publishing.queries", "makegood.exchange.queries"),
    ("furniture", "makegood.people.models", "makegood.people.rules"),
    ("furniture", "makegood.voice.queries", "makegood.voice.actions"),
    ("furniture", "makegood.capture.rules", "makegood.capture.permissions"),
    ("furniture", "makegood.capture.permissions", "makegood.capture.queries"),
    ("furniture", "makegood.assess.actions", "makegood.assess.forms"),
    ("furniture", "makegood.assess.forms", "makegood.assess.views"),
    ("furniture", "makegood.assess.views", "makegood.assess.admin"),
    ("furniture", "makegood.assess.models", "makegood.assess.migrations"),
    ("furniture", "makegood.assess.models", "makegood.assess.personal"),
    ("furniture", "makegood.contract.states", "makegood.contract.models"),
    ("engine-alone", "makegood_engine.cli", "django"),
    ("engine-alone", "makegood_engine.tables", "makegood.kernel.money"),
    ("engine-door", "makegood.assess.actions", "makegood_engine.verdict"),
    ("engine-door", "makegood.web.views", "makegood_engine.charts"),
    ("engine-order", "makegood_engine.tables", "makegood_engine.spc"),
    ("engine-order", "makegood_engine.spc", "makegood_engine.verdict"),
    ("engine-order", "makegood_engine.effect", "makegood_engine.runners"),
    ("wagtail", "makegood.web.views", "wagtail"),
    ("wagtail", "makegood.people.models", "wagtail"),
    ("plain-rules", "makegood.contract.rules", "django"),
    ("plain-rules", "makegood.contract.states", "django"),
    ("screens", "makegood.contract.views", "makegood.contract.models"),
    ("screens", "makegood.web.thread.views", "makegood.articulate.models"),
    ("screens", "makegood.assess.api", "makegood.capture.models"),
    ("doors", "makegood.assess.views", "makegood.capture.forms"),
    ("doors", "makegood.assess.rules", "makegood.capture.rules"),
    ("doors", "makegood.web.queries", "makegood.people.personal"),
    ("doors", "makegood.web.views", "makegood.people.views"),
    ("doors", "makegood.assess.analysis", "makegood.measures.analysis"),
)
# And what must stay allowed.
GOOD = (
    ("makegood.contract.queries", "makegood.articulate.models"),
    ("makegood.contract.actions", "makegood.articulate.actions"),
    ("makegood.web.views", "makegood.assess.queries"),
    ("makegood.web.thread.views", "makegood.web.thread.queries"),
    ("makegood.contract.views", "makegood.contract.actions"),
    ("makegood.contract.actions", "makegood.contract.analysis"),
    ("makegood.contract.rules", "makegood.contract.models"),
    ("makegood.contract.rules", "makegood.contract.states"),
    ("makegood.contract.models", "django"),
    ("makegood.contract.apps", "makegood.contract.receivers"),
    ("makegood.contract.actions", "makegood.kernel.money"),
    ("makegood.contract.personal", "makegood.contract.models"),
    ("makegood.assess.analysis", "makegood_engine.verdict"),
    ("makegood.assess.receivers", "makegood.capture.signals"),
    ("makegood.exchange.queries", "makegood_engine.tables"),
    ("makegood.publishing.models", "wagtail"),
    ("makegood_engine.cli", "makegood_engine.runners"),
)


def made_up(*imports: tuple[str, str]) -> ImportGraph:
    """Return a graph of every room with all its furniture, and these imports."""
    graph = ImportGraph()
    for package in ("makegood", "makegood_engine"):
        graph.add_module(package)
    for room in rooms():
        graph.add_module(f"makegood.{room}")
        for name in FURNITURE:
            graph.add_module(f"makegood.{room}.{name}")
    for name in ("makegood.kernel.money", "makegood.web.thread"):
        graph.add_module(name)
    for name in ("views", "queries"):
        graph.add_module(f"makegood.web.thread.{name}")
    for name in ENGINE:
        graph.add_module(f"makegood_engine.{name}")
    for name in ("django", "wagtail"):
        graph.add_module(name, is_squashed=True)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="")
    return graph


@cache
def settings() -> dict[str, Any]:
    return read_configuration(str(Path(__file__).parents[2] / "pyproject.toml"))


def contract(options: dict[str, Any]) -> Contract:
    kind: type[Contract] = DoorsContract
    if options["type"] != "doors":
        module = import_module(f"importlinter.contracts.{options['type']}")
        kind = getattr(module, f"{options['type'].title()}Contract")
    return kind(
        name=options["name"],
        session_options=settings()["session_options"],
        contract_options=options,
    )


def broken(*imports: tuple[str, str]) -> set[str]:
    """Return the contracts these imports break."""
    return {
        options["id"]
        for options in settings()["contracts_options"]
        if not contract(options).check(made_up(*imports), verbose=False).kept
    }


@pytest.mark.parametrize(("rule", "importer", "imported"), BREACHES)
def test_a_breach_is_caught(rule: str, importer: str, imported: str) -> None:
    assert rule in broken((importer, imported))


def test_what_is_allowed_is_let_be() -> None:
    assert broken(*GOOD) == set()


def test_every_contract_is_tried() -> None:
    assert {o["id"] for o in settings()["contracts_options"]} == {rule for rule, _, _ in BREACHES}


def test_a_new_room_needs_a_place_in_the_order() -> None:
    graph = made_up()
    graph.add_module("makegood.attic")
    options = next(o for o in settings()["contracts_options"] if o["id"] == "rooms")
    assert not contract(options).check(graph, verbose=False).kept


def test_every_room_but_the_kernel_keeps_the_order_of_its_files() -> None:
    options = next(o for o in settings()["contracts_options"] if o["id"] == "furniture")
    assert {c.partition(".")[2] for c in options["containers"]} == set(rooms()) - {"kernel"}


def test_the_imports_of_the_project_are_in_order(root: Path) -> None:
    found = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'engine' / 'src'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
