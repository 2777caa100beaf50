"""Screens on which one organisation says that it follows another, or is followed by it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.permissions import (
    can_answer_succession,
    can_decide_claims,
    can_settle,
    can_undo_succession,
)
from makegood.people.states import SuccessionState
from makegood.people.succession_forms import FollowingForm, SuccessionAnswerForm, UndoingForm


def name_successor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who follows the organisation."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(by), slug=slug)
    can_settle(by, organisation=organisation).require()
    form = FollowingForm(request.POST or None, asks="Who follows it?")
    if request.method == "POST" and form.is_valid():
        after, how = form.cleaned_data["other"], form.how()
        said = tried(
            form, lambda: actions.name_successor(organisation, successor=after, how=how, by=by)
        )
        if said:
            messages.success(request, f"{said.asked} is asked whether that is so.")
            return redirect("organisation", slug=slug)
    context = {"organisation": organisation, "form": form, "heading": "Say who follows it"}
    return render(request, "people/name_succession.html", context)


def name_predecessor(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom the organisation follows."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(by), slug=slug)
    can_settle(by, organisation=organisation).require()
    form = FollowingForm(request.POST or None, asks="Whom does it follow?")
    if request.method == "POST" and form.is_valid():
        before, how = form.cleaned_data["other"], form.how()
        said = tried(
            form,
            lambda: actions.name_predecessor(organisation, predecessor=before, how=how, by=by),
        )
        if said:
            messages.success(request, f"{said.asked} is asked whether that is so.")
            return redirect("organisation", slug=slug)
    context = {"organisation": organisation, "form": form, "heading": "Say whom it follows"}
    return render(request, "people/name_succession.html", context)


def settle_succession(request: HttpRequest, succession: UUID) -> HttpResponse:
    """Answer whether one organisation follows another."""
    by = queries.acting(request.user)
    asked = queries.successions_asked_of(by, decides=bool(can_decide_claims(by)))
    held = get_object_or_404(asked, public_id=succession)
    can_answer_succession(by, succession=held).require()
    form = SuccessionAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answered = tried(form, lambda: form.settle(held, by=by))
        if answered:
            stands = answered.state == SuccessionState.CONFIRMED
            told = "Both pages say so now." if stands else "Nothing of it shows."
            messages.success(request, f"Answered. {told}")
            return redirect("organisation", slug=held.asked.slug)
    return render(request, "people/settle_succession.html", {"succession": held, "form": form})


def withdraw_succession(request: HttpRequest, succession: UUID) -> HttpResponse:
    """Take back what was said and not answered, once it is confirmed."""
    by = queries.acting(request.user)
    held = get_object_or_404(queries.successions_said_by(by), public_id=succession)
    can_settle(by, organisation=held.asking).require()
    if request.method == "POST":
        actions.withdraw_succession(held, by=by)
        messages.success(request, "It is taken back.")
        return redirect("organisation", slug=held.asking.slug)
    return render(request, "people/withdraw_succession.html", {"succession": held})


def undo_succession(request: HttpRequest, succession: UUID) -> HttpResponse:
    """Take off both pages what was confirmed by mistake."""
    by = queries.acting(request.user)
    held = get_object_or_404(queries.successions_confirmed(), public_id=succession)
    can_undo_succession(by, succession=held).require()
    form = UndoingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if tried(form, lambda: actions.undo_succession(held, **answers, by=by)):
            messages.success(request, "It is undone. The owners of both are told why.")
            return redirect("organisation", slug=held.predecessor.slug)
    return render(request, "people/undo_succession.html", {"succession": held, "form": form})
