"""From codings to tallies of agreement: one a code, one for all codes, one for the choice."""

import numpy as np

from makegood_engine.themes.codings import Codings
from makegood_engine.themes.suppression import Bools
from makegood_engine.themes.tally import Floats, Ints, Level, Tally, count


def code_tally(codings: Codings, code: int, *, level: Level) -> Tally:
    """What the coders who read each story said of one code (a place in `codings.codes`)."""
    mine = codings.code == code
    stories = len(codings.stories)
    if codings.rated:
        return count(
            codings.story[mine], codings.value[mine],
            cluster=np.arange(stories), clusters=stories, level=level,
        )  # fmt: skip
    given = np.bincount(codings.story[mine], minlength=stories)
    return _present(given, codings.readers, np.arange(stories), stories)


def pooled_tally(codings: Codings, *, level: Level, among: Bools) -> Tally:
    """Every decision on every code of `among` bool[codes], redrawn by story."""
    stories, codes = len(codings.stories), max(len(codings.codes), 1)
    known = codings.code >= 0
    pair = codings.story[known] * codes + codings.code[known]
    asked = np.tile(among, stories) if len(among) else np.ones(stories, dtype=bool)
    if codings.rated:
        mine = asked[pair]
        units, unit = np.unique(pair[mine], return_inverse=True)
        return count(
            unit, codings.value[known][mine], cluster=units // codes, clusters=stories, level=level
        )
    given = np.bincount(pair, minlength=stories * codes)
    cluster = np.repeat(np.arange(stories), codes)
    return _present(given[asked], codings.readers[cluster[asked]], cluster[asked], stories)


def choice_tally(codings: Codings, *, among: Bools) -> Tally | None:
    """Which one code each coder chose, where every coder gives each story exactly one; or None.

    Codes outside `among` bool[codes] count as one and the same.
    """
    coders = max(len(codings.coders), 1)
    pairs = codings.story * coders + codings.coder
    one_each = len(np.unique(pairs)) == len(pairs) and bool((codings.code >= 0).all())
    if codings.rated or not one_each or len(codings.codes) < 2:
        return None
    stories = len(codings.stories)
    chosen = np.where(among[codings.code], codings.code, -1).astype(np.float64)
    return count(codings.story, chosen, cluster=np.arange(stories), clusters=stories)


def _present(given: Ints, readers: Ints, cluster: Ints, clusters: int) -> Tally:
    """Tally a code given by `given` of `readers` in each unit: 1 given, 0 not."""
    read = readers >= 2
    given, readers, cluster = given[read], readers[read], cluster[read]
    units = np.arange(len(readers))
    unit = np.concatenate([np.repeat(units, given), np.repeat(units, readers - given)])
    ones: Floats = np.concatenate([np.ones(given.sum()), np.zeros((readers - given).sum())])
    return count(unit, ones, cluster=cluster, clusters=clusters)
