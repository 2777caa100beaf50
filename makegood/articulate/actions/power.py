"""What can be done to learn whether a promised change could be told from chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.drafts import held_promise
from makegood.articulate.analysis import engine_version, power_from, read_figures
from makegood.articulate.models import Promise, PromisePower
from makegood.articulate.queries import power_of, terms_digest
from makegood.articulate.states import HistoryFrom
from makegood.kernel.ledger.append import record
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.refusal import RuleBroken
from makegood.measures.models import Series
from makegood.measures.queries import history
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class HistoryChosen:
    """From which figures power is worked out: those of a series, or (``data``) typed or sent ones."""

    origin: HistoryFrom
    source: str
    series: Series | None = None
    data: bytes = b""


@transaction.atomic
def work_out_power(
    promise: Promise, *, chosen: HistoryChosen, by: Person, now: datetime | None = None
) -> PromisePower:
    """Say, and keep with a draft’s promise, what change its time would show (ART-61 to ART-63)."""
    now = now or timezone.now()
    held = held_promise(promise, by=by)
    rules.check_power_is_of_a_measure(has_measure=held.measure is not None)
    assert held.measure is not None
    values: Mapping[date, float | None]
    values = (
        history(chosen.series) if chosen.series else read_figures(chosen.data, measure=held.measure)
    )
    return _keep(held, values=values, chosen=chosen, by=by, now=now)


def renew_power(promise: Promise, *, by: Person, now: datetime) -> None:
    """Work it out again after a promise changed, from the figures chosen before.

    Where that cannot be, what was found stays and is marked: it is of other terms.
    """
    last = power_of(promise)
    if last is None or promise.measure is None or last.terms_digest == terms_digest(promise):
        return
    is_same = last.series is None or last.series.measure_id == promise.measure_id
    values = history(last.series) if last.series else _typed(last)
    chosen = HistoryChosen(origin=HistoryFrom(last.origin), source=last.source, series=last.series)
    try:
        if is_same:
            _keep(promise, values=values, chosen=chosen, by=by, now=now)
    except RuleBroken:
        return


def _typed(last: PromisePower) -> dict[date, float | None]:
    return {date.fromisoformat(day): value for day, value in last.history.items()}


def _keep(
    promise: Promise,
    *,
    values: Mapping[date, float | None],
    chosen: HistoryChosen,
    by: Person,
    now: datetime,
) -> PromisePower:
    assert promise.measure is not None
    change = promise.added
    found = power_from(
        values,
        measure=promise.measure,
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        change=change if change and change > 0 else None,
    )
    kept = {day.isoformat(): value for day, value in values.items() if day < promise.starts_on}
    terms = terms_digest(promise)
    made = PromisePower.objects.create(
        promise=promise,
        origin=chosen.origin,
        series=chosen.series,
        source=chosen.source,
        history=kept,
        terms_digest=terms,
        inputs_digest=digest({"terms": terms, "history": kept, "engine": engine_version}),
        engine=engine_version,
        known=found.known,
        periods=found.periods,
        smallest_change=found.smallest_change,
        change=found.change,
        chance=found.chance,
        periods_needed=found.periods_needed,
        noise=found.noise,
        sentence=found.sentence,
        notes=list(found.notes),
        worked_out_by=by,
        worked_out_at=now,
    )
    record(made, act="work_out_power", stream=promise.proposal.stream, by=by, now=now)
    return made
