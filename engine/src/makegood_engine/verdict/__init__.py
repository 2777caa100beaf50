"""Verdicts: what may honestly be said of a promise, and how sure we are.

`assess` judges a table of commitments; `assess_one` judges one and gives more detail;
`verdict_on` is the verdict table itself.
"""

from makegood_engine.verdict.answer import COLUMNS, LeftOut, Verdict
from makegood_engine.verdict.assess import SCHEMA, assess, assess_one, check_together
from makegood_engine.verdict.portfolio import portfolio_list
from makegood_engine.verdict.rules import Facts, Finding, verdict_on

__all__ = [
    "COLUMNS",
    "SCHEMA",
    "Facts",
    "Finding",
    "LeftOut",
    "Verdict",
    "assess",
    "assess_one",
    "check_together",
    "portfolio_list",
    "verdict_on",
]
