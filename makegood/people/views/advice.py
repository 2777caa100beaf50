"""Screens of advice: a group asks for an adviser, somebody takes it on, suggests and is released."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.formation_forms import AdviceForm, AskForAdviserForm, TakeAdviceForm
from makegood.people.permissions import (
    can_describe,
    can_end_advice,
    can_take_advice,
    can_write_advice,
)


def ask_for_adviser(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a support unit for somebody who advises the group."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    units = queries.units_that_advise()
    form = AskForAdviserForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        asked = tried(form, lambda: actions.ask_for_adviser(group, **answers, by=person))
        if asked:
            messages.success(
                request, f"{asked.unit} is asked. You are told when somebody advises you."
            )
            return redirect("formation", slug=slug)
    context = {"organisation": group, "form": form, "units": units}
    return render(request, "people/ask_for_adviser.html", context)


def take_advice(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Take on a group that asks for an adviser, or assign somebody."""
    person = queries.acting(request.user)
    asked = get_object_or_404(queries.advice_asked_of(person), public_id=advice)
    can_take_advice(person, advice=asked).require()
    form = TakeAdviceForm(request.POST or None, advisers=queries.advisers_at(asked.unit))
    if request.method == "POST" and form.is_valid():
        adviser = form.cleaned_data["adviser"]
        taken = tried(form, lambda: actions.take_advice(asked, adviser=adviser, by=person))
        if taken:
            messages.success(request, f"{taken.adviser} advises {taken.organisation} now.")
            is_own = taken.adviser == person
            own = redirect("formation", slug=taken.organisation.slug)
            return own if is_own else redirect("desk")
    context = {"advice": asked, "organisation": asked.organisation, "form": form}
    return render(request, "people/take_advice.html", context)


def write_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """Suggest something to a group."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.formations_visible_to(person), slug=slug)
    advice = get_object_or_404(queries.advice_given_by(person), organisation=group)
    can_write_advice(person, advice=advice).require()
    guide = queries.guide_of(group)
    form = AdviceForm(request.POST or None, guide=guide, step=request.GET.get("step", ""))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if tried(form, lambda: actions.write_advice(advice, **answers, by=person)):
            messages.success(request, "They are told what you suggest.")
            return redirect("formation", slug=slug)
    context = {"organisation": group, "form": form}
    return render(request, "people/write_advice.html", context)


def end_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """Release an adviser, or take back that one was asked for, once it is confirmed."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.formations_visible_to(person), slug=slug)
    advice = queries.advice_to(group)
    if advice is None:
        return redirect("formation", slug=slug)
    can_end_advice(person, advice=advice).require()
    if request.method == "POST":
        actions.end_advice(advice, by=person)
        messages.success(request, f"{advice.unit} advises {group} no longer.")
        stays = queries.belongs_to(person, organisation=group)
        return redirect("formation", slug=slug) if stays else redirect("desk")
    context = {"organisation": group, "advice": advice}
    return render(request, "people/end_advice.html", context)
