"""What promises of the example say besides their figures: sources, evidence, who is asked, their power."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from makegood.articulate import actions as articulate
from makegood.articulate.models import Promise
from makegood.articulate.states import HistoryFrom
from makegood.kernel.period import add_months
from makegood.people.models import Person
from makegood.web.demo.figures import history
from makegood.web.demo.script import PromiseScript

MONTHS = 36
"""How much history stands behind what could be told from chance."""


def say_more(
    terms: articulate.PromiseTerms, *, script: PromiseScript, told_on: date
) -> articulate.PromiseTerms:
    """Return the terms with what else the script says of them, as it stood on a day."""
    level, evidence = script.evidence or (None, "")
    by, least, gathered_by, not_by = script.asked or ("", None, "", "")
    if script.source:
        measured_on = add_months(told_on, 0) - timedelta(days=1)
        terms = replace(terms, baseline_source=script.source, baseline_on=measured_on)
    return replace(
        terms,
        evidence_level=level,
        evidence=evidence,
        how_gathered=script.told or terms.how_gathered,
        told_by=by,
        told_least=least,
        gathered_by=gathered_by,
        not_gathered_by=not_by,
    )


def build(promise: Promise, *, script: PromiseScript, by: Person, now: datetime) -> None:
    """Work out what could be told from chance, and set advice aside, where the script says so."""
    if script.past:
        start = add_months(now.date(), -MONTHS)
        values = history(script.past, start=start, months=MONTHS, seed=promise.position + 7)
        rows = "".join(f"{day},{value}\n" for day, value in values.items())
        chosen = articulate.HistoryChosen(
            origin=HistoryFrom.TYPED,
            source=script.source or "Made up for the example",
            data=f"period,value\n{rows}".encode(),
        )
        articulate.work_out_power(promise, chosen=chosen, by=by, now=now)
    for number, reason in script.set_aside:
        articulate.set_advice_aside(promise, number=number, reason=reason, by=by, now=now)
