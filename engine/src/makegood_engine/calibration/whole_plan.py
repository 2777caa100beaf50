"""A second plan: contracts that go through the whole of `assess`, fixed before its results.

The first plan calls the test with windows made by hand. Here tables go in, as anyone's do, so
that the gate, the windows, the scale, the looks and the choice of comparators are tried too. The
very same contracts are judged directly beside it. The first plan stays as it was, digest and all.
"""

import hashlib
from dataclasses import asdict, dataclass, replace

from makegood_engine.calibration.plan import Scenario, Threshold

HISTORY, BEYOND = 30, 3
"""Months of figures before the start, and after the due date; windows use neither's ends."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way in which contracts come to `assess`.

    `scenario` says how figures come about, `months` are from start to due date, of which the
    last 12 are judged. `chosen` says whether comparators are chosen by likeness among all
    candidates, or drawn from them. `late` is the share of providers whose figures begin 9 months
    before the start, `leave` that of candidates whose figures end 3 months before the due
    date. `restless` is the share of candidates whose months are twice as noisy, and
    `provider_restless` whether the provider's are. `looks` are agreed looks, in months after the
    start; the last is the due date.
    """

    name: str
    scenario: Scenario
    months: int = 12
    chosen: bool = True
    late: float = 0.0
    leave: float = 0.0
    restless: float = 0.0
    provider_restless: bool = False
    looks: tuple[int, ...] = ()


def _figures(months: int) -> Scenario:
    return Scenario("through assess", before=HISTORY, after=months + BEYOND)


_PLAIN = replace(_figures(12), follows=0.4)
_SEASON = replace(_figures(24), follows=0.4, season=1.0, season_varies=0.2, gaps=0.5)

SETTINGS = (
    Setting("one year, pool drawn", _PLAIN, chosen=False),
    Setting("two years, pool chosen", replace(_figures(24), follows=0.4), months=24),
    Setting("season, gaps, some late, some leave", _SEASON, months=24, late=0.1, leave=0.1),
    Setting("counts as rates, pool chosen", replace(_figures(12), events=8.0, varies=0.1, drifts=0.15)),
    Setting(
        "five looks, pool chosen", replace(_figures(24), follows=0.4), months=24,
        looks=(12, 15, 18, 21, 24),
    ),
    Setting(
        "half twice as noisy, provider too, pool drawn", _PLAIN, chosen=False, restless=0.5,
        provider_restless=True,
    ),
    Setting(
        "half twice as noisy, provider too, pool chosen", _PLAIN, restless=0.5,
        provider_restless=True,
    ),
    Setting("half twice as noisy, provider calm, pool drawn", _PLAIN, chosen=False, restless=0.5),
    Setting("half twice as noisy, provider calm, pool chosen", _PLAIN, restless=0.5),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholePlan:
    """Everything that is fixed beforehand for the second part.

    A *world* is one call of `assess`: `providers` contracts that share `each - 1` candidates
    apiece. `worlds` of them make a cell, `quick_worlds` in a run that must not take long; they
    are independent, contracts within one are not, so intervals are bootstraps over worlds.
    Of real organisations the share `held_out`, by a hash of `salt` and name, is shown apart.
    """

    settings: tuple[Setting, ...] = SETTINGS
    thresholds: tuple[Threshold, ...] = (
        Threshold("claimed", "added value claimed where there is none", 0.0, 0.06),
        Threshold("covers", "the 90% interval covers", 0.885, 0.915),
        Threshold("looks", "added value claimed where there is none, over five looks", 0.0, 0.055),
        Threshold("untested", "no test could be made", 0.0, 1.0),
        Threshold("real", "added value claimed on real figures, nominal 5%", 0.03, 0.07),
    )
    comparators: tuple[int, ...] = (10, 20)
    promise: float = 1.0
    seed: int = 20261122
    providers: int = 20
    each: int = 4
    worlds: int = 200
    quick_worlds: int = 10
    confidence: float = 0.99
    real_comparators: int = 20
    bootstraps: int = 2_000
    held_out: float = 0.25
    salt: str = "makegood hold-out 2026"

    def digest(self) -> str:
        """Give the first 16 signs of the SHA-256 of all that is fixed."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()[:16]

    def threshold(self, key: str) -> Threshold:
        """Find a threshold by its key."""
        return next(one for one in self.thresholds if one.key == key)


WHOLE_PLAN = WholePlan()
"""The second plan in force.

Every cell through `assess` is promised, also those whose pool is not like the provider: a
comparator drawn at random beside a provider twice as noisy is a mistake that contracts make. Of
what is judged directly, and of the share that could not be tested, nothing is promised.

Real figures: those of the first plan, by organisations held out and the rest (its rule of choice
was mended on all of them, before anything was held out); and figures that calibration had never
seen: four-hour performance of minor A&E units, and A&E attendances of type 1 and of minor units,
April 2017 and 2018, both directions.
"""
