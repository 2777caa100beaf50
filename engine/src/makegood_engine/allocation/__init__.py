"""Allocation of an over-asked fund: merit from scores, awards by published rules, doubt by lot.

`read_forms` and `read_round` read the files; `allocate` does the rest; `merit_of` alone gives
merit with each reviewer's severity taken out; `lot_of` draws a lot.
"""

from makegood_engine.allocation.answer import Allocation, Met, Place
from makegood_engine.allocation.award import allocate
from makegood_engine.allocation.change import Change
from makegood_engine.allocation.forms import (
    APPLICATIONS,
    REVIEWS,
    Application,
    Review,
    Round,
    Rule,
    read_forms,
)
from makegood_engine.allocation.merit import Merit, merit_of
from makegood_engine.allocation.rounds import read_round, round_from
from makegood_engine.allocation.sorting import CLOSE, IN, LOTS, OUT, lot_of

__all__ = [
    "APPLICATIONS",
    "CLOSE",
    "IN",
    "LOTS",
    "OUT",
    "REVIEWS",
    "Allocation",
    "Application",
    "Change",
    "Merit",
    "Met",
    "Place",
    "Review",
    "Round",
    "Rule",
    "allocate",
    "lot_of",
    "merit_of",
    "read_forms",
    "read_round",
    "round_from",
]
