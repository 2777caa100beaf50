"""Columns that look as if they were meant for ones we know: kept, but worth a word."""

from collections.abc import Sequence
from difflib import get_close_matches

from makegood_engine.tables.contracts import Contract

ALIKE = 0.75
"""How much alike two names must be (twice their common letters, over all their letters)."""
MEANT = {
    "dir": "better",
    "direction": "better",
    "polarity": "better",
    "improvement_direction": "better",
    "goal": "target",
    "outliers": "screen_outliers",
    "num": "numerator",
    "den": "denominator",
    "units": "unit",
}
"""Other names people give to columns, that are not spelt like ours."""


def lookalikes(names: Sequence[str], contract: Contract) -> dict[str, str]:
    """Unknown columns that look like a known one which is not there, each with that one."""
    free = [column.name for column in contract.columns if column.name not in names]
    found = {}
    for name in names:
        if contract.column(name) is None and (like := _like(name, free)):
            found[name] = like
    return found


def _like(name: str, free: list[str]) -> str | None:
    if MEANT.get(name) in free:
        return MEANT[name]
    spelt = name.replace(" ", "_").replace("-", "_")
    begun = [known for known in free if known.startswith(f"{spelt}_")]
    return next(iter(get_close_matches(spelt, free, 1, ALIKE) or begun), None)
