"""How common each theme is, by group, with Wilson intervals and small numbers hidden."""

from dataclasses import dataclass
from functools import partial
from statistics import NormalDist

import numpy as np

from makegood_engine.themes.codings import Codings
from makegood_engine.themes.suppression import Bools, hide

RULE = (
    "A story has a theme where at least half of the coders who judged it gave the code "
    "(a value above 0)."
)
"""When a story counts as having a theme."""
ALL = "all"
"""The name of the line over all groups."""


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How many stories of one group have a theme.

    `count` of `stories`, their `share` with a Wilson interval `lower` to `upper`. Where `suppressed`,
    all are None but `stories`, which is so where it too must be hidden. The group `all` is over all
    groups, and the only line of a theme where there is but one group.
    """

    theme: str
    group: str
    count: int | None
    stories: int | None
    share: float | None
    lower: float | None
    upper: float | None
    suppressed: bool


def wilson(count: int, total: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share, as (lower, upper). Source: Wilson (1927).

    Raises `ValueError` unless 0 ≤ count ≤ total and total is 1 or more.
    """
    if not 0 <= count <= total or total < 1:
        raise ValueError("count must be between 0 and total, and total 1 or more")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = count / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * ((share * (1 - share) + spread / 4) / total) ** 0.5 / (1 + spread)
    lower = 0.0 if count == 0 else max(0.0, middle - half)
    return lower, 1.0 if count == total else min(1.0, middle + half)


def story_themes(codings: Codings) -> tuple[Bools, Bools]:
    """Which stories have which theme, and which were judged for it: bool[stories, codes] each."""
    shape = (len(codings.stories), len(codings.codes))
    known = (codings.code >= 0) & ~np.isnan(codings.value)
    places = codings.story[known] * shape[1] + codings.code[known]
    size = shape[0] * shape[1]
    given = np.bincount(places, codings.value[known] > 0, minlength=size).reshape(shape)
    if codings.rated:
        judged = np.bincount(places, minlength=size).reshape(shape)
    else:
        judged = np.broadcast_to(codings.readers[:, None], shape)
    return (given > 0) & (2 * given >= judged), judged > 0


def prevalence(codings: Codings, *, confidence: float = 0.95) -> list[Prevalence]:
    """How common each theme is in each group and in all, theme by theme.

    Themes are in the order of `codings.codes`; each has a line over all, then, where there are two
    groups or more, one a group in order of name. Shares are parts of 1, with Wilson intervals at
    `confidence` (Wilson, Journal of the American Statistical Association 22, 1927). Small numbers
    are None, and others with them, so that none can be worked out (`themes.suppression`).
    Raises `statistics.StatisticsError` for a `confidence` that is not between 0 and 1.
    """
    has, judged = story_themes(codings)
    names = sorted(set(codings.groups))
    place = np.array([names.index(group) for group in codings.groups])
    member = (place[:, None] == np.arange(len(names))).astype(np.int64)
    counts, sizes = has.T.astype(np.int64) @ member, judged.T.astype(np.int64) @ member
    hidden = hide(counts, sizes, one_each=bool((has.sum(axis=1) == 1).all()))
    lines = []
    for i, theme in enumerate(codings.codes):
        line = partial(_line, theme, confidence=confidence)
        lines.append(
            line(
                ALL, counts[i].sum(), sizes[i].sum(),
                hidden=hidden.totals[i], no_stories=hidden.stories[i],
            )
        )  # fmt: skip
        if len(names) == 1:
            continue
        lines += [
            line(group, count, size, hidden=gone, no_stories=unknown)
            for group, count, size, gone, unknown in zip(
                names, counts[i], sizes[i], hidden.cells[i], hidden.sizes[i], strict=True
            )
        ]
    return lines


def _line(
    theme: str,
    group: str,
    count: np.int64,
    stories: np.int64,
    *,
    confidence: float,
    hidden: np.bool_,
    no_stories: np.bool_,
) -> Prevalence:
    n = None if no_stories else int(stories)
    if hidden or not n:
        return Prevalence(theme, group, None, n, None, None, None, suppressed=True)
    lower, upper = wilson(int(count), n, confidence=confidence)
    return Prevalence(theme, group, int(count), n, int(count) / n, lower, upper, suppressed=False)
