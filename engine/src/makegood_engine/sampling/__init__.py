"""Sampling the evidence: a draw that anyone can repeat, and what its errors say of the rest.

`draw_sample` draws by provider from a seed; `sample_size` says how many are needed;
`error_bound` and `check_sample` give the most that may be wrong among all, exactly.
"""

from makegood_engine.sampling.bound import Bound, error_bound, most_wrong
from makegood_engine.sampling.checked import CheckedSample, check_sample
from makegood_engine.sampling.draw import ALGORITHM, Drawn, draw_sample, place_in_line, shares
from makegood_engine.sampling.items import CHECKED, ITEMS, Items, read_items
from makegood_engine.sampling.size import sample_size

__all__ = [
    "ALGORITHM",
    "CHECKED",
    "ITEMS",
    "Bound",
    "CheckedSample",
    "Drawn",
    "Items",
    "check_sample",
    "draw_sample",
    "error_bound",
    "most_wrong",
    "place_in_line",
    "read_items",
    "sample_size",
    "shares",
]
