"""What can be done about questions: asked by nobody knows whom, answered for everyone.

The ledger holds that a question was asked, and not by whom: an actor's number would lead from the
question to their organisation's proposal.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.telling import tell_commissioner, tell_those_concerned
from makegood.articulate.models import Asking, Need, Question
from makegood.articulate.permissions import can_ask, can_change_need
from makegood.articulate.queries import providers_concerned
from makegood.articulate.states import QUESTIONS
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Right


@transaction.atomic
def ask_question(
    need: Need, *, provider: Organisation, words: str, by: Person, now: datetime | None = None
) -> Question:
    """Ask about a need; who asked is shown to nobody (ART-08, ART-25)."""
    now = now or timezone.now()
    can_ask(by, provider=provider, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    rules.check_questions_are_taken(is_open=held.takes_questions(now=now))
    same = Asking.objects.filter(question__need=held, question__words=words, asked_for=provider)
    rules.check_it_is_said_once(exists=same.exists(), what="question")
    question = Question.objects.create(need=held, words=words, asked_at=now)
    Asking.objects.create(question=question, asked_by=by, asked_for=provider)
    record(question, act="ask_question", stream=held.programme.stream, by=None, now=now)
    told = f"A question about “{held.title}” waits for your answer."
    tell_commissioner(held, words=told, by=None, now=now)
    return question


@transaction.atomic
def draft_answer(
    question: Question, *, answer: str, shown: str = "", by: Person, now: datetime | None = None
) -> Question:
    """Keep an answer, and a shorter wording of the question if one is given, before it is published."""
    held = _held(question, act="draft_answer", by=by)
    held.answer, held.shown = answer, shown
    held.save(update_fields=["answer", "shown"])
    return _recorded(held, act="draft_answer", by=by, now=now or timezone.now())


@transaction.atomic
def publish_answer(
    question: Question, *, answer: str, shown: str = "", by: Person, now: datetime | None = None
) -> Question:
    """Publish a question with its answer, to everyone at once (ART-27)."""
    now = now or timezone.now()
    held = _held(question, act="publish_answer", by=by)
    rules.check_answer_says_something(answer=answer)
    held.answer, held.shown = answer, shown
    _settle(held, by=by, now=now)
    _recorded(held, act="publish_answer", by=by, now=now)
    words = f"A question about “{held.need.title}” is answered."
    _tell(held, words=words, by=by, now=now)
    return held


@transaction.atomic
def decline_question(
    question: Question, *, reason: str, by: Person, now: datetime | None = None
) -> Question:
    """Say why a question is not answered; its words stay unpublished (ART-26)."""
    now = now or timezone.now()
    held = _held(question, act="decline_question", by=by)
    rules.check_declining_has_a_reason(reason=reason)
    held.reason, held.answer, held.shown = reason, "", ""
    _settle(held, by=by, now=now)
    _recorded(held, act="decline_question", by=by, now=now)
    words = f"A question about “{held.need.title}” is not answered. {reason.strip()}"
    _tell(held, words=words, by=by, now=now)
    return held


def _held(question: Question, *, act: str, by: Person) -> Question:
    can_change_need(by, need=question.need).require()
    held = Question.objects.select_for_update().get(pk=question.pk)
    move(held, table=QUESTIONS, act=act)
    return held


def _settle(question: Question, *, by: Person, now: datetime) -> None:
    question.answered_by, question.answered_at = by, now
    question.save(
        update_fields=["state", "answer", "shown", "reason", "answered_by", "answered_at"]
    )


def _recorded(question: Question, *, act: str, by: Person, now: datetime) -> Question:
    record(question, act=act, stream=question.need.programme.stream, by=by, now=now)
    return question


def _tell(question: Question, *, words: str, by: Person, now: datetime) -> None:
    """Tell all concerned, and whoever asked, in the same words: nothing tells which of them it was."""
    need = question.need
    tell_those_concerned(need, words=words, by=by, now=now)
    asker = question.asking.asked_for
    if not providers_concerned(need).filter(pk=asker.pk).exists():
        path = reverse("need", args=[need.reference])
        tell_members(asker, right=Right.WRITE, words=words, path=path, by=by, now=now)
