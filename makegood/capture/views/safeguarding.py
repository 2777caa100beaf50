"""Screens of those who are told when somebody may be harmed, and of who tells them later."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import NamedPersonForm, TakenForm
from makegood.capture.states import StoryState, Taken
from makegood.kernel.answers import tried
from makegood.people.permissions import can_manage_members
from makegood.people.queries import acting, members_of, organisations_managed


def name_safeguarding_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who is told at once for an organisation."""
    person = acting(request.user)
    organisation = get_object_or_404(organisations_managed(person), slug=slug)
    can_manage_members(person, organisation=organisation).require()
    held = queries.named_person(organisation)
    form = NamedPersonForm(
        request.POST or None,
        members=members_of(organisation),
        initial={"person": held and held.person.public_id},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        named = tried(
            form,
            lambda: actions.name_safeguarding_person(organisation, person=chosen, by=person),
        )
        if named:
            messages.success(request, f"{chosen} is told from now on.")
            return redirect("members", slug=slug)
    context = {"organisation": organisation, "form": form, "held": held}
    return render(request, "capture/name_safeguarding_person.html", context)


def concern(request: HttpRequest, concern: UUID) -> HttpResponse:
    """Read what is feared, and say what was done."""
    person = acting(request.user)
    raised = get_object_or_404(queries.concerns_told_to(person), public_id=concern)
    form = TakenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = Taken(form.cleaned_data["taken"])
        if tried(form, lambda: actions.act_on_concern(raised, taken=taken, by=person)):
            messages.success(request, "Kept. Say here what you do next, too.")
            return redirect("concern", concern=concern)
    context = {
        "concern": raised,
        "story": raised.story,
        "said": raised.story.said if raised.story.state == StoryState.TOLD else None,
        "steps": raised.steps.select_related("organisation", "taken_by"),
        "form": form,
    }
    return render(request, "capture/concern.html", context)


@login_not_required
def raise_concern(request: HttpRequest, secret: str) -> HttpResponse:
    """Say, after a story was told, that somebody is harmed or afraid."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    if request.method == "POST":
        actions.raise_concern(story)
        messages.success(request, "They are told. If anyone is in danger now, ring 999.")
        return redirect("my_story", secret=secret)
    again = queries.concerns_of(story).exists()
    context = {"story": story, "secret": secret, "is_again": again}
    return render(request, "capture/raise_concern.html", context)
