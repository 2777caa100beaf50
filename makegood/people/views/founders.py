"""Screens on which a group says who founds it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.formation_forms import FounderForm
from makegood.people.permissions import can_describe
from makegood.people.states import ShownTo


def add_founder(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who founds the group, and who may see it."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    form = FounderForm(request.POST or None, initial={"shown_to": ShownTo.MEMBERS})
    if request.method == "POST" and form.is_valid():
        said = form.said()
        added = tried(form, lambda: actions.add_founder(group, said=said, by=person))
        if added:
            messages.success(request, f"{added} is added.")
            return redirect("formation", slug=slug)
    return render(request, "people/founder.html", {"organisation": group, "form": form})


def revise_founder(request: HttpRequest, slug: str, founder: UUID) -> HttpResponse:
    """Say differently who founds the group, or who may see it."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    held = get_object_or_404(queries.founders_of(group, person=person), public_id=founder)
    said = {name: getattr(held, name) for name in ("name", "skills", "aspirations", "shown_to")}
    form = FounderForm(request.POST or None, initial={**said, "is_me": held.person == person})
    if request.method == "POST" and form.is_valid():
        answered = form.said()
        if tried(form, lambda: actions.revise_founder(held, said=answered, by=person)):
            messages.success(request, "The founder is changed.")
            return redirect("formation", slug=slug)
    context = {"organisation": group, "form": form, "founder": held}
    return render(request, "people/founder.html", context)


def remove_founder(request: HttpRequest, slug: str, founder: UUID) -> HttpResponse:
    """Erase a founder, once it is confirmed."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    held = get_object_or_404(queries.founders_of(group, person=person), public_id=founder)
    if request.method == "POST":
        actions.remove_founder(held, by=person)
        messages.success(request, "The founder is erased.")
        return redirect("formation", slug=slug)
    context = {"organisation": group, "founder": held}
    return render(request, "people/remove_founder.html", context)


def take_down_founder(request: HttpRequest, founder: UUID) -> HttpResponse:
    """Take down what one wrote of oneself as a founder, once it is confirmed."""
    person = queries.acting(request.user)
    held = get_object_or_404(queries.founders_written_by(person), public_id=founder)
    if request.method == "POST":
        actions.take_down_founder(held, by=person)
        messages.success(request, f"You are no longer named as a founder of {held.organisation}.")
        return redirect("my_data")
    return render(request, "people/take_down_founder.html", {"founder": held})
