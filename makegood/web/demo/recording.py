"""How the figures of the example came: the years before at once, then month by month, a few of them late."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from makegood.capture import actions as capture
from makegood.contract.models import Commitment
from makegood.measures import actions as measures
from makegood.people.models import Person

SOON, LATE = 8, 34
"""So many days after a month its figure comes, or comes late."""
EVERY = 7
"""One figure in so many comes late."""


def record_as_it_came(
    commitment: Commitment,
    *,
    values: Mapping[date, float],
    by: Person,
    at: Callable[[date, int], datetime],
) -> None:
    """Record ``values``; ``at`` gives the moment so many days after the month that begins on a day."""
    assert commitment.series
    before = {day: value for day, value in values.items() if day < commitment.starts_on}
    measures.import_history(
        commitment.series,
        values=before,
        source="figures.csv",
        stream=commitment.contract.stream,
        by=by,
        now=at(max(before), 4),
    )
    since = {day: value for day, value in values.items() if day not in before}
    record_month_by_month(commitment, values=since, by=by, at=at)


def record_month_by_month(
    commitment: Commitment,
    *,
    values: Mapping[date, float],
    by: Person,
    at: Callable[[date, int], datetime],
) -> None:
    """Record ``values`` as they came, for whoever delivers then."""
    for number, (day, value) in enumerate(values.items()):
        days = LATE if number % EVERY == EVERY - 2 else SOON + number % 5
        now = at(day, days)
        capture.capture_measurement(commitment, period=day, value=value, by=by, now=now)
