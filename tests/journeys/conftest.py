"""A real browser for journeys: Debian's Chromium, driven through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.visitor import Visitor

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
Colours = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is, or one sentence saying how to get it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("Install Chromium (apt-get install chromium) to walk the journeys.")
    return found


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe-core, or one sentence saying how to get it."""
    file = root / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        pytest.skip("Run `make setup` to fetch axe-core, which looks over every page.")
    return file.read_text()


@pytest.fixture(scope="session")
def built_assets(root: Path) -> None:
    """Skip unless styles are built: a page without them proves nothing."""
    if not any((root / "makegood" / "web" / "static" / "built").glob("*.css")):
        pytest.skip("Run `make setup` to build the styles that journeys look at.")


@pytest.fixture(scope="session")
def browser(chromium: str, axe: str, built_assets: None) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would otherwise refuse to share.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visitor(
    browser: Browser, axe: str, live_server: LiveServer, root: Path
) -> Iterator[Callable[..., Visitor]]:
    """Make somebody at a fresh browser: ``visitor()``, or with size, colours or no scripts."""
    contexts = []

    def arrive(
        *, width: int = 1280, height: int = 900, colours: Colours = "light", scripts: bool = True
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            java_script_enabled=scripts,
            locale="en-GB",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(
            context.new_page(),
            address=live_server.url,
            axe=axe,
            scripts=scripts,
            pictures=root / "var" / "screenshots",
        )

    yield arrive
    for context in contexts:
        context.close()
