"""Named, versioned rule sets: what counts as a signal. The name is printed on every answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a rule set is made of; None where it has no such rule.

    `centre` is the line the points are held against: mean or median. `limit` multiplies the mean
    moving range to give the limits either side of it (None: no limits); `near` is the part of
    that beyond which a point is close to a limit; moving ranges at or above `screen` times their
    mean are left out once. `shift` and `trend` count the points that make one. `two_in_three` is
    `one side` (all three on one side, points beyond the limits not counted) or `any` (the third
    may lie anywhere, points beyond the limits count). `four_in_five` counts points beyond a third
    of the way to a limit. `runs` judges the longest run and the crossings of the whole group.
    From `settled` points on, an answer is not on trial.
    """

    name: str
    limit: float | None
    settled: int
    source: str
    centre: str = "mean"
    near: float = 2 / 3
    screen: float | None = None
    shift: int | None = None
    trend: int | None = None
    two_in_three: str | None = None
    four_in_five: bool = False
    runs: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The `special_cause` labels in the order of the kernel's codes.

        Odd codes are high, even ones low. Those of a rule the set has not never appear.
        """
        every = (
            "Common Cause",
            "Above UCL",
            "Below LCL",
            f"{self.trend} Point Trend (Increasing)",
            f"{self.trend} Point Trend (Decreasing)",
            "2 in 3 Above CL",
            "2 in 3 Below CL",
            f"{self.shift} Points Above CL",
            f"{self.shift} Points Below CL",
            "4 in 5 Above CL",
            "4 in 5 Below CL",
            "Long Run Above CL",
            "Long Run Below CL",
            "Few Crossings Above CL",
            "Few Crossings Below CL",
        )
        return every if self.four_in_five or self.runs else every[:9]


PTD = RuleSet(
    name="ptd-0.2.2",
    limit=2.66,
    screen=3.267,
    shift=7,
    trend=7,
    two_in_three="one side",
    settled=13,
    source="NHSRplotthedots 0.2.2, after NHS England's Making Data Count",
)
"""The default: the NHS's own rules, label for label."""

MDC_EXCEL = RuleSet(
    name="mdc-excel",
    limit=2.66,
    shift=7,
    trend=6,
    two_in_three="one side",
    settled=13,
    source=(
        "NHS England, Making Data Count spreadsheet tool, set to trends of six points; its issues"
        " since November 2023 also count points beyond the limits in two of three"
    ),
)
"""As `ptd-0.2.2`, but every moving range is kept and six points make a trend."""

WESTERN_ELECTRIC = RuleSet(
    name="western-electric",
    limit=2.66,
    shift=8,
    two_in_three="any",
    four_in_five=True,
    settled=13,
    source="Western Electric, Statistical Quality Control Handbook (1956), the four zone tests",
)
"""The four zone tests, each on one half of the chart."""

ANHOEJ = RuleSet(
    name="anhoej",
    limit=None,
    centre="median",
    runs=True,
    settled=10,
    source="Anhøj & Olesen (2014), PLOS ONE 9(11): e113825",
)
"""Runs and crossings of the median; no limits."""

RULESETS = {rules.name: rules for rules in (PTD, MDC_EXCEL, WESTERN_ELECTRIC, ANHOEJ)}
"""Every rule set by name."""

CHARTS = {"xmr": 0, "p": 1, "u": 2}
"""The kernel's code for each kind of chart: single values, proportions, rates."""

POINT_TYPES = (
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
)
"""The `point_type` labels in the order of the kernel's codes; also those of `variation`."""

ASSURANCES = ("", "inconsistent", "consistent_pass", "consistent_fail")
"""The `assurance` labels in order of code; empty where there is no target or no direction."""


def ruleset_named(name: str) -> RuleSet:
    """Find a rule set; raises `ValueError` naming those there are."""
    try:
        return RULESETS[name]
    except KeyError:
        known = ", ".join(RULESETS)
        raise ValueError(f"There is no rule set “{name}”. There is: {known}.") from None
