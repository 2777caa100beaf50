"""The most that may be wrong among all items, given what was found wrong in a sample.

Exact for a finite population: the bound is the largest number of wrong items under which finding
so few would still happen more often than 1 − confidence. Sources: hypergeometric confidence
limits, Buonaccorsi (1987); for strata, the same test under the least favourable spread of errors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

Floats = NDArray[np.float64]
TIE = 1e-12
"""How near to 1 − confidence a chance may come and still count as above it."""
METHOD_ONE = "exact hypergeometric upper bound, one-sided"
METHOD_MANY = (
    "exact hypergeometric upper bound, one-sided, under the spread of errors over providers that "
    "would hide most; it is never too low, and may be a little too high"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a checked sample says of all items.

    `wrong` of `drawn` from `items` were wrong; `rate` estimates the share wrong among all (by
    provider, weighted by its items); at most `most_wrong` items, a share of `upper`, are wrong
    at `confidence`. `sentence` says so: to the nearest tenth of one per cent, and where that is under
    one per cent to two figures, rounded up. `exactly` is the bound as it stands, 16 of 130.
    """

    items: int
    drawn: int
    wrong: int
    rate: float
    most_wrong: int
    upper: float
    confidence: float
    method: str
    sentence: str
    exactly: str

    def keeps(self, tolerable: float) -> bool:
        """Whether no more than this share is wrong, as sure as the bound is."""
        return self.most_wrong / self.items <= tolerable


def most_wrong(items: int, drawn: int, wrong: int, *, confidence: float = 0.95) -> int:
    """The most of `items` that may be wrong when `wrong` of `drawn` at random were.

    Raises `ValueError` unless 0 ≤ wrong ≤ drawn ≤ items, drawn ≥ 1 and 0 < confidence < 1.
    """
    _check([(items, drawn, wrong)], confidence)
    low, high = wrong, items - (drawn - wrong)
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeom.cdf(wrong, items, middle, drawn) > 1 - confidence - TIE:
            low = middle
        else:
            high = middle - 1
    return low


def error_bound(strata: Sequence[tuple[int, int, int]], *, confidence: float = 0.95) -> Bound:
    """Bound the errors among all items from (items, drawn, wrong) of each provider.

    With one provider the bound is exact. With several it is the test of the total found wrong,
    under whichever spread of errors over providers makes so few most likely: conservative.
    Raises `ValueError` as `most_wrong` does, for any provider.
    """
    _check(strata, confidence)
    items, drawn, wrong = (sum(part[i] for part in strata) for i in range(3))
    if len(strata) == 1:
        most = most_wrong(items, drawn, wrong, confidence=confidence)
    else:
        most = _most_over_strata(strata, wrong, confidence)
    rate = sum(held * found / taken for held, taken, found in strata) / items
    upper = most / items
    said = f"{wrong:,}" if wrong else "none"
    sentence = (
        f"{said[:1].upper()}{said[1:]} wrong of {drawn:,} drawn from {items:,}: "
        f"at most {_per_cent(most, items)}% wrong, {100 * confidence:.12g}% sure."
    )
    method = METHOD_ONE if len(strata) == 1 else METHOD_MANY
    return Bound(items, drawn, wrong, rate, most, upper, confidence, method, sentence,
                 f"{most:,} of {items:,}")  # fmt: skip


def _per_cent(most: int, items: int) -> str:
    """A bound in per cent: no more than half a tenth too low, and never said to be nothing."""
    if 100 * most >= items or not most:
        return f"{100 * most / items:.1f}"
    figures = 1 - floor(log10(100 * most / items))
    return f"{-(-100 * most * 10**figures // items) / 10**figures:.{figures}f}"


def _check(strata: Sequence[tuple[int, int, int]], confidence: float) -> None:
    if not 0 < confidence < 1 or not strata:
        raise ValueError("confidence must be between 0 and 1, and there must be a provider")
    for items, drawn, wrong in strata:
        if not (0 <= wrong <= drawn <= items and drawn >= 1):
            raise ValueError("0 ≤ wrong ≤ drawn ≤ items, and drawn ≥ 1, for every provider")


def _most_over_strata(strata: Sequence[tuple[int, int, int]], wrong: int, confidence: float) -> int:
    """The largest total under which so few are likelier than 1 − confidence, for some spread."""
    items = sum(held for held, _, _ in strata)
    if wrong == 0:
        return int((_none_found(strata) > 1 - confidence - TIE).sum())
    limit = 64
    while True:
        chances = _best_chances(strata, wrong, min(limit, items))
        likely = np.flatnonzero(chances > 1 - confidence - TIE)
        most = int(likely[-1]) if len(likely) else 0
        if most < limit or limit >= items:
            return max(most, wrong)
        limit *= 2


def _none_found(strata: Sequence[tuple[int, int, int]]) -> Floats:
    """For each total of errors from 1, the best chance over all spreads that none is found.

    One error more among m of a provider that has `items` leaves the part
    (items − m − drawn) ÷ (items − m) of its chance, which falls as m grows. So the best spread of a
    total is that of its largest parts. Shape [items not drawn].
    """
    parts = [
        np.arange(items - drawn, 0, -1) / np.arange(items, drawn, -1) for items, drawn, _ in strata
    ]
    return np.asarray(np.cumprod(np.sort(np.concatenate(parts))[::-1]))


def _best_chances(strata: Sequence[tuple[int, int, int]], wrong: int, limit: int) -> Floats:
    """For each total of errors to `limit`, at least the best chance of finding `wrong` or fewer.

    Provider by provider, the chance of each number found or fewer is kept at its best over all
    spreads so far. The best of each number may come from different spreads, so the last
    chance is never too low. Shape [limit + 1].
    """
    best = np.ones((1, wrong + 1))
    for items, drawn, _ in strata:
        reach = min(len(best) + items, limit + 1)
        longer = np.zeros((reach, wrong + 1))
        numbers = np.arange(wrong + 1)
        for errors in range(min(items, limit) + 1):
            found = hypergeom.pmf(numbers, items, errors, drawn)
            part = best[: reach - errors]
            chance = sum(
                np.pad(part[:, : wrong + 1 - i], ((0, 0), (i, 0))) * found[i]
                for i in range(wrong + 1)
            )
            into = longer[errors : errors + len(part)]
            np.maximum(into, chance, out=into)
        best = longer
    padded = np.zeros(limit + 1)
    padded[: len(best)] = best[:, wrong]
    return padded
