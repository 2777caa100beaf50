"""Anybody checks an entry of the ledger in their own browser, or is told what to type."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.factories.ledger import a_checkpoint, behind_our_back, many_entries
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
WAYS = [(True, "light", 1280), (False, "dark", 320)]
CHECK = "Check in this browser"


@pytest.fixture
def ledger(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """A ledger with a key of its own, some entries, and a checkpoint."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    many_entries(30)
    a_checkpoint()


@pytest.mark.parametrize(("scripts", "colours", "width"), WAYS)
def test_anybody_checks_an_entry(
    visitor: Arrive, ledger: None, tmp_path: Path, root: Path, *,
    scripts: bool, colours: str, width: int,
) -> None:  # fmt: skip
    anybody = visitor(scripts=scripts, colours=colours, width=width)
    anybody.open("/ledger/")
    anybody.see("The newest checkpoint")
    anybody.screenshot(f"ledger-{width}")
    with anybody.page.expect_download() as saved:
        anybody.page.get_by_role("link", name="Save the checkpoint").click()
    saved.value.save_as(tmp_path / "checkpoint.txt")
    anybody.open("/ledger/many/7/")
    button = anybody.page.get_by_role("button", name=CHECK)
    if scripts:
        anybody.tab_to("button", CHECK)
        anybody.keyboard.press("Enter")
        anybody.see(re.compile("It holds. Your browser worked out the root itself"))
        anybody.check_axe()
    else:
        assert not button.is_visible()
    anybody.screenshot(f"ledger-entry-{width}")
    with anybody.page.expect_download() as proof:
        anybody.page.get_by_role("link", name="download the proof").click()
    file = tmp_path / proof.value.suggested_filename
    proof.value.save_as(file)
    typed = anybody.page.get_by_label("What to type").inner_text().split()
    command = [sys.executable, "-I", str(root / "docs" / typed[1]), *typed[2:]]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "One proof: the ledger holds.\n"), said.stderr


def test_a_browser_finds_an_entry_that_was_altered(visitor: Arrive, ledger: None) -> None:
    behind_our_back("UPDATE kernel_entry SET act = 'approve' WHERE stream = 'many' AND seq = 7")
    anybody = visitor()
    anybody.open("/ledger/many/7/")
    anybody.tab_to("button", CHECK)
    anybody.keyboard.press("Enter")
    anybody.see(re.compile("It does not hold. Your browser worked out"))
    anybody.screenshot("ledger-entry-altered")
