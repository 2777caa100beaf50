"""How many items a sample needs."""

from collections.abc import Mapping

from makegood_engine.sampling.bound import error_bound, most_wrong
from makegood_engine.sampling.draw import shares


def sample_size(
    sizes: Mapping[str, int],
    *,
    confidence: float = 0.95,
    tolerable: float = 0.10,
    allowed: int = 0,
) -> int:
    """The smallest sample after which the bound is no more than `tolerable`.

    `sizes` are the items of each provider; `allowed` is how many may be found wrong. Everything
    is drawn where nothing less will do. Raises `ValueError` unless 0 < tolerable < 1.
    """
    total = sum(sizes.values())
    if not 0 < tolerable < 1 or total < 1 or allowed < 0:
        raise ValueError("tolerable must be between 0 and 1, with items, and none allowed below 0")
    low, high = min(allowed + 1, total), total
    while low < high:
        middle = (low + high) // 2
        if most_wrong(total, middle, allowed, confidence=confidence) <= tolerable * total:
            high = middle
        else:
            low = middle + 1
    while low < total and not _is_enough(sizes, low, confidence, tolerable, allowed):
        low += max(1, low // 50)
    return min(low, total)


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
