"""A running Makegood, read by programs that know nothing of it: ours in one file, and one of Go's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.notes import new_signer
from tests.factories.cast import Cast, gather
from tests.factories.deciding import a_decided_contest
from tests.factories.ledger import a_checkpoint, a_key, behind_our_back, many_entries

pytestmark = pytest.mark.django_db(transaction=True)
ANOTHERS_HASH = (
    'UPDATE kernel_leaf SET hash = (SELECT hash FROM kernel_leaf WHERE "index" = 1) '
    'WHERE "index" = 600'
)
GOPATH = os.environ.get("GOPATH", "/usr/share/gocode")


@pytest.fixture
def cast() -> Cast:
    """The people, in a database whose acts are truly committed."""
    return gather()


@pytest.fixture
def log(cast: Cast, live_server: LiveServer, settings: Any, tmp_path: Path) -> str:
    """Return where a ledger of more than two tiles is served; the note of an older one is saved."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    many_entries(300)
    (tmp_path / "saved.txt").write_text(a_checkpoint().note)
    many_entries(400)
    a_checkpoint()
    return f"{live_server.url}/ledger/"


def ours(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(root / "docs" / "verify_ledger.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="session")
def theirs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier on Go's own library, built; or one sentence saying how to get it."""
    if not shutil.which("go") or not Path(GOPATH, "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("apt-get install golang-go golang-golang-x-mod-dev, to read it with Go's own.")
    built = tmp_path_factory.mktemp("go") / "verify_log"
    source = root / "tests" / "outside" / "verify_log.go"
    told = {"GO111MODULE": "off", "GOPATH": GOPATH, "GOCACHE": str(built.parent), "GOFLAGS": ""}
    build = ["go", "build", "-o", str(built), str(source)]
    subprocess.run(build, env=os.environ | told, check=True, timeout=600)
    return built


def test_the_verifier_reads_it_as_it_is_served(log: str, root: Path, tmp_path: Path) -> None:
    said = ours(root, log, "--key", a_key().verifier, "--checkpoint", str(tmp_path / "saved.txt"))
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == f"{Entry.objects.count()} entries: the ledger holds.\n"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE kernel_entry SET act = 'approve' WHERE stream = 'many' AND seq = 290",
            "is not the one its tile has.",
        ),
        ("UPDATE kernel_entry SET seq = 5000 WHERE stream = 'many' AND seq = 290", "entry 290 is not there"),
        (
            ANOTHERS_HASH,
            "Entry 600 is not the one its tile has.",
        ),
        ("UPDATE kernel_tile SET hashes = (SELECT hashes FROM kernel_tile LIMIT 1)", "not the one"),
        ("UPDATE kernel_tile SET root = (SELECT hash FROM kernel_leaf LIMIT 1)", "Tile 1/0 is not made"),
    ],
)  # fmt: skip
def test_the_verifier_finds_what_was_altered(log: str, root: Path, sql: str, found: str) -> None:
    behind_our_back(sql)
    said = ours(root, log)
    assert said.returncode == 1
    assert found in said.stderr


def test_the_verifier_trusts_no_other_key(log: str, root: Path) -> None:
    said = ours(root, log, "--key", str(new_signer("localhost:8000/ledger").verifier))
    assert said.returncode == 1
    assert "no key you trust signed it" in said.stderr


def test_what_is_not_there_is_told(log: str, root: Path) -> None:
    said = ours(root, f"{log}nothing")
    assert said.returncode == 2
    assert "answers 404" in said.stderr


def test_what_is_told_later_is_checked_by_its_hashes(log: str, cast: Cast, root: Path) -> None:
    a_decided_contest(cast, now=timezone.now())
    a_checkpoint()
    said = ours(root, log, "--key", a_key().verifier)
    assert (said.returncode, said.stderr) == (0, "")
    assert "are told later; their hashes hold): the ledger holds." in said.stdout


class Liar(BaseHTTPRequestHandler):
    """Answers without end, or leads elsewhere."""

    def do_GET(self) -> None:
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(50):
                self.wfile.write(b"x" * 100_000)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def liar() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Liar)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("place", "said"), [("/", "longer than it can be"), ("/away", "cannot be read")]
)
def test_the_verifier_reads_no_more_than_it_should(
    liar: str, root: Path, place: str, said: str
) -> None:
    found = ours(root, f"{liar}{place}")
    assert found.returncode == 2
    assert said in found.stderr or "answers 302" in found.stderr


def test_a_verifier_that_somebody_else_wrote_finds_that_it_holds(
    log: str, theirs: Path, tmp_path: Path
) -> None:
    command = [str(theirs), log, a_key().verifier, str(tmp_path / "saved.txt")]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.startswith(f"holds: {Entry.objects.count()} entries, grown from 3")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kernel_entry SET act = 'approve' WHERE stream = 'many' AND seq = 290",
        ANOTHERS_HASH,
        "UPDATE kernel_tile SET hashes = (SELECT hashes FROM kernel_tile LIMIT 1)",
    ],
)
def test_it_finds_what_was_altered(log: str, theirs: Path, tmp_path: Path, sql: str) -> None:
    behind_our_back(sql)
    command = [str(theirs), log, a_key().verifier, str(tmp_path / "saved.txt")]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert said.returncode == 1
    assert "holds" not in said.stdout
