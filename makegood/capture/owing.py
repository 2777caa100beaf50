"""What figures a commitment owes: for which periods, by which day, and how each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from makegood.kernel.period import Frequency, add_months, first_day

ONE_DAY = timedelta(days=1)
HISTORY_MONTHS = 12
"""How many months before the start a figure is compared with."""
Rest = tuple[date, date]
"""The first and the last day of a time in which a contract rests."""


class DueState(StrEnum):
    """How the figure of one period stands."""

    NOT_YET = "not yet"
    DUE = "due"
    LATE = "late"
    GIVEN = "given"
    NOT_AVAILABLE = "no figure"
    SUPPRESSED = "suppressed"

    @property
    def is_answered(self) -> bool:
        """Return whether a figure came, or the reason why there is none."""
        return self in {DueState.GIVEN, DueState.NOT_AVAILABLE, DueState.SUPPRESSED}

    @property
    def kind(self) -> str:
        """Return the kind of status as which it is shown."""
        return {"late": "lost", "due": "now", "given": "ok"}.get(self.value, "wait")


class Stage(StrEnum):
    """When somebody is reminded of a figure: before its day, after it, and long after."""

    SOON = "soon"
    LATE = "late"
    LONG = "long"


@dataclass(frozen=True, kw_only=True)
class Reminding:
    """How many days before and after its day those who owe a figure are reminded, and others told."""

    before: int
    after: int
    long_after: int


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What is agreed of figures from a day on: how often they come, and how soon after each period."""

    from_on: date
    every: Frequency
    within_days: int


@dataclass(frozen=True, kw_only=True)
class Span:
    """One period that owes a figure: its first and last day, and the day by which it is due."""

    first: date
    last: date
    due_on: date

    @property
    def name(self) -> str:
        """Return ``April 2024``, or ``April to June 2024``."""
        return name_span(self.first, self.last)


def spans_owed(
    terms: Sequence[Agreed],
    *,
    last_on: date,
    today: date,
    asked_from: date,
    rests: Iterable[Rest] = (),
) -> list[Span]:
    """Return the periods from the first of ``terms`` to ``last_on`` that have begun, in order of time.

    Each is as long as was agreed for its first day. None is due sooner than so many days after
    ``asked_from``: before a contract is in force nobody can give a figure. A period all through which
    the contract rests owes none, and none falls due while it rests.
    """
    found, pauses = [], sorted(rests)
    day = first_day(terms[0].from_on)
    while day <= min(last_on, today):
        held = _agreed_on(day, terms=terms)
        after = add_months(day, held.every.months)
        if not any(first <= day and after - ONE_DAY <= last for first, last in pauses):
            last = min(after - ONE_DAY, last_on)
            due_on = max(last, asked_from) + timedelta(days=held.within_days)
            for begun, until in pauses:
                if begun <= due_on <= until:
                    due_on = until + timedelta(days=held.within_days)
            found.append(Span(first=day, last=last, due_on=due_on))
        day = after
    return found


def spans_before(terms: Sequence[Agreed], *, starts_on: date) -> list[Span]:
    """Return the periods of the year before the start, which figures are compared with; never due."""
    held, first = terms[0], first_day(min(terms[0].from_on, starts_on))
    found, day = [], add_months(first, -HISTORY_MONTHS)
    while day < first_day(terms[0].from_on):
        after = add_months(day, held.every.months)
        found.append(Span(first=day, last=after - ONE_DAY, due_on=date.max))
        day = after
    return found


def last_period(span: Span, *, measured: Frequency) -> date:
    """Return the first day of the last period of a measure within a span: its figure answers the span."""
    return max(span.first, add_months(first_day(span.last), 1 - measured.months))


def _agreed_on(day: date, *, terms: Sequence[Agreed]) -> Agreed:
    return [each for each in terms if each is terms[0] or each.from_on <= day][-1]


def state_of(span: Span, *, today: date) -> DueState:
    """Return how a period stands for which nothing has come."""
    if today <= span.last:
        return DueState.NOT_YET
    return DueState.DUE if today <= span.due_on else DueState.LATE


def stages_of(span: Span, *, today: date, reminding: Reminding) -> list[Stage]:
    """Return which reminders are due of a period for which nothing has come."""
    if today <= span.last:
        return []
    left = (span.due_on - today).days
    if 0 <= left <= reminding.before:
        return [Stage.SOON]
    if -left >= reminding.long_after:
        return [Stage.LATE, Stage.LONG]
    return [Stage.LATE] if left < 0 and -left >= reminding.after else []


def name_span(first: date, last: date) -> str:
    """Return the months from ``first`` to ``last``: ``April 2024``, ``April to June 2024``."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def days_in_words(days: int) -> str:
    """Return ``1 day`` or ``12 days``."""
    return f"{days} day{'' if days == 1 else 's'}"
