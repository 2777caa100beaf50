"""One verdict, with the numbers behind it."""

from dataclasses import dataclass, fields
from math import ceil, inf, isnan

from makegood_engine import __version__
from makegood_engine.verdict.rules import Facts, Finding, verdict_on
from makegood_engine.verdict.words import Span, Words, sentence


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What would be found with one comparator left out."""

    series: str
    effect: float | None
    lower: float | None
    upper: float | None
    p_added: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict on one commitment; the first sixteen fields are the verdicts table's columns.

    `promised_added`, `effect`, `lower`, `upper` are in the measure's unit, more being better;
    `lower` to `upper` is the 90% interval; `p_added` the chance of so much where nothing was
    added; all None where there was no test. `reached` is whether the after-window's mean met
    the target. `periods_needed` is how many more periods would tell. `reason` is a plain
    sentence or a few; `sentence` puts the verdict before it.

    `mean_before` and `mean_after` are the provider's own. `notes` hold what else must be known.
    `pool_left_out` counts comparators that could not be used, by reason. `leave_one_out` says
    what each comparator's absence would change.
    """

    commitment: str
    verdict: str
    promised_added: float
    effect: float | None
    lower: float | None
    upper: float | None
    p_added: float | None
    reached: bool | None
    in_portfolio_list: bool
    n_before: int
    n_after: int
    n_comparators: int
    periods_needed: int | None
    method: str
    reason: str
    version: str
    mean_before: float | None = None
    mean_after: float | None = None
    notes: tuple[str, ...] = ()
    pool_left_out: tuple[tuple[str, int], ...] = ()
    leave_one_out: tuple[LeftOut, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict and its reason, for a board: ``Delivered. It ended …``."""
        return f"{self.verdict[:1].upper()}{self.verdict[1:]}. {self.reason}"


COLUMNS = tuple(part.name for part in fields(Verdict)[:16])
"""The columns of the verdicts table, in order."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was measured for one commitment, as `effect.measure` gives it."""

    mean_before: float
    mean_after: float
    lower: float
    by_rank: bool
    left_out: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


def answer(
    commitment: str, facts: Facts, numbers: Numbers, *, words: Words, span: Span, alpha: float
) -> Verdict:
    """Turn facts and numbers into the verdict and its words."""
    finding = verdict_on(facts, alpha=alpha)
    needed = periods_needed(finding, facts, lower=numbers.lower, span=span)
    tested = finding not in _UNTESTED
    return Verdict(
        commitment=commitment,
        verdict=finding.value,
        promised_added=facts.promised_added,
        effect=_known(facts.effect) if tested else None,
        lower=_known(numbers.lower) if tested else None,
        upper=_known(facts.upper) if tested else None,
        p_added=_known(facts.p_better) if tested else None,
        reached=facts.reached,
        in_portfolio_list=False,
        n_before=facts.n_before,
        n_after=facts.n_after,
        n_comparators=facts.comparators,
        periods_needed=needed,
        method=_method(finding, by_rank=numbers.by_rank),
        reason=sentence(
            finding,
            facts,
            mean_after=numbers.mean_after,
            words=words,
            span=span,
            periods_needed=needed,
        ),
        version=__version__,
        mean_before=_known(numbers.mean_before),
        mean_after=_known(numbers.mean_after),
        notes=numbers.notes,
        pool_left_out=numbers.left_out,
    )


_UNTESTED = {
    Finding.NONE,
    Finding.REACHED,
    Finding.NOT_REACHED,
    Finding.NO_HISTORY,
    Finding.TOO_SOON,
}


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _method(finding: Finding, *, by_rank: bool) -> str:
    if finding in (Finding.REACHED, Finding.NOT_REACHED):
        return "target only"
    if finding in _UNTESTED:
        return "none"
    return "ANCOVA placebo, rank" if by_rank else "ANCOVA placebo, prediction-t"


def periods_needed(finding: Finding, facts: Facts, *, lower: float, span: Span) -> int | None:
    """How many more periods after the start would tell; None where waiting would not.

    The interval's width is taken to shrink as √(1/before + 1/after), which holds for noise
    that is independent from period to period; it is therefore the least that could be hoped.
    Only periods that the after-window can still take in by the due date count.
    """
    if finding is Finding.TOO_SOON:
        enough = facts.n_after < facts.needed <= span.room
        return facts.needed - facts.n_after if enough else None
    width = facts.upper - lower
    if finding is not Finding.CANNOT_TELL or not 0 < width < inf or facts.promised_added <= 0:
        return None
    now = 1 / facts.n_before + 1 / facts.n_after
    then = (facts.promised_added / width) ** 2 * now - 1 / facts.n_before
    if then <= 0:
        return None
    more = max(ceil(1 / then) - facts.n_after, 1)
    return more if more <= span.to_come else None
