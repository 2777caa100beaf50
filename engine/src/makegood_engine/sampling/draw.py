"""A sample drawn from a seed, so that anyone can draw it again with any program."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

ALGORITHM = (
    "sha256-line-1: within each provider, items stand in line by the SHA-256 (in hexadecimal) of the "
    "seed, a line break and the item's name, all in UTF-8; the first in line are drawn. Each provider "
    "gives one item at least, and the rest go by its share of all items (largest remainder; a tie "
    "goes to the provider whose name comes first)."
)
"""How a sample is drawn, in words enough to draw it again."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn item: its place in its provider's line, and the hash that put it there."""

    item: str
    provider: str
    place: int
    hash: str


def place_in_line(item: str, *, seed: str) -> str:
    """The SHA-256, in hexadecimal, of the seed, a line break and the item's name, in UTF-8."""
    return sha256(f"{seed}\n{item}".encode()).hexdigest()


def shares(sizes: Mapping[str, int], *, size: int) -> dict[str, int]:
    """How many of `size` each provider gives: one at least, never more than it has.

    Each provider's exact share is size × its items ÷ all items; it gives the whole part of that,
    or one; what is still to give goes one by one to the largest remainder. Where the ones
    already come to more than `size`, the sample is larger than asked. Raises `ValueError`
    unless `size` is 1 or more and every provider has an item.
    """
    if size < 1 or not sizes or min(sizes.values()) < 1:
        raise ValueError("size must be 1 or more, and every provider must have an item")
    total = sum(sizes.values())
    size = min(size, total)
    given = {name: max(1, size * held // total) for name, held in sizes.items()}
    while sum(given.values()) < size:
        room = [name for name, held in sizes.items() if given[name] < held]
        given[
            max(sorted(room, reverse=True), key=lambda n: size * sizes[n] - total * given[n])
        ] += 1
    return given


def size_for(sizes: Mapping[str, int], *, drawn: int) -> int:
    """The size that was asked of a sample in which `drawn` came: the least that gives so many or more.

    Where each provider must give one, more may come than were asked for. All sizes that give the
    same number draw the same items.
    """
    numbers = range(1, sum(sizes.values()))
    return 1 + bisect_left(numbers, drawn, key=lambda size: sum(shares(sizes, size=size).values()))


def draw_sample(
    items: Sequence[str], providers: Sequence[str], *, seed: str, size: int
) -> list[Drawn]:
    """Draw `size` items (more where there are more providers), by provider and place in line.

    The answer depends on nothing but the names, the seed and the size: not on the order of the
    items, and on no library's random numbers. Raises `ValueError` for a size below 1.
    """
    lines: dict[str, list[tuple[str, str]]] = {}
    for item, provider in zip(items, providers, strict=True):
        lines.setdefault(provider, []).append((place_in_line(item, seed=seed), item))
    given = shares({name: len(lines[name]) for name in sorted(lines)}, size=size)
    return [
        Drawn(item, provider, place, code)
        for provider, many in given.items()
        for place, (code, item) in enumerate(sorted(lines[provider])[:many], start=1)
    ]
