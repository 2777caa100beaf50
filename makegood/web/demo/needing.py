"""Writing the needs of the example programme: the alternative's past, questions, invitations, times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from makegood.articulate import actions as articulate
from makegood.articulate.models import Need, Programme
from makegood.kernel.period import add_months, first_day
from makegood.measures.models import Measure
from makegood.people.models import Person
from makegood.web.demo.cast import Cast
from makegood.web.demo.figures import history
from makegood.web.demo.script import NeedScript, PastScript

MONTHS = 36


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What needs are written on: who there is, in which programme, by which measures, and when."""

    cast: Cast
    programme: Programme
    measures: dict[str, Measure]
    today: date


def write_example(script: NeedScript, *, ground: Ground, now: datetime) -> Need:
    """Write a need and publish it a day later; then let others ask."""
    owner = ground.cast.owner(script.commissioner)
    low, high, source = script.cost or (None, None, "")
    need = articulate.write_need(
        programme=ground.programme,
        commissioner=ground.cast.organisations[script.commissioner],
        title=script.title,
        description=script.description,
        alternative=script.alternative,
        cost_low=None if low is None else Decimal(low),
        cost_high=None if high is None else Decimal(high),
        cost_source=source,
        by=owner,
        now=now,
    )
    for past in script.past:
        _add_past(past, need=need, ground=ground, by=owner, now=now)
    for key in script.invited:
        provider = ground.cast.organisations[key]
        articulate.invite_provider(need, provider=provider, by=owner, now=now)
    later = now + timedelta(days=1)
    if script.closes is not None:
        closes_at = now + timedelta(days=30 * (script.closes + script.opened))
        questions = closes_at - timedelta(days=14)
        articulate.time_need(
            need, questions_close_at=questions, closes_at=closes_at, by=owner, now=now
        )
    articulate.publish_need(need, by=owner, now=later)
    _ask(script, need=need, ground=ground, now=later)
    return Need.objects.get(pk=need.pk)


def _add_past(script: PastScript, *, need: Need, ground: Ground, by: Person, now: datetime) -> None:
    measured = articulate.measure_alternative(
        need,
        figures=articulate.AlternativeFigures(
            measure=ground.measures[script.measure],
            baseline=script.baseline,
            reaches=script.reaches,
            by_on=add_months(first_day(ground.today), 12) - timedelta(days=1),
            source=script.source,
        ),
        by=by,
        now=now,
    )
    start = add_months(first_day(now.date()), -MONTHS)
    values = history(script.shape, start=start, months=MONTHS, seed=len(need.title))
    rows = "".join(f"{period},{value}\n" for period, value in values.items())
    upload = articulate.preview_alternative(
        measured, data=f"period,value\n{rows}".encode(), file_name="past.csv", by=by, now=now
    )
    articulate.store_alternative(upload, measured=measured, by=by, now=now)


def _ask(script: NeedScript, *, need: Need, ground: Ground, now: datetime) -> None:
    for day, (key, words, answer) in enumerate(script.asked, start=1):
        asked_at = now + timedelta(days=day)
        question = articulate.ask_question(
            need,
            provider=ground.cast.organisations[key],
            words=words,
            by=ground.cast.owner(key),
            now=asked_at,
        )
        if answer:
            by = ground.cast.owner(script.commissioner)
            articulate.publish_answer(question, answer=answer, by=by, now=asked_at)
