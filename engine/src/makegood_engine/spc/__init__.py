"""Statistical process control: watching one series, by named and versioned rules."""

from makegood_engine.spc.points import Labels, Points, analyse, label
from makegood_engine.spc.rulesets import PTD, RULESETS, RuleSet, ruleset_named

__all__ = ["PTD", "RULESETS", "Labels", "Points", "RuleSet", "analyse", "label", "ruleset_named"]
