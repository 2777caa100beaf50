"""Saying whether an organisation is led by disabled people."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people import rules
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.memberships import STREAM
from makegood.people.dpulo import DpuloAnswers, dpulo_outcome
from makegood.people.models import DpuloAnswer, DpuloStatement, Organisation, Person
from makegood.people.states import DpuloTest


@transaction.atomic
def state_dpulo(
    organisation: Organisation,
    *,
    answers: Sequence[DpuloAnswers],
    is_shown: bool,
    by: Person,
    now: datetime | None = None,
) -> DpuloStatement:
    """Answer the tests anew; the result is there at once, the statement before stays (PEO-26 to PEO-29).

    ``answers`` holds one for each test.
    """
    now = now or timezone.now()
    hold_to_describe(organisation, by=by)
    for each in answers:
        _check(each, now=now)
    take_turn(STREAM)
    _supersede(organisation, by=by, now=now)
    result, reason = dpulo_outcome(answers, needed=settings.DPULO_SHARES)
    statement = DpuloStatement.objects.create(
        organisation=organisation, result=result, reason=reason, is_shown=is_shown, stated_at=now
    )
    record(statement, act="state_dpulo", stream=STREAM, by=by, now=now)
    for each in answers:
        answer = DpuloAnswer.objects.create(
            statement=statement,
            test=each.test,
            people=each.people,
            disabled=each.disabled,
            evidence=each.evidence,
            towards_on=each.towards_on,
        )
        record(answer, act="answer_dpulo_test", stream=STREAM, by=by, now=now)
    return statement


def _check(answer: DpuloAnswers, *, now: datetime) -> None:
    rules.check_a_share_can_be_counted(
        words=answer.test.words,
        people=answer.people,
        disabled=answer.disabled,
        may_be_nobody=answer.test != DpuloTest.BOARD,
    )
    rules.check_a_share_is_evidenced(
        words=answer.test.words, people=answer.people, evidence=answer.evidence
    )
    rules.check_a_share_is_reached_on_a_day_to_come(
        words=answer.test.words, towards_on=answer.towards_on, today=timezone.localdate(now)
    )


def _supersede(organisation: Organisation, *, by: Person, now: datetime) -> None:
    current = DpuloStatement.objects.filter(organisation=organisation, superseded_at=None).first()
    if current:
        current.superseded_at = now
        current.save(update_fields=["superseded_at"])
        record(current, act="supersede_dpulo", stream=STREAM, by=by, now=now)
