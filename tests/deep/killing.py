"""A Makegood in a folder of its own, as a process that can be killed, and somebody who writes in it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")


def makegood(home: Path, *arguments: str, said: str = "", database: str = "") -> str:
    """Run one of its commands to the end, and return what it said."""
    ran = subprocess.run(
        [*MAKEGOOD, *arguments],
        env=told(home, database),
        input=said, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


@contextmanager
def serving(home: Path, *, port: int, database: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Serve until the block ends; then kill the server and all its processes, without a word."""
    served = subprocess.Popen(
        [*MAKEGOOD, "serve", "--port", str(port)],
        env=told(home, database),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port)
        yield served
    finally:
        os.killpg(served.pid, signal.SIGKILL)
        served.wait()


def wait_for(port: int) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        try:
            line.request("GET", "/robots.txt")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    raise TimeoutError("The server did not begin.")


class Writer:
    """Alice at a plain browser: one page asked for, or one answer sent."""

    def __init__(self, port: int, *, session: str) -> None:
        self.port, self.cookies = port, {"sessionid": session}

    def ask(self, path: str, given: dict[str, str] | None = None) -> tuple[int, str]:
        """Return the status and the page."""
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        heads = {"Cookie": held, "Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        line.request("POST" if given else "GET", path, urlencode(given or {}), heads)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        for name, value in re.findall(r"(csrftoken|sessionid)=(\w+)", str(answer.headers)):
            self.cookies[name] = value
        return answer.status, page

    def write(self, path: str, words: dict[str, str]) -> int:
        """Fill in the form of a page; return the status of the answer."""
        _, page = self.ask(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, path
        status, _ = self.ask(path, words | {"csrfmiddlewaretoken": token[1]})
        return status


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
    return port


def told(home: Path, database: str) -> dict[str, str]:
    """Return the environment that names its folder, and its database where that is no file there."""
    named = {"DATABASE_URL": database} if database else {}
    return os.environ | {"MAKEGOOD_HOME": str(home)} | named
