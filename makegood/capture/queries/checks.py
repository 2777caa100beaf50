"""How far figures are checked, and what is disputed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from makegood.capture.models import Check, Dispute
from makegood.capture.queries.found_wrong import FoundWrong, found_wrong
from makegood.capture.states import DisputeState, Level
from makegood.contract.models import Commitment
from makegood.measures.models import Measurement
from makegood.measures.queries import current_measurements
from makegood.people.models import Organisation

RANK = (Level.SELF_REPORTED, Level.CORROBORATED, Level.VERIFIED, Level.DISPUTED)


@dataclass(frozen=True, kw_only=True)
class FigureShown:
    """One figure with all that was said of it."""

    measurement: Measurement
    level: Level
    checks: Sequence[Check]
    disputes: Sequence[Dispute]
    found_wrong: FoundWrong | None = None
    """What found it wrong, while it stands uncorrected."""

    @property
    def open_dispute(self) -> Dispute | None:
        """Return the dispute of it that is not resolved."""
        return open_among(self.disputes)


def open_among(disputes: Iterable[Dispute]) -> Dispute | None:
    """Return which of ``disputes`` is not resolved."""
    return next((one for one in disputes if not one.is_settled), None)


def checks_of(commitment: Commitment) -> QuerySet[Check]:
    """Return what was said of the figures of ``commitment``, in order of time."""
    of_figures = commitment.checks.filter(measurement__isnull=False)
    return of_figures.select_related("made_for", "made_by", "measurement")


def disputes_of(commitment: Commitment) -> QuerySet[Dispute]:
    """Return the disputes of the figures of ``commitment``, the newest first."""
    of_figures = commitment.disputes.filter(measurement__isnull=False)
    return of_figures.select_related("opened_for", "measurement")


def dispute_found(reference: str) -> QuerySet[Dispute]:
    """Return the dispute with ``reference``."""
    return _whole(Dispute.objects.filter(reference=reference))


def _whole(found: QuerySet[Dispute]) -> QuerySet[Dispute]:
    return found.select_related(
        "measurement",
        "document__added_for",
        "opened_for",
        "commitment__measure",
        "commitment__promise",
        "commitment__contract__assessor",
        "commitment__contract__taken_over_by",
        "commitment__contract__proposal__provider",
        "commitment__contract__proposal__need__commissioner",
    )


def levels_of(commitment: Commitment) -> Mapping[date, Level]:
    """Return how far each figure that stands is checked, by its period.

    A correction is checked anew; a dispute goes on until it is resolved, whatever is corrected meanwhile.
    """
    if commitment.line is None:
        return {}
    open_ones = commitment.disputes.exclude(state=DisputeState.RESOLVED)
    rows = (
        current_measurements(commitment.line)
        .annotate(
            said=FilteredRelation("checks", condition=Q(checks__commitment=commitment)),
            is_disputed=Exists(open_ones.filter(measurement__period=OuterRef("period"))),
        )
        .values_list("period", "said__level", "is_disputed")
    )
    found: dict[date, Level] = {}
    for period, said, is_disputed in rows:
        level = Level.DISPUTED if is_disputed else Level(said or Level.SELF_REPORTED)
        found[period] = max(found.get(period, level), level, key=RANK.index)
    return found


def figure_shown(commitment: Commitment, *, period: date) -> FigureShown | None:
    """Return the figure that stands for ``period`` with all that was said of it."""
    if commitment.line is None:
        return None
    held = current_measurements(commitment.line).filter(period=period).first()
    if held is None:
        return None
    return FigureShown(
        measurement=held,
        level=levels_of(commitment)[period],
        checks=[one for one in checks_of(commitment) if one.measurement_id == held.pk],
        disputes=[one for one in disputes_of(commitment) if one.figure.period == period],
        found_wrong=found_wrong([held.series_id]).get((held.series_id, period)),
    )


@dataclass(frozen=True, kw_only=True)
class CountShown:
    """How many stories were told, with all that was said of that."""

    count: int
    level: Level
    checks: Sequence[Check]
    disputes: Sequence[Dispute]

    @property
    def open_dispute(self) -> Dispute | None:
        """Return the dispute of it that is not resolved."""
        return open_among(self.disputes)


def count_shown(commitment: Commitment, *, count: int) -> CountShown:
    """Return ``count``, the stories that stand, with all that was said of how many there are.

    Another count is checked anew; a dispute goes on until it is resolved.
    """
    checks = list(commitment.checks.filter(stories__isnull=False).select_related("made_for"))
    of_stories = commitment.disputes.filter(stories__isnull=False)
    disputes = list(of_stories.select_related("opened_for", "commitment"))
    said = [Level(one.level) for one in checks if one.stories == count]
    level = max([Level.SELF_REPORTED, *said], key=RANK.index)
    is_disputed = open_among(disputes) is not None
    return CountShown(
        count=count,
        level=Level.DISPUTED if is_disputed else level,
        checks=checks,
        disputes=disputes,
    )


def houses_checking(commitment: Commitment) -> list[Organisation]:
    """Return for whom evidence of ``commitment`` is checked: who judges, who buys, who delivers."""
    contract = commitment.contract
    return [contract.assessor, contract.commissioner, contract.provider]
