"""Verdicts: what may honestly be said of a promise, and how sure we are.

`assess` judges a table of commitments, `assess_files` one on disk; `assess_one` judges one
promise and gives more detail; `verdict_on` is the verdict table itself.
"""

from makegood_engine.verdict.answer import COLUMNS, SCHEMA, LeftOut, Verdict
from makegood_engine.verdict.assess import LEFT_OUT_SCHEMA, assess, assess_files, assess_one
from makegood_engine.verdict.portfolio import portfolio_list
from makegood_engine.verdict.rules import Facts, Finding, verdict_on

__all__ = [
    "COLUMNS",
    "LEFT_OUT_SCHEMA",
    "SCHEMA",
    "Facts",
    "Finding",
    "LeftOut",
    "Verdict",
    "assess",
    "assess_files",
    "assess_one",
    "portfolio_list",
    "verdict_on",
]
