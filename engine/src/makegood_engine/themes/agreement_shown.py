"""Agreement that tells no hidden number.

The alpha of a theme, with its stories, gives how many have it. So a hidden theme has none, and overall
agreement leaves it out. Where each coder gives a story exactly one code, what the shown themes leave
is the hidden ones' together: unless these are two or more, and of `SMALLEST` stories or more,
all agreement is hidden.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from makegood_engine.themes.agreement import BESIDE, SMALL, Alpha, hide_agreement
from makegood_engine.themes.coding_tallies import choice_tally, code_tally, pooled_tally
from makegood_engine.themes.codings import Codings
from makegood_engine.themes.prevalence import Prevalence, story_themes
from makegood_engine.themes.suppression import SMALLEST, Bools
from makegood_engine.themes.tally import Level, Tally


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement over all codes, on the one code chosen (None where none is asked), and by code."""

    overall: Alpha
    choice: Alpha | None
    codes: dict[str, Alpha]


def are_shown(lines: Sequence[Prevalence]) -> Bools:
    """Whether each theme's total is shown, bool[themes]; its line over all groups is its first."""
    shown: dict[str, bool] = {}
    for line in lines:
        shown.setdefault(line.theme, not line.suppressed)
    return np.array(list(shown.values()), dtype=bool)


def agreement_shown(
    codings: Codings,
    weigh: Callable[[Sequence[Tally]], list[Alpha]],
    *,
    level: Level,
    shown: Bools,
) -> Agreed:
    """Agreement as `weigh` finds it, less what would tell of themes not `shown`, bool[codes]."""
    choice = choice_tally(codings, among=shown)
    tallies = [code_tally(codings, i, level=level) for i in range(len(codings.codes))]
    pooled = pooled_tally(codings, level=level, among=shown)
    overall, *found = weigh([pooled, *tallies, *([choice] if choice else [])])
    chosen = found.pop() if choice else None
    is_told = choice is not None and _tells_of_hidden(codings, shown)
    if is_told or (len(shown) and not shown.any()):
        overall = hide_agreement(overall, BESIDE)
        chosen = hide_agreement(chosen, BESIDE) if chosen else None
    if is_told:
        found = [hide_agreement(one, BESIDE) for one in found]
    found = [
        one if seen else hide_agreement(one, SMALL) for one, seen in zip(found, shown, strict=True)
    ]
    return Agreed(overall, chosen, dict(zip(codings.codes, found, strict=True)))


def _tells_of_hidden(codings: Codings, shown: Bools) -> bool:
    """Whether the hidden themes, together, are so few that their sum would tell them."""
    has, _ = story_themes(codings)
    hidden = has.sum(axis=0)[~shown]
    return len(hidden) == 1 or bool(len(hidden) > 0 and hidden.sum() < SMALLEST)
