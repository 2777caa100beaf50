#!/usr/bin/env python3
"""Verify an export of a Makegood ledger with nothing but Python's standard library.

    makegood ledger export > ledger.jsonl
    python3 verify_ledger.py ledger.jsonl [--head SIZE:ROOT]

It makes every hash again (SHA-256 over canonical JSON, RFC 8785; Merkle tree,
RFC 6962) and checks that each stream counts 1, 2, 3 … without gaps. With
``--head`` it also checks a root that you noted earlier: a ledger that was
rewritten since cannot have that root at that size. Exit code 0 if it holds,
1 if it does not, 2 if the file cannot be read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path


def canonical(entry: dict[str, object]) -> bytes:
    """Return the entry as RFC 8785 writes it (its values are text and whole numbers)."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def add(peaks: list[bytes], leaf: bytes, *, size: int) -> None:
    """Add a leaf hash to a tree of ``size`` leaves, kept as the roots of its full subtrees."""
    while size & 1:
        leaf = hashlib.sha256(b"\x01" + peaks.pop() + leaf).digest()
        size >>= 1
    peaks.append(leaf)


def root(peaks: list[bytes]) -> str:
    """Return the root of the tree whose full subtrees have these roots."""
    *rest, found = peaks or [hashlib.sha256().digest()]
    for peak in reversed(rest):
        found = hashlib.sha256(b"\x01" + peak + found).digest()
    return found.hex()


def faults(lines: list[dict[str, object]], *, heads: dict[int, str]) -> Iterator[str]:
    """Yield all that is wrong with an export."""
    kept = dict(heads)
    for line in (line for line in lines if "root" in line):
        if kept.setdefault(int(str(line["size"])), str(line["root"])) != line["root"]:
            yield f"The root at {line['size']} entries is not the one you noted."
    peaks: list[bytes] = []
    places: dict[str, int] = {}
    size = 0
    for line in (line for line in lines if "entry" in line):
        entry = line["entry"]
        assert isinstance(entry, dict)
        stream, seq = str(entry["stream"]), entry["seq"]
        places[stream] = places.get(stream, 0) + 1
        if seq != places[stream]:
            yield f"Stream {stream}: entry {places[stream]} is not there; entry {seq} is."
        leaf = hashlib.sha256(b"\x00" + canonical(entry)).digest()
        if leaf.hex() != line["hash"] or line["index"] != size:
            yield f"Entry {seq} of {stream} was changed or moved."
        add(peaks, leaf, size=size)
        size += 1
        if kept.pop(size, root(peaks)) != root(peaks):
            yield f"The root at {size} entries is not the one that was kept."
    for missing in sorted(kept):
        yield f"A root was kept for {missing} entries, but there are only {size}."


def main() -> int:
    """Read the arguments, verify, and say what was found."""
    parser = argparse.ArgumentParser(description="Verify an export of a Makegood ledger.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--head", action="append", default=[], metavar="SIZE:ROOT")
    arguments = parser.parse_args()
    try:
        lines = [json.loads(line) for line in arguments.file.read_text("utf-8").splitlines()]
        heads = {int(size): kept for size, kept in (h.split(":") for h in arguments.head)}
        found = list(faults(lines, heads=heads))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"{arguments.file} is not an export of a ledger: {wrong}", file=sys.stderr)
        return 2
    for fault in found:
        print(fault, file=sys.stderr)
    entries = sum("entry" in line for line in lines)
    print(f"{entries} entries: " + ("they do not hold." if found else "the ledger holds."))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
