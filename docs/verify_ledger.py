#!/usr/bin/env python3
"""Verify a Makegood ledger with nothing but Python's standard library: one file, to be read first.

    python3 verify_ledger.py ledger.jsonl               an export (makegood ledger export)
    python3 verify_ledger.py https://example.org/ledger/    a ledger as it is served
    python3 verify_ledger.py --proof 3.tlog-proof       that one entry stands in it
    python3 verify_ledger.py --proof grown.txt --checkpoint saved.txt   that lines were only added

It makes every hash again (SHA-256 over canonical JSON, RFC 8785; Merkle tree, RFC 6962), checks that
each stream counts 1, 2, 3 … without gaps, and holds the result against every root that was kept.

Add ``--checkpoint FILE`` for each checkpoint you saved earlier, or ``--head SIZE:ROOT`` for a root
you noted: a ledger that was rewritten since cannot have that root at that size. Add ``--key KEY`` to
check who signed (Ed25519, RFC 8032); the key stands on the page of the ledger: note it once.

Exit code 0 if it holds, 1 if it does not, 2 if it cannot be read.
"""

import argparse
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

WIDTH, HASH = 256, 32
NOTE_BYTES, BUNDLE_BYTES = 1_000_000, WIDTH * (2 + 65_535)
MOST = 20_000_000
SECONDS = 60


class Unreadable(Exception):
    """What was given is not what it should be, or cannot be fetched."""


# ------------------------------------------------------------------ hashes and trees


def leaf_of(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def canonical(entry: dict[str, object]) -> bytes:
    """Return the entry as RFC 8785 writes it (its values are text and whole numbers)."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


class Tree:
    """A tree that grows leaf by leaf, kept as the roots of its full subtrees."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = 0, []  # type: int, list[bytes]
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf = node(self.peaks.pop(), leaf)
            size >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        *rest, found = self.peaks or [hashlib.sha256().digest()]
        for peak in reversed(rest):
            found = node(peak, found)
        return found


def walk(old: int, size: int, *, to_leaf: bool) -> tuple[int, list[int]]:
    """Return where a proof begins in a tree of ``size``, and where the hash of each of its steps does.

    It walks down to the first ``old`` leaves, or to the last leaf of them, and is read from there up.
    """
    start, stop, steps = 0, size, []
    while stop - start > 1 if to_leaf else stop != old:
        middle = start + (1 << ((stop - start - 1).bit_length() - 1))
        if old <= middle:
            steps.append(middle)
            stop = middle
        else:
            steps.append(start)
            start = middle
    return start, steps[::-1]


# ------------------------------------------------------------------ signatures (RFC 8032, 5.1)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def x_of(y: int, sign: int) -> int | None:
    """Return the x that belongs to a y on the curve, with this sign; None where there is none."""
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (not x and sign):
        return None
    return P - x if x & 1 != sign else x


def plus(a: Point, b: Point) -> Point:
    one = (a[1] - a[0]) * (b[1] - b[0]) % P
    two = (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * CURVE % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(count: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while count:
        if count & 1:
            found = plus(found, point)
        point, count = plus(point, point), count >> 1
    return found


def point_of(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = x_of(y, number >> 255) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, -1, P) % P
BASE = point_of(BASE_Y.to_bytes(32, "little"))


def is_signed(text: bytes, *, signature: bytes, key: bytes) -> bool:
    """Return whether ``signature`` is that of the public ``key`` under ``text``."""
    public, given = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or given is None or BASE is None or len(signature) != 64 or scalar >= ORDER:
        return False
    told = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), plus(given, times(told, public))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ------------------------------------------------------------------ checkpoints (C2SP)


class Checkpoint:
    """A signed note that says how many entries a ledger has, and their root."""

    def __init__(self, written: str, name: str) -> None:
        text, gap, beneath = written.rpartition("\n\n")
        self.name, self.text = name, f"{text}\n"
        try:
            self.origin, size, root = self.text.split("\n")[:3]
            if not gap or not re.fullmatch("0|[1-9][0-9]{0,18}", size):
                raise ValueError("it is no signed note")
            self.size, self.root = int(size), b64decode(root, validate=True)
            self.signatures = [_signature(line) for line in beneath.splitlines()]
        except ValueError as wrong:
            raise Unreadable(f"{name} is not a checkpoint: {wrong}") from wrong

    def fault(self, keys: list["Key"]) -> str | None:
        """Return what is wrong with its signatures, if anything, to whoever trusts ``keys``."""
        signed = False
        for key in keys:
            for name, key_id, signature in self.signatures:
                if (name, key_id) == (key.name, key.key_id):
                    if not is_signed(self.text.encode(), signature=signature, key=key.key):
                        return f"{self.name}: a signature beneath it is not right."
                    signed = signed or self.origin == key.name
        return None if signed else f"{self.name}: no key you trust signed it."


class Key:
    """A public key, as the page of the ledger says it: name, four bytes of its hash, and itself."""

    def __init__(self, written: str) -> None:
        name, _, rest = written.strip().partition("+")
        claimed, _, encoded = rest.partition("+")
        try:
            key = b64decode(encoded, validate=True)
        except ValueError as wrong:
            raise Unreadable(f"{written} is not a key: {wrong}") from wrong
        self.name, self.key = name, key[1:]
        self.key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
        if key[:1] != b"\x01" or len(self.key) != 32 or claimed != self.key_id.hex():
            raise Unreadable(f"{written} is not an Ed25519 key.")


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, encoded = line.split(" ")
    signed = b64decode(encoded, validate=True)
    if dash != "—" or len(signed) <= 4:
        raise ValueError(f"{line} is no signature")
    return name, signed[:4], signed[4:]


# ------------------------------------------------------------------ a whole ledger


class Held:
    """Entries as they come, held against streams, and against every root known of the tree."""

    def __init__(self, roots: Iterable[tuple[int, bytes, str]]) -> None:
        self.tree, self.unknown, self._skipped = Tree(), 0, 0
        self.roots: dict[int, list[tuple[bytes, str]]] = {}
        self._places: dict[str, int] = {}
        for size, root, said in roots:
            self.roots.setdefault(size, []).append((root, said))

    def add(self, entry: bytes) -> Iterator[str]:
        """Add an entry, in its canonical bytes; yield what is wrong with it."""
        told = json.loads(entry)
        if canonical(told) != entry:
            yield f"Entry {self.tree.size} is not written in the canonical way."
        stream, seq = str(told["stream"]), told["seq"]
        wanted = self._places.get(stream, 0) + 1
        self._places[stream] = seq
        self._skipped += max(0, int(seq) - wanted)
        if seq < wanted or (seq > wanted and self._skipped > self.unknown):
            yield f"Stream {stream}: entry {wanted} is not there; entry {seq} is."
        yield from self.grow(leaf_of(entry))

    def grow(self, leaf: bytes) -> Iterator[str]:
        self.tree.add(leaf)
        for root, said in self.roots.pop(self.tree.size, ()):
            if root != self.tree.root():
                yield f"The root at {self.tree.size} entries is not the one {said}."

    def left_over(self) -> Iterator[str]:
        for size, roots in sorted(self.roots.items()):
            for root, said in roots:
                if size or root != Tree().root():
                    yield f"The root {said} is of {size} entries, but there are {self.tree.size}."


def exported_faults(lines: list[dict[str, object]], held: Held) -> Iterator[str]:
    """Yield all that is wrong with an export."""
    for line in (line for line in lines if "root" in line):
        root = bytes.fromhex(str(line["root"]))
        held.roots.setdefault(int(str(line["size"])), []).append((root, "that was kept"))
    for line in (line for line in lines if "entry" in line):
        entry = line["entry"]
        if not isinstance(entry, dict):
            raise Unreadable("An entry is no record.")
        data = canonical(entry)
        if leaf_of(data).hex() != line["hash"] or line["index"] != held.tree.size:
            yield f"Entry {entry.get('seq')} of {entry.get('stream')} was changed or moved."
        yield from held.add(data)
    yield from held.left_over()


class Served:
    """A ledger at an address: over http or https alone, and no answer longer than it can rightly be."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._opener = urllib.request.OpenerDirector()
        known = ("Proxy", "Unknown", "HTTP", "HTTPS", "HTTPDefaultError", "HTTPRedirect")
        handlers = [getattr(urllib.request, f"{name}Handler") for name in known]
        for handler in (*handlers, urllib.request.HTTPErrorProcessor):
            self._opener.add_handler(handler())

    def get(self, path: str, *, most: int) -> bytes | None:
        """Return what stands there; None where it is kept back for now (403)."""
        try:
            with self._opener.open(f"{self.address}/{path}", timeout=SECONDS) as answer:
                found: bytes = answer.read(most + 1)
        except urllib.error.HTTPError as wrong:
            if wrong.code == 403:
                return None
            raise Unreadable(f"{self.address}/{path} answers {wrong.code}.") from wrong
        except (OSError, ValueError) as wrong:
            raise Unreadable(f"{self.address}/{path} cannot be read: {wrong}") from wrong
        if len(found) > most:
            raise Unreadable(f"{self.address}/{path} is longer than it can be.")
        return found

    def checkpoint(self) -> Checkpoint:
        written = self.get("checkpoint", most=NOTE_BYTES) or b""
        return Checkpoint(written.decode("utf-8", "replace"), "The newest checkpoint")

    def tile(self, level: int, index: int, width: int) -> bytes:
        found = self.get(f"tile/{level}/{_address(index, width)}", most=WIDTH * HASH) or b""
        if len(found) != width * HASH:
            raise Unreadable(f"Tile {level}/{index} has {len(found)} bytes.")
        return found

    def entries(self, index: int, width: int) -> list[bytes] | None:
        data = self.get(f"tile/entries/{_address(index, width)}", most=BUNDLE_BYTES)
        if data is None:
            return None
        found = []
        while data:
            length = int.from_bytes(data[:2], "big")
            found.append(data[2 : 2 + length])
            data = data[2 + length :]
        if len(found) != width:
            raise Unreadable(f"Bundle {index} has {len(found)} entries.")
        return found


def _address(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


def served_faults(served: Served, size: int, held: Held) -> Iterator[str]:
    """Yield all that is wrong with a ledger that is served: entries, and tiles on every level."""
    level, above = 0, []  # type: int, list[bytes]
    for index in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        tile = served.tile(level, index, width)
        hashes = [tile[at : at + HASH] for at in range(0, len(tile), HASH)]
        entries = served.entries(index, width)
        for hashed, entry in zip(hashes, entries or [None] * width, strict=True):
            if entry is None:
                held.unknown += 1  # only its hash is told yet
                yield from held.grow(hashed)
                continue
            if leaf_of(entry) != hashed:
                yield f"Entry {held.tree.size} is not the one its tile has."
            yield from held.add(entry)
        above += _roots_of(hashes)
    while above:
        level += 1
        hashes, above = above, []
        for index in range((len(hashes) + WIDTH - 1) // WIDTH):
            part = hashes[index * WIDTH : (index + 1) * WIDTH]
            if served.tile(level, index, len(part)) != b"".join(part):
                yield f"Tile {level}/{index} is not made of the tiles below it."
            above += _roots_of(part)
    yield from held.left_over()


def _roots_of(hashes: list[bytes]) -> list[bytes]:
    """Return the root of a full tile; of one that is not full, nothing."""
    return [Tree(hashes).root()] if len(hashes) == WIDTH else []


def proof_faults(proof: str, *, keys: list[Key], saved: list[Checkpoint], entry: bytes | None) -> Iterator[str]:
    """Yield what is wrong with a proof of inclusion (tlog-proof), or of consistency (tlog-witness)."""
    top, _, note = proof.partition("\n\n")
    lines = top.split("\n")
    checkpoint = Checkpoint(note, "The checkpoint of the proof")
    if keys and (fault := checkpoint.fault(keys)):
        yield fault
    if lines[0].startswith("old "):
        yield from _grown_faults(int(lines[0][4:]), _hashes(lines[1:]), checkpoint, saved)
        return
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Unreadable("The proof is of a kind that is not known here.")
    if lines and lines[0].startswith("extra "):
        extra = b64decode(lines.pop(0)[6:], validate=True)
        entry = extra if entry is None else entry
    index, path = int(lines[0].removeprefix("index ")), _hashes(lines[1:])
    if entry is None:
        raise Unreadable("The proof says nothing of the entry itself: give it with --entry FILE.")
    if not 0 <= index < checkpoint.size:
        yield f"There is no entry {index} among {checkpoint.size}."
        return
    _, starts = walk(index + 1, checkpoint.size, to_leaf=True)
    found = leaf_of(entry)
    if len(starts) != len(path):
        yield "The proof has not as many hashes as it should."
        return
    for start, hashed in zip(starts, path, strict=True):
        found = node(found, hashed) if start > index else node(hashed, found)
    if found != checkpoint.root:
        yield "The entry and its proof do not give the root that was signed."


def _grown_faults(
    old: int, path: list[bytes], checkpoint: Checkpoint, saved: list[Checkpoint]
) -> Iterator[str]:
    before = next((each for each in saved if each.size == old), None)
    if before is None:
        raise Unreadable(f"Give the checkpoint of {old} entries that you saved: --checkpoint FILE.")
    if not 0 < old <= checkpoint.size:
        yield f"The proof is of {checkpoint.size} entries, and there were {old} before."
        return
    beginning, starts = walk(old, checkpoint.size, to_leaf=False)
    if len(path) != bool(beginning) + len(starts):
        yield "The proof has not as many hashes as it should."
        return
    first = last = path.pop(0) if beginning else before.root
    for start, hashed in zip(starts, path, strict=True):
        if start >= old:
            last = node(last, hashed)
        else:
            first, last = node(hashed, first), node(hashed, last)
    if first != before.root:
        yield f"The first {old} entries are not those of the checkpoint that you saved."
    if last != checkpoint.root:
        yield "The proof does not give the root that was signed."


def _hashes(lines: list[str]) -> list[bytes]:
    found = [b64decode(line, validate=True) for line in lines]
    if any(len(each) != HASH or b64encode(each).decode() != line for each, line in zip(found, lines, strict=True)):
        raise Unreadable("A hash of the proof is no hash.")
    return found


def main() -> int:
    """Read the arguments, verify, and say what was found."""
    arguments = _arguments()
    try:
        keys = [Key(each) for each in arguments.key]
        saved = [Checkpoint(each.read_text("utf-8"), str(each)) for each in arguments.checkpoint]
        faults, said = _checked(arguments, keys, saved)
    except (Unreadable, OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        print(f"{arguments.source or arguments.proof} is not an export of a ledger, an address of one, or a proof: {wrong}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault, file=sys.stderr)
    print(said + ("they do not hold." if faults else "the ledger holds."))
    if not keys:
        print("Who signed was not checked: give the key with --key.")
    return 1 if faults else 0


def _checked(
    arguments: argparse.Namespace, keys: list[Key], saved: list[Checkpoint]
) -> tuple[list[str], str]:
    """Return all that is wrong, and what was looked at."""
    faults = [fault for each in saved if keys and (fault := each.fault(keys))]
    if arguments.proof:
        entry = arguments.entry.read_bytes() if arguments.entry else None
        proof = arguments.proof.read_text("utf-8")
        faults += proof_faults(proof, keys=keys, saved=saved, entry=entry)
        return faults, "One proof: "
    roots = [(each.size, each.root, f"of {each.name}") for each in saved]
    heads = (each.split(":") for each in arguments.head)
    held = Held([*roots, *((int(size), bytes.fromhex(root), "you noted") for size, root in heads)])
    if re.match("https?://", arguments.source):
        served = Served(arguments.source)
        newest = served.checkpoint()
        if newest.size > arguments.most:
            raise Unreadable(f"it says it has {newest.size} entries; --most allows {arguments.most}")
        faults += [fault] if keys and (fault := newest.fault(keys)) else []
        held.roots.setdefault(newest.size, []).append((newest.root, "that was signed"))
        faults += served_faults(served, newest.size, held)
    else:
        lines = [json.loads(line) for line in Path(arguments.source).read_text("utf-8").splitlines()]
        faults += _noted(lines, held, keys)
        faults += exported_faults(lines, held)
    back = f" ({held.unknown} are told later; their hashes hold)" if held.unknown else ""
    return faults, f"{held.tree.size} entries{back}: "


def _noted(lines: list[dict[str, object]], held: Held, keys: list[Key]) -> list[str]:
    """Return what is wrong with the checkpoints of an export; the tree is held against each."""
    if not all(isinstance(line, dict) for line in lines):
        raise Unreadable("Not every line of it is a record.")
    notes = [Checkpoint(str(line["note"]), "A checkpoint") for line in lines if "note" in line]
    own = [Key(str(line["key"])) for line in lines if "key" in line]
    for note in notes:
        note.name = f"The checkpoint of {note.size}"
        held.roots.setdefault(note.size, []).append((note.root, "that was signed"))
    found = [fault for note in notes if (fault := note.fault([*own, *keys]))]
    newest = max(notes, key=lambda note: note.size, default=None)
    if keys and newest and (fault := newest.fault(keys)) and fault not in found:
        found.append(fault)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Verify a Makegood ledger.")
    parser.add_argument("source", nargs="?", default="", help="an export, or the address of a ledger")
    parser.add_argument("--proof", type=Path, metavar="FILE", help="a proof, in place of a ledger")
    parser.add_argument("--entry", type=Path, metavar="FILE", help="the entry it is of, if not in it")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--head", action="append", default=[], metavar="SIZE:ROOT")
    parser.add_argument("--key", action="append", default=[], metavar="KEY")
    parser.add_argument("--most", type=int, default=MOST, help=f"entries to read at most ({MOST})")
    arguments = parser.parse_args()
    if bool(arguments.source) == bool(arguments.proof):
        parser.error("give an export or an address, or --proof FILE")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
