"""Files are fit to share; pages hold no code; dependencies and make targets explain themselves."""

from __future__ import annotations

import pytest

from tests.architecture import wording
from tests.architecture.breaches import none_of
from tests.architecture.sources import GENERATED, ROOT, templates, texts


def test_files_are_fit_to_share() -> None:
    written = {p: t for p, t in texts().items() if not p.startswith(GENERATED)}
    none_of(wording.unfit_to_share(written))


def test_what_is_unfit_to_share_is_found() -> None:
    home = "/" + "home/ann/makegood"
    assert wording.unfit_to_share({"a.md": f"see {home}/x"})
    assert wording.unfit_to_share({"a.md": f"https://{wording.HOSTS[0]}/simple"})
    assert not wording.unfit_to_share({"a.md": "see ../shared/data, /about/ and ~/projects/x"})


@pytest.mark.parametrize(
    "path", ["package-lock.json", "requirements/run.txt", "requirements/dev.txt"]
)
def test_locks_name_no_address(path: str) -> None:
    text = (ROOT / path).read_text() if (ROOT / path).exists() else ""
    assert not [line for line in text.splitlines() if "https://" in line and "resolved" in line]
    none_of(wording.unfit_to_share({path: text}))


def test_pages_hold_no_code() -> None:
    none_of(wording.inline_code(templates()))


@pytest.mark.parametrize(
    "page",
    [
        "<style>p { color: red }</style>",
        "<p\n  style='color: red'>",
        "<script>go()</script>",
        "<button type=button onclick=go()>",
        '<a href="javascript:go()">',
    ],
)
def test_code_inside_a_page_is_found(page: str) -> None:
    assert wording.inline_code({"a.html": page})


def test_an_outside_script_is_left_alone() -> None:
    assert not wording.inline_code({"a.html": '<script type="module" src="/a.js"></script>'})


@pytest.mark.parametrize("path", ["pyproject.toml", "engine/pyproject.toml"])
def test_every_dependency_has_its_reason(path: str) -> None:
    none_of(wording.unexplained((ROOT / path).read_text()))


def test_a_dependency_without_reason_is_found() -> None:
    text = '[project]\ndependencies = [\n  "a>=1",  # why\n  "b[x]>=2",\n]\n'
    assert wording.unexplained(text) == ['"b[x]>=2",']
    assert wording.unexplained('[project.optional-dependencies]\nspark = ["pyspark>=4"]\n')
    assert not wording.unexplained('[tool.x]\nselect = [\n  "E",\n]\n')


def test_make_targets_are_few_and_say_what_they_do() -> None:
    found = wording.targets((ROOT / "Makefile").read_text())
    assert len(found) <= wording.MOST_TARGETS
    assert not [name for name, said in found.items() if not said]


def test_make_targets_are_read() -> None:
    makefile = "X := 1\n.PHONY: a\nsetup: .venv  ## Make the environment\nsilent:\n\tx: y\n"
    assert wording.targets(makefile) == {"setup": "Make the environment", "silent": ""}
