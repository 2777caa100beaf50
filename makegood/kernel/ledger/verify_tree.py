"""Holding the tree against its entries: leaves, tiles, roots, and the checkpoints that sign them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from makegood.kernel.ledger.canonical import canonical_entry
from makegood.kernel.ledger.keys import known_keys
from makegood.kernel.ledger.merkle import GrowingTree, leaf_hash
from makegood.kernel.ledger.models import Checkpoint, Leaf, LogKey, Tile, TreeHead
from makegood.kernel.ledger.notes import Head, NotANote, Verifier, read_head, read_note
from makegood.kernel.ledger.tiles import LEVELS, WIDTH

AT_A_TIME = 2000
ENTRY = ("stream", "seq", "at", "actor", "act", "subject", "digest")
Keys = list[tuple[LogKey, Verifier]]


class TreeCheck:
    """One walk along all leaves; ``faults`` says what is wrong, ``tree`` is what they make."""

    def __init__(self, saved: Iterable[str] = ()) -> None:
        self.tree = GrowingTree()
        self._heads = _Ahead(TreeHead.objects.order_by("size").values_list("size", "root"))
        self._tiles = [_Tiles(level) for level in range(LEVELS)]
        self._notes = _Notes(saved)

    def faults(self) -> Iterator[str]:
        """Yield what is wrong, in the order of the tree."""
        fields = ("index", "hash", *(f"entry__{name}" for name in ENTRY))
        leaves = Leaf.objects.order_by("index").values_list(*fields)
        for index, kept, *values in leaves.iterator(chunk_size=AT_A_TIME):
            entry: Any = tuple(values)
            if index != self.tree.size:
                yield f"Tree: leaf {self.tree.size} is not there; leaf {index} follows."
                break
            leaf = leaf_hash(canonical_entry(entry))
            if leaf.hex() != kept:
                stream, seq, _, _, act, subject, _ = entry
                yield f"Entry {stream} {seq} ({act}, {subject}) was changed."
            yield from self._grown(_bytes(kept, leaf))
        yield from self._left_over()

    def _grown(self, leaf: bytes) -> Iterator[str]:
        self.tree.append(leaf)
        self._tiles[0].hashes.append(leaf)
        if self.tree.full:
            for level, root in enumerate(self.tree.full):
                yield from self._tiles[level].faults(root)
                self._tiles[level + 1].hashes.append(root)
            self.tree.full.clear()
        size = self.tree.size
        if self._heads.reaches(size) or size in self._notes.sizes:
            root = self.tree.root()
            for _, kept in self._heads.taken(size):
                if kept != root.hex():
                    yield f"Tree: its root at {size} entries is not the one that was kept."
            yield from self._notes.faults(size, root=root)

    def _left_over(self) -> Iterator[str]:
        beyond = [size for size, _ in self._heads.rest()]
        if beyond:
            more = f" And {len(beyond) - 1} larger ones." if len(beyond) > 1 else ""
            yield (
                f"Tree: a root was kept for {beyond[0]} entries, but those entries are not there.{more}"
            )
        for tiles in self._tiles:
            yield from tiles.left_over()
        yield from self._notes.left_over(self.tree.size)


class _Ahead:
    """Rows in the order of their first column, looked at one ahead."""

    def __init__(self, rows: "QuerySet[Any, tuple[Any, ...]]") -> None:
        self._rows = iter(rows.iterator(chunk_size=AT_A_TIME))
        self._next = next(self._rows, None)

    def reaches(self, key: int) -> bool:
        return self._next is not None and self._next[0] <= key

    def taken(self, key: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows up to ``key``."""
        while self._next is not None and self._next[0] <= key:
            yield self._next
            self._next = next(self._rows, None)

    def rest(self) -> Iterator[tuple[Any, ...]]:
        while self._next is not None:
            yield self._next
            self._next = next(self._rows, None)


class _Tiles:
    """The tiles of one level, beside the hashes that make them."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.hashes: list[bytes] = []
        self._full = 0
        kept = Tile.objects.filter(level=level).order_by("index")
        self._kept = _Ahead(kept.values_list("index", "hashes", "root"))

    def faults(self, root: bytes) -> Iterator[str]:
        """Yield what is wrong with the tile that is full now, and go on to the next one."""
        index, wanted = self._full, (b"".join(self.hashes), root.hex())
        self._full, self.hashes = index + 1, []
        found = [row for row in self._kept.taken(index) if row[0] == index]
        if not found:
            yield f"Tile {self.level}/{index} is not there."
        for _, hashes, kept in found:
            if (bytes(hashes), kept) != wanted:
                yield f"Tile {self.level}/{index} is not made of its entries."

    def left_over(self) -> Iterator[str]:
        for index, *_ in self._kept.rest():
            yield f"Tile {self.level}/{index} is there, but not the {WIDTH} hashes it is made of."


class _Notes:
    """Checkpoints: those that are kept here, and those that somebody saved earlier."""

    def __init__(self, saved: Iterable[str]) -> None:
        self._keys = known_keys()
        self._kept = list(Checkpoint.objects.order_by("head_id"))
        self._saved = list(saved)
        self._by_size: dict[int, list[tuple[str, str, datetime | None]]] = {}
        self._unread: list[str] = []
        for each in self._kept:
            self._place(f"Checkpoint of {each.head_id}", each.note, each.made_at, size=each.head_id)
        for number, note in enumerate(self._saved, start=1):
            self._place(f"Saved checkpoint {number}", note, None)
        self.sizes = self._by_size.keys()

    def _place(
        self, name: str, note: str, made_at: datetime | None, size: int | None = None
    ) -> None:
        try:
            head = read_head(read_note(note).text)
        except NotANote as wrong:
            self._unread.append(f"{name}: it is no checkpoint. {wrong}")
            return
        if size is not None and head.size != size:
            self._unread.append(f"{name}: its note is of {head.size} entries.")
        self._by_size.setdefault(head.size, []).append((name, note, made_at))

    def faults(self, size: int, *, root: bytes) -> Iterator[str]:
        """Yield what is wrong with the checkpoints of the tree at ``size``."""
        for name, note, made_at in self._by_size.pop(size, ()):
            read = read_note(note)
            head = read_head(read.text)
            if head.root != root:
                yield f"{name}: it signs another root than that of the first {size} entries."
            by = [key for key in self._keys if read.signed_by(key[1])]
            if any(read.signed_by(verifier) is False for _, verifier in self._keys):
                yield f"{name}: a signature beneath it is not right."
            elif not _in_force(by, at=made_at):
                yield f"{name}: no key of this ledger signed it."
            elif head != Head(by[0][1].name, size, head.root):
                yield f"{name}: it is called {head.origin}, not {by[0][1].name}."

    def left_over(self, size: int) -> Iterator[str]:
        yield from self._unread
        for more, notes in sorted(self._by_size.items()):
            for name, *_ in notes:
                yield f"{name}: it is of {more} entries, but there are only {size}."


def _in_force(by: Keys, *, at: datetime | None) -> bool:
    if at is None:
        return bool(by)
    return any(
        key.made_at <= at and (key.retired_at is None or at <= key.retired_at) for key, _ in by
    )


def _bytes(kept: str, found: bytes) -> bytes:
    """Return the hash that was kept, so that a fault is told once; where it is none, the true one."""
    try:
        read = bytes.fromhex(kept)
    except ValueError:
        return found
    return read if len(read) == len(found) else found
