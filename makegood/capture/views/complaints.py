"""Screens to complain without an account, and for those who answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import AnswerForm, ComplaintForm
from makegood.capture.permissions import can_answer_complaint
from makegood.capture.states import ComplaintAbout, ComplaintState, ComplaintTo
from makegood.kernel.answers import tried
from makegood.kernel.references import new_token
from makegood.people.queries import acting


@login_not_required
def complain(request: HttpRequest, token: str) -> HttpResponse:
    """Complain about a service, or about how stories are asked for."""
    link = get_object_or_404(queries.link_with_token(token))
    back = "" if link.closed_at else "tell_story"
    return _complain(request, link=link, story=None, back=back, part=token)


@login_not_required
def complain_with_story(request: HttpRequest, secret: str) -> HttpResponse:
    """Complain by the private page of one's story."""
    story = get_object_or_404(queries.story_with_secret(secret))
    return _complain(request, link=story.link, story=story, back="my_story", part=secret)


def _complain(request: HttpRequest, *, link: Any, story: Any, back: str, part: str) -> HttpResponse:
    contract = link.commitment.contract
    form = ComplaintForm(
        request.POST or None,
        provider=str(contract.provider),
        commissioner=str(contract.commissioner),
        initial={"key": new_token()},
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        made = tried(
            form,
            lambda: actions.complain(
                link,
                about=ComplaintAbout(answers["about"]),
                made_to=ComplaintTo(answers["made_to"]),
                words=answers["words"],
                story=story,
                key=answers["key"],
            ),
        )
        if made:
            messages.success(request, "It is made. The person who answers is told.")
            return redirect("my_complaint", secret=made[1])
    context = {"form": form, "link": link, "back": back, "part": part}
    return render(request, "capture/complain.html", context)


@login_not_required
def my_complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """See by its private address what became of a complaint."""
    made = get_object_or_404(queries.complaint_with_secret(secret))
    house = queries.answers_for(made)
    context = {"complaint": made, "house": house, "secret": secret, "said": made.said.all()}
    return render(request, "capture/my_complaint.html", context)


@login_not_required
def end_complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a complaint back, once that is confirmed: its words and its answer are erased."""
    found = queries.complaint_with_secret(secret).exclude(state=ComplaintState.ENDED)
    made = get_object_or_404(found)
    if request.method == "POST":
        actions.end_complaint(made)
        messages.success(request, "Your complaint is taken back, and its words are erased.")
        return redirect("my_complaint", secret=secret)
    return render(request, "capture/end_complaint.html", {"secret": secret})


def complaint(request: HttpRequest, complaint: UUID) -> HttpResponse:
    """Read a complaint, and answer it."""
    person = acting(request.user)
    made = get_object_or_404(queries.complaints_told_to(person), public_id=complaint)
    can_answer_complaint(person, complaint=made).require()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: actions.answer_complaint(made, words=words, by=person)):
            messages.success(request, "Your answer is kept. Whoever complained reads it.")
            return redirect("complaint", complaint=complaint)
    context = {
        "complaint": made,
        "house": queries.answers_for(made),
        "said": made.said.all(),
        "is_open": made.state == ComplaintState.MADE,
        "form": form,
    }
    return render(request, "capture/complaint.html", context)
