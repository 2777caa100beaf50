"""Promises while they are written: with advice, advice set aside, and a history to learn from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from makegood.articulate.actions import (
    HistoryChosen,
    set_advice_aside,
    work_out_power,
)
from makegood.articulate.models import AdviceSetAside, Promise, PromisePower
from makegood.articulate.states import HistoryFrom
from makegood.kernel.period import add_months
from tests.factories import loop
from tests.factories.cast import Cast

UNSOURCED = "ADV-02"
"""What is advised on every draft promise of the loop: it does not say where its baseline comes from."""


def figures(months: int = 36, *, first: date = date(2021, 1, 1)) -> dict[date, float]:
    """Return a history that moves: a wave of a year, and a zigzag in place of chance."""
    waves = (0.0, 0.4, -0.3, 0.2, -0.5, 0.1, 0.3, -0.2, 0.5, -0.4, 0.0, 0.25, -0.15)
    return {
        add_months(first, month): round(5 + waves[month % 13] * (1 + month % 3), 3)
        for month in range(months)
    }


def as_typed(values: dict[date, float]) -> str:
    return "\n".join(f"{day:%Y-%m} {value}" for day, value in values.items())


def typed(months: int = 36) -> HistoryChosen:
    rows = "".join(f"{day},{value}\n" for day, value in figures(months).items())
    return HistoryChosen(
        origin=HistoryFrom.TYPED, source="Our payroll", data=f"period,value\n{rows}".encode()
    )


def a_power(cast: Cast) -> PromisePower:
    """Return what could be told of a draft's promise, from three years of months."""
    return work_out_power(loop.a_draft_promise(cast), chosen=typed(), by=cast.alice)


def advice_set_aside(cast: Cast) -> AdviceSetAside:
    promise = loop.a_draft_promise(cast)
    return set_advice_aside(
        promise, number=UNSOURCED, reason="The trust gave it by telephone", by=cast.alice
    )


def placed(promise: Promise) -> dict[str, object]:
    return {"code": promise.proposal.code, "position": promise.position}


def a_draft_with_advice(cast: Cast) -> dict[str, object]:
    return placed(loop.a_draft_promise(cast)) | {"number": UNSOURCED}


def a_draft_with_advice_set_aside(cast: Cast) -> dict[str, object]:
    return placed(advice_set_aside(cast).promise) | {"number": UNSOURCED}


def a_submitted_promise(cast: Cast) -> dict[str, object]:
    return placed(Promise.objects.get(proposal=loop.a_submitted_proposal(cast)))


def an_approved_promise(cast: Cast) -> dict[str, object]:
    return placed(loop.an_approved_promise(cast))


EXAMPLES: dict[str, Callable[[Cast], dict[str, object]]] = {
    "draft-advice": a_draft_with_advice,
    "advice-aside": a_draft_with_advice_set_aside,
    "submitted-promise": a_submitted_promise,
    "approved-promise": an_approved_promise,
}
