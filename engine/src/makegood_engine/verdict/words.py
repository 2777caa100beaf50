"""One plain sentence for each verdict, that a board member would understand."""

from dataclasses import dataclass
from math import isfinite, log10

from makegood_engine.verdict.rules import Facts, Finding


def plain(value: float) -> str:
    """Write a number to three figures, never in powers of ten: 0.52, 12.3, 1,230."""
    if not isfinite(value):
        return "an unknown amount"
    if value == 0:
        return "0"
    places = max(0, min(6, 2 - int(log10(abs(value)) // 1)))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Words:
    """How the numbers of one commitment are said: its target, and the unit of both."""

    target: float
    unit: str = ""

    def figure(self, value: float) -> str:
        """Say a figure: 4.9%, 180 hours."""
        gap = "" if self.unit.startswith("%") or not self.unit else " "
        return f"{plain(value)}{gap}{self.unit}"

    def difference(self, value: float) -> str:
        """Say a difference of two figures: 0.7 percentage points, 30 hours."""
        unit = "percentage points" if self.unit == "%" else self.unit
        return f"{plain(value)} {unit}".rstrip()


def sentence(
    finding: Finding,
    facts: Facts,
    *,
    mean_after: float,
    words: Words,
    periods_needed: int | None,
) -> str:
    """Say why this verdict was given, in one sentence or two short ones."""
    if finding in (Finding.REACHED, Finding.NOT_REACHED):
        return _of_target(finding, facts, mean_after, words)
    if finding in (Finding.NONE, Finding.NO_HISTORY, Finding.TOO_SOON):
        return _of_waiting(finding, facts)
    return _of_test(finding, facts, words, periods_needed)


def _of_target(finding: Finding, facts: Facts, mean_after: float, words: Words) -> str:
    missed = "" if finding is Finding.REACHED else "not "
    why = (
        "yearly figures are too few to compare"
        if facts.annual
        else f"only {facts.comparators} of {facts.pool} comparators can be used, and 5 are needed"
        if facts.pool
        else "there is no comparator"
    )
    mean, target = words.figure(mean_after), words.figure(words.target)
    return (
        f"The average was {mean}, so the target of {target} was {missed}met. "
        f"We cannot say what was added: {why}."
    )


def _of_waiting(finding: Finding, facts: Facts) -> str:
    if finding is Finding.NONE:
        return "The measure has no better direction, so there is nothing to judge."
    if finding is Finding.NO_HISTORY:
        return (
            f"Only {_periods(facts.n_before)} before the start have figures; "
            f"{facts.needed} are needed, and waiting cannot cure it."
        )
    if facts.n_after >= facts.needed:
        return "The comparators have too few figures after the start to compare with."
    return (
        f"Only {_periods(facts.n_after)} after the start have figures; {facts.needed} are needed."
    )


def _of_test(finding: Finding, facts: Facts, words: Words, periods_needed: int | None) -> str:
    size = words.difference(abs(facts.effect))
    promise = words.difference(facts.promised_added)
    way = "better" if facts.effect >= 0 else "worse"
    lead = f"It ended {size} {way} than {facts.comparators} comparators would lead us to expect"
    endings = {
        Finding.WORSE: ", and chance alone would seldom do that.",
        Finding.DELIVERED: f"; the promise was {promise}.",
        Finding.IMPROVED: f"; the promise of {promise} is not ruled out.",
        Finding.SHORT: f"; the promise of {promise} is ruled out.",
        Finding.NO_CHANGE: f". Chance could explain it, and the promise of {promise} is ruled out.",
        Finding.CANNOT_TELL: f". That could be chance, or the promise of {promise}."
        + _more(periods_needed),
    }
    return lead + endings[finding]


def _more(periods_needed: int | None) -> str:
    if periods_needed is None:
        return " More periods alone would not tell."
    return f" About {_periods(periods_needed)} more would tell."


def _periods(count: int) -> str:
    return f"{count} period{'' if count == 1 else 's'}"
