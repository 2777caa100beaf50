"""Which figures an organisation or a contract owes, and what their series were lately."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from makegood.articulate.queries import Reach
from makegood.capture.quality import Point, Quality, quality_of
from makegood.capture.queries.checks import levels_of
from makegood.capture.queries.due import FigureDue, figures_due
from makegood.capture.queries.found_wrong import FoundWrong, found_wrong
from makegood.capture.states import Level
from makegood.contract.models import Commitment, Contract, Handover
from makegood.contract.queries import commitments_in_force, with_provider
from makegood.contract.states import ContractState, HandoverState
from makegood.kernel.figures import show_figure
from makegood.kernel.period import name_month
from makegood.people.models import Organisation
from makegood.people.states import Right

LATELY = 3
"""How many of the last figures are said in words."""


def commitments_owing(*, organisation: Organisation) -> QuerySet[Commitment]:
    """Return the commitments in numbers for which it delivers or delivered, or that it bought."""
    own = with_provider([organisation], contract="contract__")
    own |= Q(contract__proposal__need__commissioner=organisation)
    return _in_numbers(commitments_in_force().filter(own))


def figures_owed_by(organisation: Organisation, *, today: date) -> list[FigureDue]:
    """Return the figures that ``organisation`` owes, for what it delivers or delivered."""
    own = with_provider([organisation], contract="contract__")
    rows = figures_due(_in_numbers(commitments_in_force().filter(own)), today=today)
    return [row for row in rows if row.owed_by == organisation]


def organisations_owing() -> list[int]:
    """Return who delivers any contract in force, or handed it over and is there still, by key."""
    owing = Coalesce("contract__taken_over_by", "contract__proposal__provider")
    found = _in_numbers(commitments_in_force()).annotate(owing=owing).order_by()
    before = Handover.objects.filter(
        state=HandoverState.IN_FORCE,
        contract__state=ContractState.IN_FORCE,
        outgoing__closed_on__isnull=True,
    )
    keys = set(found.values_list("owing", flat=True).distinct())
    return sorted(keys | set(before.values_list("outgoing", flat=True)))


def commitments_in_numbers(contract: Contract) -> QuerySet[Commitment]:
    """Return the commitments of ``contract`` that owe figures."""
    return _in_numbers(commitments_in_force().filter(contract=contract))


def figures_of(organisation: Organisation, *, today: date) -> list[FigureDue]:
    """Return the figures that ``organisation`` owes or owed, and those that are owed to it."""
    rows = figures_due(commitments_owing(organisation=organisation), today=today)
    return [row for row in rows if _concerns(row, organisation=organisation)]


def figures_under(contract: Contract, *, today: date) -> list[FigureDue]:
    """Return the figures that are owed under ``contract``."""
    return figures_due(commitments_in_numbers(contract), today=today)


def figures_asked(
    organisation: Organisation, *, reach: Reach, today: date, with_history: bool = False
) -> list[FigureDue]:
    """Return the figures that ``organisation`` owes and that whoever has ``reach`` may give.

    Who handed a contract over still owes, and gives, those of its own time.
    What is most urgent comes first: what is late longest, what is due soonest, what is not over yet.
    """
    own = with_provider([organisation], contract="contract__")
    commitments = [
        one
        for one in _in_numbers(commitments_in_force().filter(own))
        if reach.may(
            Right.RECORD,
            organisation=organisation.pk,
            programme=one.contract.proposal.need.programme_id,
        )
    ]
    rows = figures_due(commitments, today=today, with_history=with_history)
    asked = [row for row in rows if row.owed_by == organisation]
    return sorted(asked, key=lambda row: (row.span.due_on, row.commitment.reference))


def histories_missing(rows: Iterable[FigureDue]) -> list[tuple[Commitment, int]]:
    """Return of which commitments the year before is not whole, and how many figures it lacks.

    Of one that was handed over it is not asked: who delivers now did not measure it.
    """
    found: dict[int, tuple[Commitment, int]] = {}
    for row in rows:
        if row.is_history and row.is_asked_of_now and not row.state.is_answered:
            owed, count = found.get(row.commitment.pk, (row.commitment, 0))
            found[row.commitment.pk] = (owed, count + 1)
    return list(found.values())


def pasts_of(rows: Iterable[FigureDue]) -> dict[int, dict[date, float | None]]:
    """Return what stands for the series of each commitment among ``rows``, by the commitment’s key."""
    series = {row.commitment.pk: row.series for row in rows}
    return {key: {each.period: each.value for each in came} for key, came in series.items()}


def wrong_among(rows: Iterable[FigureDue]) -> dict[int, set[date]]:
    """Return for which periods of each commitment the figure was found wrong, by the commitment’s key."""
    series = {row.commitment.pk: row.series for row in rows}
    return {key: {each.period for each in came if each.is_wrong} for key, came in series.items()}


def figures_to_correct(rows: Iterable[FigureDue]) -> list[tuple[FigureDue, FoundWrong]]:
    """Return which of ``rows`` were found wrong and ask to be corrected, each with what found it.

    One query, and none where nothing is to be corrected.
    """
    asked = [row for row in rows if row.is_to_be_corrected]
    found = found_wrong({_kept_in(row) for row in asked})
    pairs = ((row, found.get((_kept_in(row), row.came.period))) for row in asked if row.came)
    return [(row, said) for row, said in pairs if said]


def _kept_in(row: FigureDue) -> int:
    assert row.line
    assert row.came
    return row.line.at(row.came.period).pk


def said_lately(past: Mapping[date, float | None], *, commitment: Commitment) -> str:
    """Return the last figures in words, the newest last: ``4.4% in April 2024, 4.6% in May 2024``."""
    unit = commitment.measure.unit if commitment.measure else ""
    known = [(day, value) for day, value in past.items() if value is not None]
    return ", ".join(
        f"{show_figure(value, unit=unit)} in {name_month(day)}" for day, value in known[-LATELY:]
    )


def _concerns(row: FigureDue, *, organisation: Organisation) -> bool:
    return organisation in {row.owed_by, row.commitment.contract.commissioner}


def _in_numbers(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return found.filter(series__isnull=False).select_related("varied_by").order_by("reference")


def quality_shown(commitment: Commitment, *, today: date) -> Quality:
    """Return how good the figures of ``commitment`` are, since its contract began."""
    rows = figures_due([commitment], today=today)
    levels = levels_of(commitment) if any(row.came for row in rows) else {}
    nobody = Level.SELF_REPORTED
    points = [
        Point(
            name=row.span.name,
            value=row.came.value if row.came else None,
            is_due=row.is_late or row.state.is_answered,
            is_answered=row.state.is_answered,
            days_late=row.days_late if row.state.is_answered else 0,
            first_value=row.came.first_value if row.came else None,
            versions=row.came.versions if row.came else 0,
            is_wrong=row.is_found_wrong,
            level=levels.get(row.came.period, nobody) if row.came else nobody,
        )
        for row in rows
    ]
    return quality_of(points, unit=commitment.measure.unit if commitment.measure else "")
