"""The grid, the seeds and the thresholds of calibration, fixed before the results.

A change here is a change of what is promised: it stands in the history of this file, and its
digest on the table of results.

Figures are monthly, noise has a standard deviation of 1, and so do units' levels. There are 12
months before the start and 12 after. The promise is 1: one standard deviation of a month's
noise. Added value, where there is any, is just the promise, and comes all at once at the start.
"""

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum


class Pool(StrEnum):
    """Whence a provider and its comparators come."""

    ALIKE = "drawn alike"
    MATCHED = "provider at a bad moment, pool chosen by likeness before the start"
    UNMATCHED = "provider at a bad moment, pool drawn at random"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way in which figures may come about.

    `follows` is the correlation of noise from one month to the next; `trend` the months' common
    rise; `season` the size of a yearly wave, and `season_varies` how much units differ in it;
    `gaps` the share of windows that lack a month; `events` the events a month (0: not counts),
    of which `varies` is the variance of a month's true rate beyond chance, and `drifts` the
    standard deviation of units' own lasting change of log rate. `share` is a proportion of
    people (0: not one), in units whose sizes differ up to thirtyfold, the provider the smallest.
    """

    name: str
    follows: float = 0.0
    trend: float = 0.0
    season: float = 0.0
    season_varies: float = 0.0
    gaps: float = 0.0
    before: int = 12
    after: int = 12
    events: float = 0.0
    varies: float = 0.0
    drifts: float = 0.0
    pool: Pool = Pool.ALIKE
    share: float = 0.0


SCENARIOS = (
    Scenario("independent"),
    Scenario("follows 0.4", follows=0.4),
    Scenario("follows 0.7", follows=0.7),
    Scenario("shared trend", follows=0.4, trend=0.05),
    Scenario("season", season=1.0, season_varies=0.2),
    Scenario("season with gaps", season=1.0, gaps=0.5),
    Scenario("six quarters each side", follows=0.4, before=6, after=6),
    Scenario("counts, overdispersed", events=8.0, varies=0.1, drifts=0.15),
    Scenario("bad moment, matched", pool=Pool.MATCHED),
    Scenario("bad moment, unmatched", pool=Pool.UNMATCHED),
    Scenario(
        "hardest, matched", follows=0.7, trend=0.05, season=1.0, season_varies=0.2,
        pool=Pool.MATCHED,
    ),
    Scenario("small provider among large", share=0.1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looks:
    """A schedule of looks, in months after the start, and how long the contract runs."""

    name: str
    months: tuple[int, ...]
    until: int


LOOKS = (
    Looks("12 monthly looks in the second year", tuple(range(13, 25)), 24),
    Looks("12 quarterly looks in three years", tuple(range(3, 37, 3)), 36),
)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio of 100 promises, of which 20 are kept.

    `pools` is how many pools they share (0: each has its own); `together` the correlation of
    noise among the measures of one provider, and `measures` how many it has.
    """

    name: str
    pools: int = 0
    measures: int = 1
    together: float = 0.0


PORTFOLIOS = (
    Portfolio("own pools"),
    Portfolio("5 shared pools", pools=5),
    Portfolio("5 shared pools, 4 correlated measures each", pools=5, measures=4, together=0.5),
)
PROMISES, KEPT = 100, 20


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number we promise: what is measured stays within `low` and `high`."""

    key: str
    words: str
    low: float
    high: float


THRESHOLDS = (
    Threshold("claimed", "added value claimed where there is none, nominal 5%", 0.0, 0.06),
    Threshold("short", "a promise kept exactly is ruled out", 0.0, 0.06),
    Threshold("covers", "the 90% interval covers", 0.885, 0.915),
    Threshold(
        "power",
        "power, as a part of the best possible test's at the same error",
        0.90,
        float("inf"),
    ),
    Threshold(
        "learning", "power, as a part of the best that must learn the noise", 0.90, float("inf")
    ),
    Threshold("looks", "added value claimed where there is none, over 12 looks", 0.0, 0.055),
    Threshold("false share", "false share of a portfolio's list at q = 10%", 0.0, 0.10),
    Threshold("real", "added value claimed on real figures, nominal 5%", 0.03, 0.07),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is fixed beforehand.

    `comparators` are the sizes of pool tried; `replicates` how many contracts are simulated in
    each cell, `choices` in each cell whose pool is chosen one contract at a time, `portfolios`
    how many portfolios; the `quick` ones are those of a run that must not take long.
    `confidence` is that of the Monte Carlo intervals.
    """

    scenarios: tuple[Scenario, ...] = SCENARIOS
    looks: tuple[Looks, ...] = LOOKS
    portfolios: tuple[Portfolio, ...] = PORTFOLIOS
    thresholds: tuple[Threshold, ...] = THRESHOLDS
    comparators: tuple[int, ...] = (5, 10, 20, 40)
    follows_at_looks: tuple[float, ...] = (0.0, 0.4, 0.7)
    promise: float = 1.0
    seed: int = 20261121
    replicates: int = 40_000
    choices: int = 6_000
    portfolio_runs: int = 1_000
    quick_replicates: int = 2_000
    quick_choices: int = 200
    quick_portfolio_runs: int = 40
    candidates: int = 120
    bad_of: int = 10
    real_comparators: int = 20
    bootstraps: int = 2_000
    confidence: float = 0.99

    def digest(self) -> str:
        """Give the first 16 signs of the SHA-256 of all that is fixed."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()[:16]

    def threshold(self, key: str) -> Threshold:
        """Find a threshold by its key."""
        return next(one for one in self.thresholds if one.key == key)


PLAN = Plan()
"""The plan in force.

After the first results one line was added, `learning`, of which nothing is promised: it says how
much of the power missing under `power` no test could have that must learn from the comparators
how much months vary. Then a scenario was added in which a test without weights claimed added value
in three contracts of ten: a small provider among large comparators. No threshold was moved.

A figure *holds* when it lies within its threshold, *fails* when its whole Monte Carlo interval lies
beyond, and is *not settled* between. The thresholds for `claimed` speak of matched pools
and pools drawn alike; the unmatched are printed beside them. Real figures: staff sickness absence
by organisation (every April from 2014 that has 12 whole months on both sides) and A&E (four-hour
performance and admissions per attendance, type 1, April 2017 and 2018), both directions, each
organisation in turn taken for a provider, its pool chosen among all others by likeness before.
"""
