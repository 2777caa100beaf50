"""Numbers as a person reads them."""

import re
from collections.abc import Sequence
from math import isfinite, log10

MONEY = "£$€"
"""Signs that stand before a number."""
_BEFORE = re.compile(r"\b(?:per|of|in|for|a|each)\b.*")
_ENDINGS = ((r"people$", "person"), (r"children$", "child"), (r"ies$", "y"),
            (r"(ss|x|ch|sh)es$", r"\1"), (r"([^s])s$", r"\1"))  # fmt: skip
"""How a plural ends, and its singular."""
_SPECS = {figures: f".{figures}g" for figures in range(1, 18)}
"""How so many figures are asked of Python."""


def plain(value: float, figures: int = 3) -> str:
    """Write a number to so many figures, never in powers of ten: 0.52, −12.3, 1,230."""
    if 1e-4 <= value < 999:
        return format(value, _SPECS[figures])
    if not isfinite(value):
        return "an unknown amount"
    if value == 0:
        return "0"
    places = max(0, min(figures + 3, figures - 1 - int(log10(abs(value)) // 1)))
    text = f"{abs(value):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if value < 0 and text != "0" else text


def apart(values: Sequence[float]) -> list[str]:
    """Write numbers to three figures, or to as many as tell those apart that differ."""
    differ = len({f"{value:.9g}" for value in values})
    for figures in range(3, 9):
        said = [plain(value, figures) for value in values]
        if len(set(said)) == differ:
            return said
    return [plain(value) for value in values]


def in_unit(value: float, unit: str) -> str:
    """Write a number in its unit: 180 hours, 1 point, 4.9%, £180 a year, −£12."""
    number = plain(value)
    if not unit:
        return number
    if unit[0] in MONEY:
        sign = "−" if number.startswith("−") else ""
        return f"{sign}{unit[0]}{number.removeprefix('−')}{unit[1:]}"
    if unit.startswith("%"):
        return f"{number}{unit}"
    return f"{number} {_of_one(unit) if number == '1' else unit}".rstrip()


def difference_in(value: float, unit: str) -> str:
    """Write a difference of two figures: 0.7 percentage points, 1 hour, £30."""
    return in_unit(value, "percentage points" if unit.startswith("%") else unit)


def in_draws(share: float, draws: int) -> str:
    """Say in how many draws something was so: in all 500 draws, in 437 of 500 draws."""
    many = round(share * draws)
    if many == draws:
        return f"in all {draws:,} draws"
    return f"in {many:,} of {draws:,} draws" if many else f"in none of {draws:,} draws"


def _of_one(unit: str) -> str:
    """A unit of one: its first plural word, before any per or of, in the singular."""
    head = _BEFORE.sub("", unit)
    words = head.split(" ")
    for i, word in enumerate(words):
        for ending, single in _ENDINGS:
            if re.search(ending, word):
                words[i] = re.sub(ending, single, word)
                return " ".join(words) + unit[len(head) :]
    return unit


def as_share(percent: float) -> str:
    """Write per cent as the share it is, to two places at least: 30 is 0.30, 12.5 is 0.125."""
    share = percent / 100
    return max(f"{share:.2f}", f"{share:g}", key=len)
