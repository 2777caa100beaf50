"""One plain sentence for each verdict, that a board member would understand."""

from functools import cache
from math import isfinite
from typing import NamedTuple

from makegood_engine.effect.measure import ALPHA, BY_RANK, VALID
from makegood_engine.tables.figures import MONEY, difference_in, in_unit, plain
from makegood_engine.verdict.rules import Facts, Finding
from makegood_engine.verdict.waiting import Waiting

UNAGREED = (
    "This look was not agreed beforehand. Looked at every month for a year, 15 to 20 of 100 promises "
    "that add nothing seem to at least once."
)
"""The figures: `python -m benchmarks.figures_said watching`."""
ENDED = "The last figure is for {}, before the due date. Unless later figures come, it cannot be judged."
TOO_LATE = (
    "Those still to come by the due date are too few, so waiting will not settle it. "
    "Find the figures that are missing."
)
LEFT_OUT = "{} of the {} in its pool {} left out: {}."
BY_T = f"With fewer than {BY_RANK}, chance is read by a t and not by rank."
LISTED = 3
"""How many periods without a figure are named."""
NOTHING = "nothing above the alternative"
ENDINGS = {
    Finding.WORSE: ", and chance alone would seldom do that.",
    Finding.DELIVERED: "; the promise was {promise}.",
    Finding.IMPROVED: "; the promise of {promise} is not ruled out.",
    Finding.SHORT: "; the promise of {promise} is ruled out.",
    Finding.NO_CHANGE: ". Chance could explain it, and the promise of {promise} is ruled out.",
    Finding.CANNOT_TELL: ". That could be chance, or the promise of {promise}.",
}
"""How the sentence of a verdict that rests on the test ends."""
_NONE, _CANNOT_TELL = Finding.NONE, Finding.CANNOT_TELL
_OF_TARGET = (Finding.REACHED, Finding.NOT_REACHED)
_OF_WAITING = (Finding.NO_HISTORY, Finding.TOO_SOON)


class Words(NamedTuple):
    """How the numbers of one commitment are said.

    Its target, the unit, and the level of each one-sided test, which is that of the range.
    """

    target: float
    unit: str = ""
    level: float = ALPHA

    def figure(self, value: float) -> str:
        """Say a figure: 4.9%, 180 hours."""
        return in_unit(value, self.unit)

    def difference(self, value: float) -> str:
        """Say a difference of two figures: 0.7 percentage points, 30 hours."""
        return difference_in(value, self.unit)

    @property
    def range(self) -> str:
        """Say which range is given: the 90% range, where each test is at 5%."""
        return _range_at(self.level)


@cache
def _range_at(level: float) -> str:
    beyond = float(f"{200 * level:.2g}")
    return f"The {100 - beyond:.10g}% range of what the figures allow"


class Span(NamedTuple):
    """What the words of one verdict say of its time.

    `season` is the periods in a season; `room` the periods the after-window holds once the due
    date has come; `missing` names the periods after the start that have no figure; `last` the
    period of the last figure where that is before the due date, and `left` counts the periods
    between; `agreed` says whether the look was agreed beforehand; `cautions` are sentences that
    follow every reason; `left_out` counts the comparators that could not be used, by reason.
    """

    season: int = 1
    room: int = 12
    missing: tuple[str, ...] = ()
    last: str = ""
    left: int = 0
    agreed: bool = True
    cautions: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def sentence(
    finding: Finding,
    facts: Facts,
    *,
    mean_after: float,
    words: Words,
    span: Span,
    waiting: Waiting,
) -> str:
    """Say why this verdict was given, in a few short sentences."""
    if finding is _NONE:
        return "The measure has no better direction, so there is nothing to judge."
    if finding in _OF_TARGET:
        said = _of_target(finding, facts, mean_after, words)
        said += "" if facts.annual else _of_left_out(facts, span)
    elif finding in _OF_WAITING:
        said = _of_waiting(finding, facts, span)
    else:
        said = _of_test(finding, facts, mean_after, words) + _of_left_out(facts, span)
        said += f" {_more(waiting)}" if finding is _CANNOT_TELL else ""
        said += "" if span.agreed else f" {UNAGREED}"
    return " ".join([said, *span.cautions]) if span.cautions else said


def _of_target(finding: Finding, facts: Facts, mean_after: float, words: Words) -> str:
    missed = "" if finding is Finding.REACHED else "not "
    why = (
        "yearly figures are too few to compare"
        if facts.annual
        else "a figure that stands still is no measure of it"
        if facts.still
        else f"{_of_pool(facts)} can be used, and 5 are needed"
        if facts.pool
        else "there is no comparator"
    )
    return f"{_met(mean_after, words, missed=missed)} We cannot say what was added: {why}."


def _met(mean_after: float, words: Words, *, missed: str) -> str:
    """Hold the average of the after-window against the target."""
    mean, target = words.figure(mean_after), words.figure(words.target)
    return f"The average was {mean}, so the target of {target} was {missed}met."


def _of_pool(facts: Facts) -> str:
    if not facts.comparators:
        return f"none of its {facts.pool} comparators"
    return f"only {facts.comparators} of {facts.pool} comparators"


def _of_left_out(facts: Facts, span: Span) -> str:
    """Say how many of the pool were left out, why, and if the test is another for it."""
    if not span.left_out:
        return ""
    many = sum(count for _, count in span.left_out)
    why = ", ".join(f"{reason.split(':')[0]} ({count})" for reason, count in span.left_out)
    said = f" {LEFT_OUT.format(many, facts.pool, 'was' if many == 1 else 'were', why)}"
    return f"{said} {BY_T}" if VALID <= facts.comparators < BY_RANK else said


def _of_waiting(finding: Finding, facts: Facts, span: Span) -> str:
    least = f"At least {facts.needed} are needed."
    if facts.needed <= span.season:
        least = f"At least {facts.needed} of the {span.season} in a season are needed."
    if finding is Finding.NO_HISTORY:
        return f"{_with_figures(facts.n_before, 'before')} {least} Waiting cannot cure it."
    said = [_with_figures(facts.n_after, "after"), least]
    if span.missing:
        said.append(f"There is none for {_listed(span.missing)}.")
    if span.room < facts.needed:
        said.append(f"The due date leaves room for {span.room}, so waiting will not settle it.")
    elif facts.n_after + span.left < facts.needed:
        said.append(TOO_LATE)
    elif span.last:
        said.append(ENDED.format(span.last))
    return " ".join(said)


def _with_figures(count: int, when: str) -> str:
    if count == 0:
        return f"No period {when} the start has a figure."
    return f"Only {_periods(count)} {when} the start {'has' if count == 1 else 'have'} figures."


def _listed(names: tuple[str, ...]) -> str:
    """Name at most three, and count the rest: May, June and 4 more periods."""
    if len(names) > LISTED:
        more = len(names) - LISTED + 1
        names = (*names[: LISTED - 1], f"{_periods(more)} more")
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _of_test(finding: Finding, facts: Facts, mean_after: float, words: Words) -> str:
    size = words.difference(abs(facts.effect))
    promise = words.difference(facts.promised_added) if facts.promised_added > 0 else NOTHING
    way = "better" if facts.effect >= 0 else "worse"
    ending = ENDINGS[finding].format(promise=promise)
    missed = "" if facts.reached else "not "
    return (
        f"It ended {size} {way} than {facts.comparators} comparators would lead us to expect"
        f"{ending} {_within(facts, words)} {_met(mean_after, words, missed=missed)}"
    )


def _within(facts: Facts, words: Words) -> str:
    """Say the interval: all that the figures allow."""
    high = _side(facts.upper, words)
    if high and isfinite(facts.lower):
        one_side = (facts.lower >= 0) == (facts.upper >= 0)
        low = _number(facts.lower, words) if one_side else _side(facts.lower, words)
        return f"{words.range} is {low} to {high}."
    if high:
        return f"{words.range} goes up to {high}."
    low = _side(facts.lower, words)
    return f"{words.range} goes from {low} on." if low else "The figures set it no bounds."


def _number(end: float, words: Words) -> str:
    """One end of an interval, whose unit and side the other end says: 0.7, £30."""
    is_money = words.unit and words.unit[0] in MONEY
    return words.difference(abs(end)) if is_money else plain(abs(end))


def _side(end: float, words: Words) -> str:
    """One end of an interval: 0.1 percentage points worse; "" where it goes on for ever."""
    if not isfinite(end):
        return ""
    return f"{words.difference(abs(end))} {'better' if end >= 0 else 'worse'}"


def _more(waiting: Waiting) -> str:
    """Say what waiting would do."""
    look = f"the look on {waiting.on.day} {waiting.on:%B %Y}" if waiting.on else ""
    if waiting.needed is not None:
        return f"About {_periods(waiting.needed)} more would tell{look and f', at {look}'}."
    if look:
        return f"{look[0].upper()}{look[1:]} may tell."
    if waiting.is_open:
        return "Waiting longer is unlikely to settle it."
    return "Waiting longer will not settle it."


def _periods(count: int) -> str:
    return f"{count} period{'' if count == 1 else 's'}"
