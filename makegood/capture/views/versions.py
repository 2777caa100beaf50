"""Screens to keep stories in other words: translations and Easy Read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import VersionForm
from makegood.capture.leaving_out import omissions_from, parts_of
from makegood.capture.permissions import can_publish_story
from makegood.capture.states import MadeBy, StoryState, VersionKind
from makegood.kernel.answers import tried
from makegood.kernel.refusal import Refused
from makegood.people.queries import acting


def story_versions(request: HttpRequest, reference: str) -> HttpResponse:
    """See in which other words a story is kept, and add some."""
    person, story = _to_judge(request, reference)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        added = tried(
            form,
            lambda: actions.add_version(
                story,
                kind=VersionKind(answers["kind"]),
                language=answers["language"],
                made_how=MadeBy(answers["made_how"]),
                words=answers["words"],
                by=person,
            ),
        )
        if added:
            messages.success(request, "It is kept. Somebody else checks it before it is shown.")
            return redirect("story_versions", reference=reference)
    context = {"story": story, "versions": queries.versions_of_story(story), "form": form}
    return render(request, "capture/story_versions.html", context | _as_shown(story))


def check_version(request: HttpRequest, reference: str, version: UUID) -> HttpResponse:
    """Read other words beside the story, and say that they say the same."""
    person, story = _to_judge(request, reference)
    held = _held(story, version)
    refused = ""
    if request.method == "POST":
        try:
            actions.check_version(held, by=person)
        except Refused as why:
            refused = why.sentence
        else:
            messages.success(request, "Checked. It is shown where the story is.")
            return redirect("story_versions", reference=reference)
    shown = next(v for v in queries.versions_of_story(story) if v.public_id == version)
    context = {"story": story, "version": shown, "refused": refused}
    return render(request, "capture/check_version.html", context | _as_shown(story))


def remove_version(request: HttpRequest, reference: str, version: UUID) -> HttpResponse:
    """Take other words away, once that is confirmed."""
    person, story = _to_judge(request, reference)
    held = _held(story, version)
    if request.method == "POST":
        actions.remove_version(held, by=person)
        messages.success(request, "It is taken away for good.")
        return redirect("story_versions", reference=reference)
    shown = next(v for v in queries.versions_of_story(story) if v.public_id == version)
    return render(request, "capture/remove_version.html", {"story": story, "version": shown})


def _to_judge(request: HttpRequest, reference: str) -> tuple[Any, Any]:
    person = acting(request.user)
    told = queries.told_to_judge(person).filter(state=StoryState.TOLD)
    story = get_object_or_404(told, reference=reference)
    can_publish_story(person, story=story).require()
    return person, story


def _held(story: Any, version: UUID) -> Any:
    return get_object_or_404(story.versions.filter(removed_at__isnull=True), public_id=version)


def _as_shown(story: Any) -> dict[str, Any]:
    """Return the words that everyone reads or would read: with what is left out of them."""
    held = queries.publication_of(story)
    left_out = omissions_from(held.omissions) if held else []
    return {"parts": parts_of(story.said.words, left_out)}
