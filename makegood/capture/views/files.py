"""Screens of what people add to their story."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import StoryFileForm
from makegood.capture.permissions import can_publish_story
from makegood.capture.states import StoryState, WhoElse
from makegood.contract.queries import commitments_visible_to
from makegood.kernel.answers import tried
from makegood.kernel.files.give import given
from makegood.people.queries import acting, signed_in

KEPT_FOR_JUDGES = (
    "It is kept with your story, for those who judge alone: where and when it was made cannot be taken "
    "out of this file. A film as MP4 or a sound as MP3 or M4A can be shown."
)


@login_not_required
def add_to_story(request: HttpRequest, secret: str) -> HttpResponse:
    """Add one photo, sound, film or document to one's story."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    form = StoryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        added = tried(
            form,
            lambda: actions.add_story_file(
                story,
                file=answers["file"],
                description=answers["description"],
                who_else=WhoElse(answers["who_else"]),
                is_for_all=answers["is_for_all"],
            ),
        )
        if added:
            hidden = added.is_for_all and added.is_seen_or_heard and not added.tells_no_place
            messages.success(request, KEPT_FOR_JUDGES if hidden else "It is kept with your story.")
            return redirect("my_story", secret=secret)
    return render(request, "capture/add_to_story.html", {"form": form, "secret": secret})


@login_not_required
def my_story_file(request: HttpRequest, secret: str, file: UUID) -> HttpResponseBase:
    """Give back what one added to one's story."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    return _given(request, get_object_or_404(queries.files_of(story), public_id=file))


@login_not_required
def remove_from_story(request: HttpRequest, secret: str, file: UUID) -> HttpResponse:
    """Take something away from one's story, once that is confirmed."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    held = get_object_or_404(queries.files_of(story), public_id=file)
    if request.method == "POST":
        actions.remove_story_file(held)
        messages.success(request, "It is taken away for good.")
        return redirect("my_story", secret=secret)
    return render(request, "capture/remove_from_story.html", {"held": held, "secret": secret})


def told_file(request: HttpRequest, reference: str, file: UUID) -> HttpResponseBase:
    """Give what was added to a story to those who judge it."""
    person = acting(request.user)
    told = queries.told_to_judge(person).filter(state=StoryState.TOLD)
    story = get_object_or_404(told, reference=reference)
    can_publish_story(person, story=story).require()
    return _given(request, get_object_or_404(queries.files_of(story), public_id=file))


@login_not_required
def shown_file(request: HttpRequest, reference: str, file: UUID) -> HttpResponseBase:
    """Give everyone what is shown beside a story."""
    seen = commitments_visible_to(signed_in(request.user))
    held = queries.files_shown_of(reference).filter(story__commitment__in=seen)
    found = get_object_or_404(held, public_id=file)
    if not queries.is_shown_file(found):
        raise Http404
    return _given(request, found)


def _given(request: HttpRequest, held: Any) -> HttpResponseBase:
    return given(request, held.file, name=f"{held.public_id}.{held.file.get_kind_display()}")
