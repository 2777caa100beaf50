"""How the tree is cut into tiles (c2sp.org/tlog-tiles): what each holds, and its address.

A tile holds up to 256 hashes side by side. On level 0 they are leaves; on each level above, the roots
of full tiles of the level below. Nothing here knows where they are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVELS = 8
"""More than a log can fill: on level 7 one tile stands for 2⁶⁴ entries."""
GROUP = 1000
"""Numbers of tiles are written in groups of three digits, as folders."""
ADDRESS = re.compile(r"(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A tile: its level, its number there, and how many hashes of it there are."""

    level: int = 0
    index: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        return self.width == WIDTH

    @property
    def start(self) -> int:
        """Return the number of the first hash of this tile, counted along its level."""
        return self.index * WIDTH

    @property
    def address(self) -> str:
        """Return its number as an address: ``x001/x234/067``, with ``.p/12`` while it is not full."""
        groups, rest = [f"{self.index % GROUP:03}"], self.index // GROUP
        while rest:
            groups.append(f"x{rest % GROUP:03}")
            rest //= GROUP
        return "/".join(reversed(groups)) + ("" if self.is_full else f".p/{self.width}")

    def is_of(self, size: int) -> bool:
        """Return whether a tree of ``size`` has this tile, in this width."""
        return self.width == width_at(size, level=self.level, index=self.index)

    def sizes(self) -> tuple[int, int]:
        """Return the smallest tree that has this tile in this width, and the first that does no more."""
        per_hash = WIDTH**self.level
        smallest = (self.start + self.width) * per_hash
        return smallest, smallest + per_hash


def read_address(address: str, *, level: int = 0) -> Place:
    """Return the tile with this address, or raise ValueError: each tile has one way to be written."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"{address} is no address of a tile.")
    index = int(found["index"].replace("x", "").replace("/", ""))
    place = Place(level=level, index=index, width=int(found["width"] or WIDTH))
    if place.address != address or place.width > WIDTH or level >= LEVELS:
        raise ValueError(f"{address} is no address of a tile.")
    return place


def width_at(size: int, *, level: int, index: int) -> int:
    """Return how many hashes a tile has in a tree of ``size``: none, some, or all 256."""
    along = size >> (HEIGHT * level)
    return max(0, min(WIDTH, along - index * WIDTH))


def newly_full(before: int, after: int) -> Iterator[tuple[int, range]]:
    """Yield, level by level, which tiles became full as the tree grew from one size to another."""
    for level in range(LEVELS):
        high = HEIGHT * (level + 1)
        full = range(before >> high, after >> high)
        if not full:
            return
        yield level, full
