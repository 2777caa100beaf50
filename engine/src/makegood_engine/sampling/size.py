"""How many items a sample needs."""

from bisect import bisect_left
from collections.abc import Callable, Mapping

from makegood_engine.sampling.bound import error_bound, most_wrong
from makegood_engine.sampling.draw import shares


def sample_size(
    sizes: Mapping[str, int],
    *,
    confidence: float = 0.95,
    tolerable: float = 0.10,
    allowed: int = 0,
) -> int:
    """The smallest `size` to draw after which the bound is no more than `tolerable`.

    No smaller one will do; a larger one may not, where rounding draws less from the provider that
    could hide most. More than `size` are drawn where each must give one (`shares`). `sizes` are the
    items of each provider; `allowed` is how many may be found wrong (above 0 it takes seconds for
    twenty providers). All are drawn where no fewer will do. Raises `ValueError` unless
    0 < tolerable < 1.
    """
    total = sum(sizes.values())
    if not 0 < tolerable < 1 or total < 1 or allowed < 0:
        raise ValueError("tolerable must be between 0 and 1, with items, and none allowed below 0")
    fewest = _bisected(
        range(min(allowed + 1, total), total),
        lambda drawn: most_wrong(total, drawn, allowed, confidence=confidence) / total <= tolerable,
    )  # of all together: no way to share a sample over providers does better
    least = _bisected(
        range(1, total), lambda size: sum(shares(sizes, size=size).values()) >= fewest
    )
    enough = (
        n for n in range(least, total) if _is_enough(sizes, n, confidence, tolerable, allowed)
    )
    return next(enough, total)


def _bisected(numbers: range, holds: Callable[[int], bool]) -> int:
    """The first of `numbers` from which on something holds, or the one after the last."""
    return numbers.start + bisect_left(numbers, 1, key=holds)


def _is_enough(
    sizes: Mapping[str, int], size: int, confidence: float, tolerable: float, allowed: int
) -> bool:
    """Whether the bound holds once the sample is shared over providers."""
    given = shares(sizes, size=size)
    left = allowed
    strata = []
    for name, many in given.items():
        found = min(left, many)
        left -= found
        strata.append((sizes[name], many, found))
    return error_bound(strata, confidence=confidence).upper <= tolerable
