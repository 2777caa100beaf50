"""While a need closes, changes or is asked about: one act wins, and the others are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    ask_question,
    close_due_needs,
    close_need,
    correct_need,
    invite_provider,
    publish_answer,
    publish_need,
    start_proposal,
    submit_proposal,
    time_need,
)
from makegood.articulate.models import Need, NeedInvitation, Proposal, Question
from makegood.articulate.states import HowKnown
from makegood.kernel.refusal import Refused
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.racing import at_once, failed

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"title": "Care", "description": "Care for 250 people", "alternative": "As it is"}


def refusals(outcomes: list[object]) -> int:
    wrong = failed(outcomes)
    assert all(isinstance(each, Refused) for each in wrong), wrong
    return len(wrong)


def test_two_close_a_need_at_once(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    outcomes = at_once(*[lambda: close_need(need, by=cast.erin)] * 2)
    assert refusals(outcomes) == 1


def test_the_clock_and_a_hand_close_a_need_at_once(cast: Cast) -> None:
    need = loop.a_need(cast)
    closes_at = timezone.now() + timedelta(days=1)
    time_need(need, questions_close_at=None, closes_at=closes_at, by=cast.erin)
    publish_need(need, by=cast.erin)
    outcomes = at_once(
        lambda: close_due_needs(now=closes_at),
        lambda: close_due_needs(now=closes_at),
        lambda: close_need(need, by=cast.erin, now=closes_at),
    )
    assert refusals(outcomes) <= 1
    assert Need.objects.get(pk=need.pk).state == "closed"


def test_a_proposal_is_sent_while_the_need_closes(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    proposal = start_proposal(
        need=need, provider=cast.provider, title="Ours", summary="A team", by=cast.alice
    )
    terms = PromiseTerms(
        for_whom="carers",
        what_changes="they sleep",
        starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON,
        why_believed="So they say",
        how_known=HowKnown.STORIES,
    )
    add_promise(proposal, terms=terms, by=cast.alice)
    outcomes = at_once(
        lambda: submit_proposal(proposal, by=cast.alice), lambda: close_need(need, by=cast.erin)
    )
    sent = Proposal.objects.get(pk=proposal.pk).state == "proposed"
    assert refusals(outcomes) == (0 if sent else 1)


def test_a_need_is_corrected_while_proposals_begin(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    outcomes = at_once(
        lambda: correct_need(need, **SAID, reason="We counted", by=cast.erin),
        lambda: correct_need(need, **SAID, reason="We counted", by=cast.erin),
        *[
            lambda n=n: start_proposal(
                need=need, provider=cast.provider, title=f"T{n}", summary="s", by=cast.alice
            )
            for n in range(3)
        ],
    )
    assert refusals(outcomes) == 1
    assert need.versions.count() == 2


def test_the_same_is_asked_answered_and_invited_at_once(cast: Cast) -> None:
    need = loop.a_published_need(cast)
    asks = [lambda: ask_question(need, provider=cast.provider, words="Why?", by=cast.alice)] * 3
    assert refusals(at_once(*asks)) == 2
    question = Question.objects.get()
    answers = [lambda: publish_answer(question, answer="So", by=cast.erin)] * 2
    assert refusals(at_once(*answers)) == 1
    invites = [lambda: invite_provider(need, provider=cast.provider, by=cast.erin)] * 3
    assert refusals(at_once(*invites)) == 0
    assert NeedInvitation.objects.count() == 1
