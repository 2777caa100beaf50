"""Named, versioned rule sets: what counts as a signal. The name is printed on every answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The numbers a rule set is made of.

    `limit` multiplies the mean moving range to give the limits either side of the mean; `near`
    is the part of that beyond which a point is close to a limit; moving ranges at or above
    `screen` times their mean are left out once (None: never); `shift` and `trend` count the
    points that make one; `settled` is the number of points from which limits are not on trial.
    """

    name: str
    limit: float
    near: float
    screen: float | None
    shift: int
    trend: int
    settled: int
    source: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The `special_cause` labels in the order of the kernel's codes."""
        return (
            "Common Cause",
            "Above UCL",
            "Below LCL",
            f"{self.trend} Point Trend (Increasing)",
            f"{self.trend} Point Trend (Decreasing)",
            "2 in 3 Above CL",
            "2 in 3 Below CL",
            f"{self.shift} Points Above CL",
            f"{self.shift} Points Below CL",
        )


PTD = RuleSet(
    name="ptd-0.2.2",
    limit=2.66,
    near=2 / 3,
    screen=3.267,
    shift=7,
    trend=7,
    settled=13,
    source="NHSRplotthedots 0.2.2, after NHS England's Making Data Count",
)
"""The default: the NHS's own rules, label for label."""

RULESETS = {PTD.name: PTD}
"""Every rule set by name."""

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
