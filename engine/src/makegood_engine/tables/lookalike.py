"""Names that look as if they were meant for ones we know: columns, series, pools, keys."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import islice

from makegood_engine.tables.contracts import Contract
from makegood_engine.tables.faults import Fault

ALIKE = 0.75
"""How much alike two names must be (twice their common letters, over all their letters)."""
TWINS = (
    "“{}” and “{}” differ only in capitals or spaces, and are taken for two series. "
    "If they are one, write them alike."
)
LOOKED_AT = 5_000
"""How many names at most are gone through for one that is like."""
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
    **dict.fromkeys(("date", "day", "month", "week", "quarter", "year", "time"), "period"),
    **dict.fromkeys(("figure", "amount", "rate", "percent", "percentage"), "value"),
}
"""Other names people give to columns, that are not spelt like ours."""


def lookalikes(names: Sequence[str], contract: Contract) -> dict[str, str]:
    """Unknown columns that look like one which may be left out and is, each with that one."""
    unknown = [name for name in names if contract.column(name) is None]
    free = [one.name for one in contract.columns if not one.needed and one.name not in names]
    return likes(unknown, free)


def likes(unknown: Sequence[str], free: list[str]) -> dict[str, str]:
    """Names that look like one of those that are free, each with that one."""
    return {name: like for name in unknown if (like := _like(name, free))}


def _like(name: str, free: list[str]) -> str | None:
    if MEANT.get(name) in free:
        return MEANT[name]
    spelt = name.replace(" ", "_").replace("-", "_")
    begun = [known for known in free if known.startswith(f"{spelt}_")]
    return next(iter(get_close_matches(spelt, free, 1, ALIKE) or begun), None)


def twins(names: Iterable[str], *, file: str) -> list[Fault]:
    """Names that differ only in capitals or spaces: one thing written in two ways, most often."""
    met: dict[str, str] = {}
    found = []
    for name in islice(names, LOOKED_AT):
        first = met.setdefault("".join(name.casefold().split()), name)
        if first != name:
            found.append(Fault(None, "series", name, TWINS.format(first, name), file))
    return found


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Ask whether the known name that is most like this one was meant; "" where none is like it."""
    some = {each.casefold(): each for each in islice(names, LOOKED_AT)}
    near = get_close_matches(name.casefold(), some, 1)
    return f" Did you mean “{some[near[0]]}”?" if near else ""
