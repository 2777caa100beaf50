"""Which figures are due from whom, by when, and what came of each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Max, Q, prefetch_related_objects
from django.utils import timezone

from makegood.capture.owing import (
    ONE_DAY,
    Agreed,
    DueState,
    Rest,
    Span,
    days_in_words,
    last_period,
    spans_before,
    spans_owed,
    state_of,
)
from makegood.capture.queries.found_wrong import (
    IS_FOUND_WRONG,
    IS_TO_BE_CORRECTED,
    NOT_CORRECTED,
)
from makegood.contract.models import (
    Commitment,
    CommitmentVersion,
    Contract,
    Signature,
)
from makegood.contract.queries import rests_of, with_lines
from makegood.contract.states import VariationState
from makegood.kernel.figures import show_figure
from makegood.kernel.period import Frequency
from makegood.measures.models import Line, Measurement
from makegood.measures.states import Standing
from makegood.people.models import Organisation

ANSWERS = {
    Standing.MEASURED: DueState.GIVEN,
    Standing.NOT_AVAILABLE: DueState.NOT_AVAILABLE,
    Standing.SUPPRESSED: DueState.SUPPRESSED,
}

Rests = Mapping[int, list[Rest]]
"""From when until when contracts rest, by their keys."""


class Came(NamedTuple):
    """What stands for a period, and when the first word on it came."""

    period: date
    standing: Standing
    value: float | None
    note: str
    first_at: datetime
    first_value: float | None = None
    versions: int = 1
    is_wrong: bool = False
    """Whether it was found wrong, and is not corrected."""
    is_asked_again: bool = False
    """Whether nobody has corrected that, nor stood by it."""


@dataclass(frozen=True, kw_only=True)
class FigureDue:
    """The figure that a commitment owes for one period, and how it stands."""

    commitment: Commitment
    span: Span
    owed_by: Organisation
    """Who delivered at the end of the period, and so owes its figure."""
    state: DueState
    days_late: int = 0
    """How many days after it was due it came, or for how many nothing has come."""
    came: Came | None = None
    is_history: bool = False
    """Whether it is of the year before, which is asked for once and never late."""
    series: Sequence[Came] = field(default=(), repr=False, compare=False)
    """All that came for its series, in order of time."""

    @property
    def is_late(self) -> bool:
        """Return whether it was due, and nothing has come."""
        return self.state == DueState.LATE

    @property
    def is_missing(self) -> bool:
        """Return whether its period is over, and nothing has come."""
        return self.state in {DueState.DUE, DueState.LATE}

    @property
    def is_found_wrong(self) -> bool:
        """Return whether its figure was found wrong, and is not corrected."""
        return self.came is not None and self.came.is_wrong

    @property
    def is_to_be_corrected(self) -> bool:
        """Return whether who owes it is asked to correct it: not who stands by it, nor one that closed.

        For one that was merged, the members of what stays are asked.
        """
        is_asked = self.came is not None and self.came.is_asked_again
        house = self.owed_by
        return is_asked and (house.closed_on is None or house.merged_into_id is not None)

    @property
    def is_asked_of_now(self) -> bool:
        """Return whether who delivers now owes it."""
        return self.owed_by == self.commitment.contract.provider

    @property
    def kept_for(self) -> date:
        """Return the period of its measure under which its figure is kept: the last in the span."""
        return _kept_for(self.commitment, span=self.span)

    @property
    def line(self) -> Line | None:
        """Return the series it is kept in, with those that go on with it."""
        return self.commitment.line

    @property
    def words(self) -> str:
        """Return how it stands, in words."""
        if self.state == DueState.LATE:
            return f"{days_in_words(self.days_late)} late"
        if self.state == DueState.GIVEN:
            return f"{self._given}; {NOT_CORRECTED}" if self.is_found_wrong else self._given
        if self.state == DueState.NOT_AVAILABLE and self.came:
            return f"No figure: {self.came.note}"
        return {
            DueState.DUE: "Due now",
            DueState.SUPPRESSED: "Suppressed: so few that somebody could be known",
        }.get(self.state, "Its time is not over yet")

    @property
    def _given(self) -> str:
        unit = self.commitment.measure.unit if self.commitment.measure else ""
        figure = show_figure(self.came.value if self.came else None, unit=unit)
        late = days_in_words(self.days_late)
        return f"{figure}, given {late} late" if self.days_late else f"{figure}, given in time"


@dataclass(frozen=True, kw_only=True)
class DueTally:
    """How many figures were due, and how they came."""

    due: int = 0
    """Those whose day is past, or that came before it."""
    late: int = 0
    """Those of them for which nothing has come."""
    given_late: int = 0
    without: int = 0
    """Those for which a reason came, and no figure."""
    wrong: int = 0
    """Those that were found wrong, and are not corrected."""

    @property
    def words(self) -> str:
        """Return ``3 of 12 late``, or that none is; and how many were found wrong."""
        if not self.due:
            return "no figure was due yet"
        late = f"{self.late} of {self.due} late" if self.late else f"none of {self.due} late"
        return f"{late}, {self.wrong} found wrong" if self.wrong else late


def tally_of(rows: Iterable[FigureDue]) -> DueTally:
    """Count what was due among ``rows``; history is never due."""
    asked = [row for row in rows if not row.is_history]
    due = [row for row in asked if row.is_late or row.state.is_answered]
    return DueTally(
        due=len(due),
        late=sum(row.is_late for row in due),
        given_late=sum(row.days_late > 0 and row.state.is_answered for row in due),
        without=sum(row.state == DueState.NOT_AVAILABLE for row in due),
        wrong=sum(row.is_found_wrong for row in due),
    )


def figures_due(
    commitments: Iterable[Commitment],
    *,
    today: date,
    rests: Rests | None = None,
    with_history: bool = False,
) -> list[FigureDue]:
    """Return every period of ``commitments`` that has begun and owes a figure, in order of time.

    ``rests`` says when contracts rest, where that is known. ``with_history`` adds the year before.
    """
    held = [one for one in commitments if one.series is not None]
    contracts = {one.contract_id for one in held}
    handed_over = [one.contract for one in held if one.contract.taken_over_by_id]
    prefetch_related_objects(handed_over, "handovers__outgoing", "handovers__successor")
    with_lines(held)
    rests = rests_of(contracts) if rests is None else rests
    since, terms, came = _in_force_since(contracts), _versions(held), what_came(held)
    found: list[FigureDue] = []
    for one in held:
        agreed, last_on = _agreed(one, versions=terms.get(one.pk, []))
        spans = spans_owed(
            agreed,
            last_on=last_on,
            today=today,
            asked_from=_asked_from(one.contract, since=since),
            rests=rests.get(one.contract_id, ()),
        )
        before = spans_before(agreed, starts_on=one.starts_on) if with_history else []
        own = came[one.pk]
        found += _stand(one, before, came=own, today=today, is_history=True)
        found += _stand(one, spans, came=own, today=today)
    return found


def _stand(
    commitment: Commitment,
    spans: Sequence[Span],
    *,
    came: Sequence[Came],
    today: date,
    is_history: bool = False,
) -> Iterator[FigureDue]:
    """Yield how each period stands by what came for it."""
    days = [each.period for each in came]
    for span in spans:
        first = _kept_for(commitment, span=span)
        inside = came[bisect_left(days, first) : bisect_right(days, span.last)]
        answer = inside[0] if inside else None
        arrived = timezone.localdate(answer.first_at) if answer else today
        state = ANSWERS[answer.standing] if answer else state_of(span, today=today)
        if is_history and not answer:
            state = DueState.NOT_YET
        yield FigureDue(
            commitment=commitment,
            span=span,
            owed_by=_owing(commitment, period=first, until=span.last, is_history=is_history),
            state=state,
            days_late=0 if is_history else max((arrived - span.due_on).days, 0),
            came=answer,
            is_history=is_history,
            series=came,
        )


def _owing(commitment: Commitment, *, period: date, until: date, is_history: bool) -> Organisation:
    """Return who owes a figure; the year before is asked of who delivers, in the series it is kept in."""
    if is_history and commitment.line and not commitment.line.then:
        return commitment.contract.provider
    return commitment.owed_by(period, until=until)


def _kept_for(commitment: Commitment, *, span: Span) -> date:
    assert commitment.series
    return last_period(span, measured=Frequency(commitment.series.measure.frequency))


def _agreed(
    commitment: Commitment, *, versions: Sequence[CommitmentVersion]
) -> tuple[list[Agreed], date]:
    """Return what is agreed of figures from when on, and the last day for which they are owed."""
    assert commitment.series
    contract = commitment.contract
    measured, usual = commitment.series.measure.frequency, settings.FIGURES_WITHIN_DAYS
    last_on, terms = contract.ends_on, []
    first = (commitment.frequency, commitment.within_days, None, False)
    said = [(v.frequency, v.within_days, v.variation, v.is_released) for v in versions]
    for frequency, within_days, variation, is_released in said or [first]:
        from_on = variation.from_on if variation else contract.starts_on
        every = Frequency(frequency or measured)
        terms.append(Agreed(from_on=from_on, every=every, within_days=within_days or usual))
        if is_released and variation:
            last_on = min(last_on, from_on - ONE_DAY)
    return terms, last_on


def _versions(commitments: Iterable[Commitment]) -> dict[int, list[CommitmentVersion]]:
    """Return every version in force of those that were varied, the first first, by their keys."""
    varied = [one.pk for one in commitments if one.varied_by_id]
    if not varied:
        return {}
    rows = CommitmentVersion.objects.filter(
        Q(variation__isnull=True) | Q(variation__state=VariationState.IN_FORCE),
        commitment__in=varied,
        is_left_out=False,
    ).select_related("variation")
    found: dict[int, list[CommitmentVersion]] = {}
    for row in sorted(rows, key=lambda one: one.variation.number if one.variation else 0):
        found.setdefault(row.commitment_id, []).append(row)
    return found


def _in_force_since(contracts: Iterable[int]) -> dict[int, datetime]:
    """Return when each contract came into force by its last signature."""
    signed = Signature.objects.filter(
        contract__in=list(contracts), signing_round=F("contract__signing_round")
    )
    found = signed.values("contract").annotate(at=Max("signed_at")).order_by()
    return dict(found.values_list("contract", "at"))


def _asked_from(contract: Contract, *, since: Mapping[int, datetime]) -> date:
    """Return the first day on which a figure of ``contract`` could be given."""
    at = since.get(contract.pk) or contract.brought_in_at
    return timezone.localdate(at) if at else contract.starts_on


def what_came(commitments: Iterable[Commitment]) -> dict[int, list[Came]]:
    """Return what stands for each period of each commitment, by its key, and when the first word came."""
    lines = {one.pk: one.line for one in commitments if one.line}
    rows = (
        Measurement.objects.filter(
            series__in={each.pk for line in lines.values() for each in line.parts}
        )
        .annotate(is_wrong=IS_FOUND_WRONG, is_asked=IS_TO_BE_CORRECTED)
        .order_by("series", "period", "version")
        .values_list(
            "series", "period", "standing", "value", "note", "recorded_at", "is_wrong", "is_asked"
        )
    )
    found: dict[int, dict[date, Came]] = {}
    for series, period, standing, value, note, at, is_wrong, is_asked in rows:
        own = found.setdefault(series, {})
        before = own.get(period)
        first_at, first_value = (before.first_at, before.first_value) if before else (at, value)
        versions = before.versions + 1 if before else 1
        stands = Standing(standing)
        own[period] = Came(
            period, stands, value, note, first_at, first_value, versions, is_wrong, is_asked
        )
    return {key: list(_along(line, came=found)) for key, line in lines.items()}


def _along(line: Line, *, came: Mapping[int, Mapping[date, Came]]) -> Iterator[Came]:
    """Yield what came for a line in order of time, each from the series that its period is read in."""
    for part in line.parts:
        own = came.get(part.pk, {}).values()
        yield from own if not line.then else (one for one in own if line.at(one.period) == part)
