"""Screens on which the count of stories is checked, and disputed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import CountCheckForm, DisputeForm
from makegood.capture.permissions import can_check, can_check_some, can_dispute, can_dispute_some
from makegood.capture.states import Level
from makegood.contract.queries import commitments_visible_to
from makegood.kernel.answers import tried
from makegood.people.queries import acting


def check_stories(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how far the count of stories is checked."""
    person = acting(request.user)
    context = _counted(person, reference=reference)
    commitment, counted = context["commitment"], context["counted"]
    can_check_some(person, commitment=commitment).require()
    houses = queries.houses_checking(commitment)
    house = next(one for one in houses if can_check(person, commitment=commitment, house=one))
    form = CountCheckForm(request.POST or None, initial={"counted": counted})
    if house in commitment.contract.providers:
        form.only_corroborated()
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.check_stories(
                commitment,
                counted=form.cleaned_data["counted"],
                level=Level(form.cleaned_data["level"]),
                how=form.cleaned_data["how"],
                house=house,
                by=person,
            ),
        )
        if made:
            messages.success(request, f"Kept: the count is {made.level}.")
            return redirect("stories_told", reference=reference)
    return render(request, "capture/check_stories.html", context | {"form": form, "house": house})


def dispute_stories(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the count of stories is not right, and why."""
    person = acting(request.user)
    context = _counted(person, reference=reference)
    commitment = context["commitment"]
    can_dispute_some(person, commitment=commitment).require()
    houses = queries.houses_checking(commitment)
    house = next(one for one in houses if can_dispute(person, commitment=commitment, house=one))
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        opened = tried(
            form, lambda: actions.dispute_stories(commitment, reason=reason, house=house, by=person)
        )
        if opened:
            messages.success(request, "The count is disputed. The provider is told.")
            return redirect("stories_told", reference=reference)
    return render(request, "capture/dispute_stories.html", context | {"form": form, "house": house})


def _counted(person: Any, *, reference: str) -> dict[str, Any]:
    commitment = get_object_or_404(commitments_visible_to(person), reference=reference)
    counted = queries.story_counts(commitment).told
    if not counted:
        raise Http404
    return {"commitment": commitment, "counted": counted}
