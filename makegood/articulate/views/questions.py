"""Screens to ask about a need, and to answer for everyone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate import actions, queries
from makegood.articulate.forms import AnswerForm, DeclineForm, QuestionForm
from makegood.articulate.permissions import can_ask_for_some, can_change_need
from makegood.articulate.states import QUESTIONS
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def ask_question(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask about a need; nobody is shown who asked."""
    person = acting(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_ask_for_some(person, need=shown).require()
    if request.method != "POST" and not shown.takes_questions(now=timezone.now()):
        messages.error(request, "This need takes no more questions.")
        return redirect("need", reference=reference)
    providers = queries.providers_asking(person, need=shown)
    form = QuestionForm(request.POST or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: actions.ask_question(shown, **form.cleaned_data, by=person))
        if done:
            said = (
                "Your question is sent. Those who write for your provider are told of the answer."
            )
            messages.success(request, said)
            return redirect("need", reference=reference)
    return render(request, "articulate/ask_question.html", {"form": form, "need": shown})


def answer_question(request: HttpRequest, reference: str, question: UUID) -> HttpResponse:
    """Write an answer; keep it as a draft, or publish it with the question."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    asked = get_object_or_404(queries.questions_of(need), public_id=question)
    QUESTIONS.target(asked.state, act="publish_answer")
    form = AnswerForm(request.POST or None, initial={"answer": asked.answer, "shown": asked.shown})
    is_published = "publish" in request.POST
    act = actions.publish_answer if is_published else actions.draft_answer
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: act(asked, **form.cleaned_data, by=person))
        if done:
            said = "Everyone can read it now." if is_published else "The draft is kept."
            messages.success(request, said)
            return redirect("need", reference=reference)
    context = {"form": form, "need": need, "question": asked}
    return render(request, "articulate/answer_question.html", context)


def decline_question(request: HttpRequest, reference: str, question: UUID) -> HttpResponse:
    """Say why a question is not answered."""
    person = acting(request.user)
    need = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=need).require()
    asked = get_object_or_404(queries.questions_of(need), public_id=question)
    QUESTIONS.target(asked.state, act="decline_question")
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: actions.decline_question(asked, **form.cleaned_data, by=person))
        if done:
            messages.success(request, "It is declined. Whoever asked is told why.")
            return redirect("need", reference=reference)
    context = {"form": form, "need": need, "question": asked}
    return render(request, "articulate/decline_question.html", context)
