"""The ledger: how fast entries are hashed, rows held against digests, and entries written.

Hashing is what verifying does with an entry: its canonical bytes, its leaf, its place in the tree. It
is measured beside the library that writes canonical JSON of any kind. The rest is measured in a database
of its own, a SQLite file on this disk; an act is a transaction that writes a row anyway, as a page would
do it. All is in seconds of one processor, so that what else the machine does is left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from makegood.kernel.ledger.canonical import EntryValues, canonical, canonical_entry
from makegood.kernel.ledger.merkle import GrowingTree, leaf_hash

ROOT = Path(__file__).resolve().parents[1]
MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")
HASHED, WRITTEN = 300_000, 2_000
NAMES = ("stream", "seq", "at", "actor", "act", "subject", "digest")
WRITE = """
import time
from django.db import transaction
from django.utils import timezone
from makegood.kernel.ledger import append
from makegood.kernel.ledger.models import LogKey, Stream
from makegood.kernel.ledger.verify_tree import TreeCheck
key = LogKey.objects.get()
def write(count, folded):
    began = time.process_time()
    for _ in range(count):
        with transaction.atomic():
            Stream.objects.filter(name=append.TREE).update(length=0)
            if folded is not None:
                append.record(key, act="look_again", stream="many", by=None, now=timezone.now())
    return (time.process_time() - began) / count
fold = append._fold_in
write(50, True)
alone = write(COUNT, None)
append._fold_in = lambda entry: None
entry = write(COUNT, True)
append._fold_in = fold
append.integrate()
whole = write(COUNT, True)
with transaction.atomic():
    for _ in range(50_000):
        append.record(key, act="look_again", stream="many", by=None, now=timezone.now())
append.integrate()
began, check = time.process_time(), TreeCheck()
assert list(check.faults()) == []
checked = check.tree.size / (time.process_time() - began)
rows = [LogKey(pk=n, salt="a" * 32, verifier="v" * 90, made_at=timezone.now()) for n in range(20000)]
began = time.process_time()
for row in rows:
    row.ledger_digest()
digests = len(rows) / (time.process_time() - began)
print(f"{(entry - alone) * 1000:.2f} {(whole - alone) * 1000:.2f} {checked:.0f} {digests:.0f}")
"""


def bench_ledger() -> Iterator[tuple[str, str, str]]:
    """Yield entries hashed a second, and what one costs to write, with and without its place in the tree."""
    made = _entries(HASHED)
    began = time.process_time()
    tree = GrowingTree()
    for values in made:
        tree.append(leaf_hash(canonical_entry(values)))
        if tree.full:
            tree.full.clear()
    hashed = HASHED / (time.process_time() - began)
    began = time.process_time()
    for values in made[: HASHED // 20]:
        leaf_hash(canonical(dict(zip(NAMES, values, strict=True))))
    beside = HASHED / 20 / (time.process_time() - began)
    yield (
        f"the ledger, {HASHED:,} entries: bytes, leaf, tree",
        f"{hashed:,.0f}/s",
        f"{hashed / beside:.0f} times any canonical JSON",
    )
    entry, whole, checked, digests = _in_a_database()
    yield "an entry, appended in its act", f"{entry} ms", "at most 2 ms"
    yield "the same, put in the tree after it", f"{whole} ms", "a transaction of its own"
    yield "entries verified out of the database", f"{float(checked):,.0f}/s", "leaves, tiles, roots"
    yield "rows held against digests", f"{float(digests):,.0f}/s", "without their reading"


def _entries(count: int) -> list[EntryValues]:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    actor, digest = "0b9c2a4e-6d1f-4b5a-9c3e-8f7a6b5c4d3e", "5852dd395792d5c1" * 4
    return [
        (
            "contract/K-7Q2M",
            seq,
            at,
            actor,
            "capture_measurement",
            f"measures.measurement:{seq}",
            digest,
        )
        for seq in range(1, count + 1)
    ]


def _in_a_database() -> list[str]:
    with TemporaryDirectory() as home:
        environment = os.environ | {"MAKEGOOD_HOME": home, "PYTHONPATH": str(ROOT)}

        def run(*words: str) -> str:
            ran = subprocess.run(
                [*MAKEGOOD, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )  # fmt: skip
            return ran.stdout

        run("migrate", "--verbosity", "0")
        run("ledger", "key")
        said = run("shell", "--verbosity", "0", "-c", WRITE.replace("COUNT", str(WRITTEN)))
    return said.split()
