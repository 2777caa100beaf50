"""A third plan: figures that are hard to judge, fixed before its results.

The first two plans draw figures that are smooth and lean to neither side. Here most months may
have no event, or everybody; some lean far to one side; one provider is very small. All go
through the whole of `assess`, as promises to rise and as promises to fall, and so do the real
figures, with their denominators. The first two plans stay as they were, digests and all.
"""

from dataclasses import dataclass
from enum import StrEnum

from makegood_engine.calibration.plan import Scenario, Threshold
from makegood_engine.calibration.whole_plan import HISTORY, Setting, WholePlan

FIGURES = Scenario("hard figures", before=HISTORY, after=12)
LONGER = Scenario("hard figures", before=HISTORY, after=24)
COUNTED = Scenario("hard counts", before=HISTORY, after=12, events=1.0)
"""Any events at all make the promises ones on rates; how many is the setting's to say."""


class Lean(StrEnum):
    """How months' noise, of standard deviation 1, is spread where it is not normal."""

    NOT = ""
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    HEAVY = "t, 3 degrees of freedom"


@dataclass(frozen=True, slots=True)
class Hard(Setting):
    """One kind of figures that are hard to judge.

    `events` a month (0: no counts) of units whose rates differ; `people` of whom a `share` does
    well each month (0: no shares); else noise that leans as `lean` says, about units' levels.
    `smaller` is the size of the provider, as a part of what it would be.
    """

    events: float = 0.0
    people: int = 0
    share: float = 0.0
    lean: Lean = Lean.NOT
    smaller: float = 1.0


HARD_SETTINGS = (
    Hard("0.02 events a month, as rates", COUNTED, chosen=False, events=0.02),
    Hard("0.2 events a month, as rates", COUNTED, chosen=False, events=0.2),
    Hard("1 event a month, as rates", COUNTED, chosen=False, events=1.0),
    Hard("8 events a month, as rates, provider a thirtieth", COUNTED, chosen=False, events=8.0,
         smaller=1 / 30),
    Hard("0.2 events a month, as they are", FIGURES, chosen=False, events=0.2),
    Hard("1 event a month, as they are", FIGURES, chosen=False, events=1.0),
    Hard("98% of 10 people", FIGURES, chosen=False, people=10, share=0.98),
    Hard("98% of 10 people, pool chosen", FIGURES, people=10, share=0.98),
    Hard("99% of 20 people", FIGURES, chosen=False, people=20, share=0.99),
    Hard("half of 10 people", FIGURES, chosen=False, people=10, share=0.5),
    Hard("noise leans: exponential", FIGURES, chosen=False, lean=Lean.EXPONENTIAL),
    Hard("noise leans far: lognormal", FIGURES, chosen=False, lean=Lean.LOGNORMAL),
    Hard("noise with heavy tails", FIGURES, chosen=False, lean=Lean.HEAVY),
    Hard("noise leans far, five looks", LONGER, months=24, chosen=False, lean=Lean.LOGNORMAL,
         looks=(12, 15, 18, 21, 24)),
)  # fmt: skip

HARD_PLAN = WholePlan(
    settings=HARD_SETTINGS,
    thresholds=(
        Threshold("claimed", "added value claimed where there is none", 0.0, 0.06),
        Threshold("covers", "the 90% interval covers", 0.885, 0.915),
        Threshold("looks", "added value claimed where there is none, over five looks", 0.0, 0.055),
        Threshold("untested", "no test could be made", 0.0, 1.0),
        Threshold("real", "added value claimed on real figures, nominal 5%", 0.03, 0.07),
    ),
    comparators=(5, 10, 20),
    seed=20261123,
    worlds=150,
    quick_worlds=4,
)
"""The third plan in force.

Every cell is promised, but for the share that could not be tested. Intervals are looked at where a
promise can be kept just so: of noise that leans. Real figures are those of the first plan and
those it had never seen, 20 comparators chosen, with their denominators where they have any: once as
levels, and where they are counts once as rates.
"""
