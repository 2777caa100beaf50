"""Screens to look for names in a story, show it to everyone, and end that."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate.queries import reach_of
from makegood.capture import actions, queries
from makegood.capture.forms import LeaveOutForm, ReadForm, StoriesFilter
from makegood.capture.judging import checks, disputes, sits_over
from makegood.capture.leaving_out import omissions_from, parts_of
from makegood.capture.permissions import (
    can_answer_dispute,
    can_publish_story,
    can_resolve_dispute,
)
from makegood.capture.states import PublicationState, StoryState
from makegood.contract.queries import commitments_visible_to
from makegood.kernel.answers import tried
from makegood.people.queries import acting, signed_in
from makegood.people.states import Right


@login_not_required
def stories_told(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the stories told for a commitment: everyone what is shown, those who judge every one."""
    person = signed_in(request.user)
    reach = reach_of(person)
    seen = commitments_visible_to(person, reach=reach)
    commitment = get_object_or_404(seen, reference=reference)
    may_judge = sits_over(reach, contract=commitment.contract)
    need = commitment.contract.proposal.need
    form = StoriesFilter(request.GET)
    form.is_valid()
    answers = form.answers
    found = (
        queries.stories_read(
            commitment, is_assessor=True, standing=answers["standing"], words=answers["q"]
        )
        if may_judge
        else queries.stories_shown(commitment)
    )
    counts = queries.story_counts(commitment)
    is_narrowed = bool(may_judge and (answers["standing"] or answers["q"]))
    every = counts.told if may_judge else counts.shown
    context = form.listed(found, count=None if is_narrowed else every) | {
        "commitment": commitment,
        "counts": counts,
        "may_judge": may_judge,
        "may_ask": reach.may(
            Right.WRITE, organisation=need.commissioner_id, programme=need.programme_id
        ),
    }
    context |= _said_of_count(person, commitment=commitment, count=counts.told, reach=reach)
    context["tellings"] = [
        queries.telling(story, is_assessor=may_judge) for story in context["page"]
    ]
    return render(request, "capture/stories_told.html", context)


def _said_of_count(person: Any, *, commitment: Any, count: int, reach: Any) -> dict[str, object]:
    """Return how far the count of stories is checked, and what ``person`` may say of it."""
    shown = queries.count_shown(commitment, count=count)
    open_one = shown.open_dispute
    is_answered = bool(open_one and open_one.answer)
    return {
        "counted": shown,
        "may_check": count and checks(reach, contract=commitment.contract),
        "may_dispute": count and not open_one and disputes(reach, contract=commitment.contract),
        "may_answer": open_one and not is_answered and can_answer_dispute(person, dispute=open_one),
        "may_resolve": open_one and can_resolve_dispute(person, dispute=open_one),
    }


def prepare_story(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which words are left out before a story is shown to everyone."""
    person = acting(request.user)
    told = queries.told_to_judge(person).filter(state=StoryState.TOLD)
    story = get_object_or_404(told, reference=reference)
    can_publish_story(person, story=story).require()
    held = queries.publication_of(story)
    if held and held.state == PublicationState.PUBLISHED:
        return redirect("publish_story", reference=reference)
    prepared = omissions_from(held.omissions) if held else None
    form = LeaveOutForm(
        request.POST or None,
        words=story.said.words,
        prepared=prepared,
        files=queries.files_to_show(story),
        shown=(held.shown_files or ()) if held else (),
    )
    if request.method == "POST" and form.is_valid():
        kept = tried(
            form,
            lambda: actions.prepare_publication(
                story, omissions=form.omissions(), files=form.files_chosen(), by=person
            ),
        )
        if kept:
            return redirect("publish_story", reference=reference)
    context = {"story": story, "form": form}
    return render(request, "capture/prepare_story.html", context)


def publish_story(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a story as everyone would, and publish it once that is confirmed."""
    person = acting(request.user)
    told = queries.told_to_judge(person).filter(state=StoryState.TOLD)
    story = get_object_or_404(told, reference=reference)
    can_publish_story(person, story=story).require()
    held = queries.publication_of(story)
    if held is None:
        return redirect("prepare_story", reference=reference)
    sent = request.POST if request.method == "POST" else None
    form = ReadForm(sent, read=held.ledger_digest())
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read"]
        if tried(form, lambda: actions.publish_story(story, by=person, read=read)):
            messages.success(
                request, "The story is published. Its teller can end that at any time."
            )
            return redirect("stories_told", reference=story.commitment.reference)
    context = {
        "form": form,
        "story": story,
        "publication": held,
        "parts": parts_of(story.said.words, omissions_from(held.omissions)),
        "shown": queries.shown_as(story),
        "shown_files": queries.files_shown(story, shown=held),
        "is_published": held.state == PublicationState.PUBLISHED,
    }
    return render(request, "capture/publish_story.html", context)


def unpublish_story(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a story to nobody but those who judge, once that is confirmed."""
    person = acting(request.user)
    told = queries.told_to_judge(person).filter(state=StoryState.TOLD)
    story = get_object_or_404(told, reference=reference)
    can_publish_story(person, story=story).require()
    if request.method == "POST":
        actions.end_publication(story, by=person)
        messages.success(request, "The story is not shown any more.")
        return redirect("stories_told", reference=story.commitment.reference)
    return render(request, "capture/unpublish_story.html", {"story": story})
