"""Saying whether an organisation is led by disabled people: at once, dated, and shown only if wished."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import state_dpulo
from makegood.people.dpulo import DpuloAnswers
from makegood.people.models import DpuloAnswer, DpuloStatement
from makegood.people.states import DpuloResult, DpuloTest
from tests.factories.cast import Cast
from tests.rules.refusing import refused

ENOUGH = {
    "board_people": "8", "board_disabled": "6", "board_evidence": "We asked.",
    "staff_people": "2", "staff_disabled": "1", "staff_evidence": "We asked.",
    "volunteers_people": "0", "volunteers_disabled": "0",
    "is_shown": "on",
}  # fmt: skip
TOO_FEW = ENOUGH | {"board_disabled": "5"}
BY_2099 = {
    "board_towards_on_day": "1",
    "board_towards_on_month": "4",
    "board_towards_on_year": "2099",
}


def page(cast: Cast, name: str = "state_dpulo") -> str:
    return reverse(name, args=[cast.provider.slug])


def stated(cast: Cast, client: Client, answers: dict[str, str]) -> str:
    client.force_login(cast.alice)
    return client.post(page(cast), answers, follow=True).content.decode()


def answers(disabled: int, *, people: int = 8, evidence: str = "We asked.") -> list[DpuloAnswers]:
    return [
        DpuloAnswers(test=test, people=people, disabled=disabled, evidence=evidence)
        for test in DpuloTest
    ]


def test_the_result_is_said_at_once(cast: Cast, client: Client) -> None:
    assert "You are a disabled people’s user-led organisation" in stated(cast, client, ENOUGH)
    told = stated(cast, client, TOO_FEW)
    assert "You are not a disabled people’s user-led organisation" in told
    assert "Of the board, 5 of 8 (62%) are disabled people; 75% are needed." in told
    assert "You are working towards being" in stated(cast, client, TOO_FEW | BY_2099)
    assert list(DpuloStatement.objects.order_by("pk").values_list("result", flat=True)) == [
        DpuloResult.IS, DpuloResult.NOT, DpuloResult.TOWARDS,
    ]  # fmt: skip
    assert DpuloStatement.objects.filter(superseded_at=None).count() == 1
    assert DpuloAnswer.objects.count() == Entry.objects.filter(act="answer_dpulo_test").count() == 9
    assert verify().sound


def test_it_is_shown_only_if_the_organisation_wishes(cast: Cast, client: Client) -> None:
    profile, table = page(cast, "organisation"), reverse("organisations_table")
    for wish, seen in (({"is_shown": ""}, False), ({"is_shown": "on"}, True)):
        stated(cast, client, ENOUGH | wish)
        assert ("user-led" in Client().get(profile).content.decode()) == seen
        assert ("Moor" in Client().get(table, {"is_dpulo": "on"}).content.decode()) == seen
    stated(cast, client, TOO_FEW)
    assert "user-led" not in Client().get(profile).content.decode()
    stated(cast, client, TOO_FEW | BY_2099)
    assert "This is working towards being" in Client().get(profile).content.decode()
    assert "Moor" not in Client().get(table, {"is_dpulo": "on"}).content.decode()
    assert "We asked" not in Client().get(profile).content.decode()


def test_what_was_answered_is_there_to_be_changed(cast: Cast, client: Client) -> None:
    stated(cast, client, TOO_FEW | BY_2099)
    shown = client.get(page(cast)).content.decode()
    for value in ('value="8"', 'value="5"', 'value="2099"', "We asked."):
        assert value in shown


def test_a_wrong_answer_is_refused_and_kept(cast: Cast, client: Client) -> None:
    told = stated(cast, client, ENOUGH | {"staff_disabled": "3"})
    assert "Of the staff, 3 cannot be disabled people: there are 2." in told
    assert 'value="6"' in told
    assert "Write a whole number" in stated(cast, client, ENOUGH | {"staff_people": "some"})
    assert not DpuloStatement.objects.exists()


def test_the_rules_hold_whoever_asks(cast: Cast) -> None:
    with refused("PEO-26"):
        state_dpulo(cast.provider, answers=answers(0, people=0), is_shown=True, by=cast.alice)
    with refused("PEO-27"):
        state_dpulo(cast.provider, answers=answers(8, evidence=""), is_shown=True, by=cast.alice)
    with pytest.raises(NotPermitted):
        state_dpulo(cast.provider, answers=answers(8), is_shown=True, by=cast.bob)


def test_the_shares_are_settings(cast: Cast, settings: LazySettings) -> None:
    def result() -> str:
        made = state_dpulo(cast.provider, answers=answers(4), is_shown=True, by=cast.alice)
        return made.result

    assert result() == DpuloResult.NOT
    settings.DPULO_SHARES = {"board": 50, "staff": 50, "volunteers": 50}
    assert result() == DpuloResult.IS


def test_the_database_itself_keeps_one_statement_current(cast: Cast) -> None:
    made = state_dpulo(cast.provider, answers=answers(8), is_shown=True, by=cast.alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        DpuloStatement.objects.create(organisation=cast.provider, result=DpuloResult.IS)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.answers.update(disabled=9)
