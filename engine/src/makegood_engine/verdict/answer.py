"""What was judged, in words: one verdict with all its numbers, or a table of many."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import isnan

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine import __version__
from makegood_engine.effect.pool import REASONS
from makegood_engine.verdict.cautions import cautions_of
from makegood_engine.verdict.grid import Grid
from makegood_engine.verdict.judge import Case, Judged, looks_ahead
from makegood_engine.verdict.promise import RATE
from makegood_engine.verdict.rules import FINDINGS, TESTED, Facts, Finding
from makegood_engine.verdict.waiting import Settling, Waiting, outlook, until_enough
from makegood_engine.verdict.words import Span, Words, sentence

NAMES = tuple(finding.value for finding in FINDINGS)
UNTESTED = tuple(
    "target only" if one in {Finding.REACHED, Finding.NOT_REACHED} else "none"
    for one in FINDINGS[:TESTED]
)
"""How it was judged where there was no test, by the finding's code."""
_TOO_SOON, _CANNOT_TELL = Finding.TOO_SOON, Finding.CANNOT_TELL

SCHEMA = pa.schema(
    [
        ("commitment", pa.string()),
        ("verdict", pa.string()),
        ("promised_added", pa.float64()),
        ("effect", pa.float64()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("level", pa.float64()),
        ("p_added", pa.float64()),
        ("reached", pa.bool_()),
        ("in_portfolio_list", pa.bool_()),
        ("n_before", pa.int64()),
        ("n_after", pa.int64()),
        ("n_comparators", pa.int64()),
        ("periods_needed", pa.int64()),
        ("method", pa.string()),
        ("reason", pa.string()),
        ("version", pa.string()),
    ]
)
"""The verdicts table."""


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
    """A verdict on one commitment; the first seventeen fields are the verdicts table's columns.

    `promised_added`, `effect`, `lower`, `upper` are in the measure's unit, more being better;
    `lower` to `upper` is the interval of 1 - 2 × `level` (90% at a single look), `level` being that
    of each one-sided test at this look; `p_added` the chance of so much where nothing was added;
    all None where there was no test. `reached` is
    whether `mean_after` met the target. `periods_needed` is how many more periods would tell, None
    where that is not certain. `reason` is a plain sentence or a few; `sentence` puts the verdict
    before it.

    `mean_before` and `mean_after` are of the provider's own known periods, weighted by their
    denominators where there are any: a rate's is all its events over all its denominators. Only
    where periods are missing is it moved, by what the comparators show those periods to differ
    by. `reached` and the words speak of this mean. `notes` hold what else must be known.
    `pool_left_out` counts comparators that could not be used, by reason. `leave_one_out` says
    what each comparator's absence would change.
    """

    commitment: str
    verdict: str
    promised_added: float
    effect: float | None
    lower: float | None
    upper: float | None
    level: float | None
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


COLUMNS = tuple(part.name for part in fields(Verdict)[:17])
"""The columns of the verdicts table, in order."""


def table_of(judged: Judged) -> pa.Table:
    """The verdicts table of what was judged; no promise is in the portfolio list yet."""
    effects, findings = judged.effects, judged.findings
    untested = findings < TESTED
    cautions = cautions_of(judged)
    said = [_said(judged, *each, cautions=cautions[each[0]]) for each in _each(judged)]
    columns = {
        "commitment": [case.promise.commitment for case in judged.cases],
        "verdict": [NAMES[code] for code in findings.tolist()],
        "promised_added": judged.promised,
        "effect": _where_known(effects.effect, untested),
        "lower": _where_known(effects.lower, untested),
        "upper": _where_known(effects.upper, untested),
        "level": _where_known(np.array([case.level for case in judged.cases]), untested),
        "p_added": _where_known(effects.p_better, untested),
        "reached": pa.array(judged.reached == 1, mask=np.isnan(judged.reached)),
        "in_portfolio_list": np.zeros(len(said), dtype=np.bool_),
        "n_before": effects.n_before,
        "n_after": effects.n_after,
        "n_comparators": effects.comparators,
        "periods_needed": [needed for needed, _ in said],
        "method": _methods(judged),
        "reason": [reason for _, reason in said],
        "version": pa.repeat(__version__, len(said)),
    }
    return pa.table(columns, schema=SCHEMA)


def verdict_of(judged: Judged, place: int) -> Verdict:
    """One verdict of those that were judged, with all its numbers."""
    row = table_of(only(judged, place)).to_pylist()[0]
    effects, case = judged.effects, judged.cases[place]
    return Verdict(
        **row,
        mean_before=_known(effects.before[place]),
        mean_after=_known(effects.after[place]),
        notes=case.promise.notes,
        pool_left_out=_left_out(judged, place),
    )


def _left_out(judged: Judged, place: int) -> tuple[tuple[str, int], ...]:
    """How many comparators could not be used, by reason."""
    tally = judged.effects.left_out[place].tolist()
    return tuple(pair for pair in zip(REASONS[1:], tally[1:], strict=True) if pair[1])


def only(judged: Judged, place: int) -> Judged:
    """What was judged, cut down to one promise."""
    here = slice(place, place + 1)
    names = judged.effects.__slots__
    effects = type(judged.effects)(*(getattr(judged.effects, name)[here] for name in names))
    return Judged(
        judged.grid, judged.cases[here], effects, judged.promised[here],
        judged.reached[here], judged.findings[here],
    )  # fmt: skip


def _each(judged: Judged) -> Iterator[tuple[int, Case, Finding, Facts]]:
    """Place, case, finding and facts of every promise, in plain numbers."""
    found = judged.effects
    columns = zip(
        judged.cases, judged.findings.tolist(), found.comparators.tolist(),
        found.left_out.sum(axis=1).tolist(), judged.reached.tolist(), found.n_before.tolist(),
        found.n_after.tolist(), judged.promised.tolist(), found.effect.tolist(),
        found.upper.tolist(), found.p_better.tolist(), found.p_worse.tolist(),
        found.lower.tolist(), np.asarray(found.still.any(axis=1)).tolist(), strict=True,
    )  # fmt: skip
    for place, (case, code, comparators, pool, met, before, after, *tested) in enumerate(columns):
        window = case.window
        facts = Facts(
            case.promise.better, window.annual, comparators, pool,
            None if isnan(met) else met == 1, before, after, window.needed, *tested,
        )  # fmt: skip
        yield place, case, FINDINGS[code], facts


def _said(
    judged: Judged,
    place: int,
    case: Case,
    finding: Finding,
    facts: Facts,
    *,
    cautions: tuple[str, ...],
) -> tuple[int | None, str]:
    """Periods needed, and the reason, of one promise."""
    span = _span(judged, case, facts, cautions)
    if facts.comparators < facts.pool:
        span = span._replace(left_out=_left_out(judged, place))
    waiting = Waiting()
    if finding is _TOO_SOON:
        waiting = until_enough(facts, room=span.room, left=span.left)
    elif finding is _CANNOT_TELL:
        waiting = outlook(facts, _settling(judged, place), looks_ahead(judged.grid, case))
    return waiting.needed, sentence(
        finding,
        facts,
        mean_after=float(judged.effects.after[place]),
        words=Words(case.promise.target, case.promise.unit or "", case.level),
        span=span,
        waiting=waiting,
    )


def _settling(judged: Judged, place: int) -> Settling:
    found, case = judged.effects, judged.cases[place]
    as_rate = case.promise.scale == RATE
    return Settling(
        float(found.lower[place]),
        float(found.error[place]),
        float("nan") if as_rate else float(found.variance[place]),
        float(found.follows[place]),
        case.level,
    )


def _span(judged: Judged, case: Case, facts: Facts, cautions: tuple[str, ...]) -> Span:
    """Gather what the words say of time, and what calls for care."""
    window, grid = case.window, judged.grid
    missing: tuple[str, ...] = ()
    last, left = "", 0
    if facts.n_after < window.needed:
        columns = range(*window.after, window.step)
        missing = tuple(grid.calendar.name(k) for k in columns if not grid.has(case.row, k))
        last, left = _last_figure(grid, case)
    if window.ends_early:
        last = grid.calendar.name(window.after[1] - window.step)
        cautions = (f"Its figures end in {last}, but its comparators' go on.", *cautions)
    return Span(window.season, window.room, missing, last, left, case.agreed, cautions)


def _last_figure(grid: Grid, case: Case) -> tuple[str, int]:
    """The period of the last figure that was looked at, and how many periods follow to the due date.

    "" where that is the last period of the contract, or there is no figure.
    """
    promise, row = case.promise, grid.values[case.row]
    end = len(row) if promise.look is None else grid.calendar.column_at(promise.look) + 1
    known = np.flatnonzero(~np.isnan(row[: max(end, 0)]))
    last = int(known[-1]) if len(known) else case.window.after[0] - case.window.step
    left = (grid.calendar.column_at(promise.due_on) - last) // case.window.step
    return (grid.calendar.name(last) if left > 0 and len(known) else "", max(left, 0))


def _methods(judged: Judged) -> list[str]:
    """How each promise was judged."""
    return [
        UNTESTED[code] if code < TESTED else _method(case, by_rank=by_rank)
        for code, case, by_rank in zip(
            judged.findings.tolist(), judged.cases, judged.effects.by_rank.tolist(), strict=True
        )
    ]


def _method(case: Case, *, by_rank: bool) -> str:
    scale = " of log rates" if case.promise.scale == RATE else ""
    return f"ANCOVA placebo{scale}, {'rank' if by_rank else 'prediction-t'}"


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _where_known(values: NDArray[np.float64], untested: NDArray[np.bool_]) -> pa.Array:
    return pa.array(values, mask=untested | np.isnan(values))
