"""Everything there is to say of a set of codings, in one report."""

from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np

from makegood_engine.themes.agreement import METHOD, RESAMPLES, SEED, Alpha, agreements
from makegood_engine.themes.agreement_shown import agreement_shown, are_shown
from makegood_engine.themes.codings import Codings
from makegood_engine.themes.prevalence import RULE, Prevalence, prevalence, story_themes
from makegood_engine.themes.saturation import Saturation, saturation
from makegood_engine.themes.saturation_shown import saturation_shown
from makegood_engine.themes.suppression import RULE as HIDDEN
from makegood_engine.themes.suppression import hide_sizes
from makegood_engine.themes.tally import Level

POOLED = (
    "Every decision on every code counts once: given or not, or its value. Themes whose numbers are "
    "hidden are left out; in the choice of one code they count as one."
)
"""What overall agreement is taken over."""


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """Agreement overall, on the one code chosen (where that is asked) and by code; and the rest.

    `stories` and `read_twice` are None where so few were read that their number must be hidden, or would
    tell that of a group; then saturation is of none. Neither agreement nor saturation tells anything
    of a theme that is hidden.
    """

    stories: int | None
    coders: int
    read_twice: int | None
    overall: Alpha
    choice: Alpha | None
    codes: dict[str, Alpha]
    prevalence: list[Prevalence]
    saturation: Saturation

    def as_dict(self) -> dict[str, object]:
        """The report as plain values, with how each number was made."""
        methods = {
            "agreement": "Krippendorff's alpha",
            "overall": POOLED,
            "interval": METHOD,
            "prevalence": f"{RULE} Wilson intervals.",
            "suppression": HIDDEN,
            "saturation": "Guest, Namey and Chen (2020), every later run within the threshold too; "
            "stories in the order of the file.",
        }
        return {**asdict(self), "methods": methods}


def theme_report(
    codings: Codings,
    *,
    level: Level | str = Level.NOMINAL,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    base_size: int = 4,
    run_length: int = 2,
    threshold: float = 0.05,
) -> ThemeReport:
    """Report on codings: agreement, prevalence by group, saturation.

    `level` is how values are compared (nominal, ordinal, interval, ratio) where the codings have
    values. The same seed gives the same intervals.
    """
    lines = prevalence(codings, confidence=confidence)
    weigh = partial(agreements, confidence=confidence, resamples=resamples, seed=seed)
    shown = are_shown(lines)
    agreed = agreement_shown(codings, weigh, level=Level(level), shown=shown)
    _, few = hide_sizes(np.array(list(Counter(codings.groups).values())))
    has, _ = story_themes(codings)
    themes = [{codings.codes[int(i)] for i in np.flatnonzero(row)} for row in has]
    return ThemeReport(
        None if few else len(codings.stories),
        len(codings.coders),
        None if few else int((codings.readers >= 2).sum()),
        agreed.overall,
        agreed.choice,
        agreed.codes,
        lines,
        saturation_shown(
            saturation(
                [] if few else themes,
                base_size=base_size, run_length=run_length, threshold=threshold,
            ),
            hidden=int((~shown).sum()), one_each=bool((has.sum(axis=1) == 1).all()),
        ),
    )  # fmt: skip
