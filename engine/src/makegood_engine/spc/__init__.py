"""Statistical process control: watching one series, by named and versioned rules."""

from makegood_engine.spc.differences import differences
from makegood_engine.spc.funnel import Funnel, funnel
from makegood_engine.spc.points import Labels, Points, analyse, label
from makegood_engine.spc.rates import Rates
from makegood_engine.spc.rulesets import CHARTS, PTD, RULESETS, RuleSet, ruleset_named

__all__ = [
    "CHARTS",
    "PTD",
    "RULESETS",
    "Funnel",
    "Labels",
    "Points",
    "Rates",
    "RuleSet",
    "analyse",
    "differences",
    "funnel",
    "label",
    "ruleset_named",
]
