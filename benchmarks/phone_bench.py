"""How soon a story can be told on a telephone with hardly a signal: slow 3G, in a real browser.

The slowest network of the browser's own tools: 400 kbit/s each way, 400 ms before anything answers, and
a processor that works at a quarter of this machine's speed.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from playwright.sync_api import CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")
MADE = """
from django.core import mail
mail.outbox = []
from tests.factories.cast import gather
from tests.factories.loop import a_story_link
print("AT", a_story_link(gather()).token)
"""
BITS_A_SECOND, DELAY, TIMES_SLOWER = 400_000, 400, 4
HEAVIEST = "at most 60 kB"
WAIT = 60_000


def bench_phone() -> Iterator[tuple[str, str, str]]:
    """Yield what the page to tell a story weighs, when it can be written in, and when it is sent."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        yield "a story on slow 3G", "not measured", "no Chromium here"
        return
    with TemporaryDirectory() as home, _served(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        line = page.context.new_cdp_session(page)
        weighed = _slow(line)
        began = time.perf_counter()
        page.goto(address, timeout=WAIT, wait_until="domcontentloaded")
        usable = time.perf_counter() - began
        page.wait_for_load_state("load", timeout=WAIT)
        yield "a story on slow 3G, the page", f"{sum(weighed) / 1000:.0f} kB", HEAVIEST
        yield "a story on slow 3G, until it can be written", f"{usable:.1f} s", "first visit"
        yield "a story on slow 3G, sent and thanked for", f"{_told(page):.1f} s", "text alone"
        browser.close()


def _slow(line: CDPSession) -> list[float]:
    """Make the line slow; return the bytes of each answer as they come."""
    weighed: list[float] = []
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda done: weighed.append(done["encodedDataLength"]))
    speed = BITS_A_SECOND / 8
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": DELAY,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    return weighed


def _told(page: Page) -> float:
    page.get_by_label("What changed for you?").fill("Nobody answers at weekends")
    page.get_by_label("Someone who uses the service").check()
    page.get_by_label("Anyone, without my name").check()
    began = time.perf_counter()
    page.get_by_role("button", name="Send my story").click()
    page.get_by_role("heading", level=1).filter(has_not_text="Tell").wait_for(timeout=WAIT)
    return time.perf_counter() - began


@contextmanager
def _served(home: str) -> Iterator[str]:
    """Serve a Makegood with a link for stories; give the address of the page to tell one."""
    environment = os.environ | {"MAKEGOOD_HOME": home, "PYTHONPATH": str(ROOT)}

    def run(*words: str) -> str:
        ran = subprocess.run(
            [*MAKEGOOD, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )  # fmt: skip
        return ran.stdout

    run("migrate", "--verbosity", "0")
    token = re.findall(r"AT (\S+)", run("shell", "--verbosity", "0", "-c", MADE))[0]
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*MAKEGOOD, "serve", "--port", str(port)], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://localhost:{port}/robots.txt")
        yield f"http://localhost:{port}/tell/{token}/"
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")
