"""Screens of a group that is not yet an organisation, and of the legal forms it can aim at."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.formation_forms import PlanForm, RegisteredForm, StepForm
from makegood.people.legal_forms import AS_OF, GUIDES, guide_called
from makegood.people.permissions import can_describe, can_end_advice, can_write_advice


@login_not_required
def legal_forms(request: HttpRequest) -> HttpResponse:
    """Compare the legal forms that a group can aim at."""
    context = {"guides": GUIDES.values(), "as_of": AS_OF}
    return render(request, "people/legal_forms.html", context)


@login_not_required
def legal_form(request: HttpRequest, form: str) -> HttpResponse:
    """Read what one legal form is, and the steps to it."""
    guide = guide_called(form)
    if guide is None:
        raise Http404
    return render(request, "people/legal_form.html", {"guide": guide, "as_of": AS_OF})


def formation(request: HttpRequest, slug: str) -> HttpResponse:
    """See how far a group is on its way, for its members and its adviser."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.formations_visible_to(person), slug=slug)
    guide = queries.guide_of(group)
    steps = queries.steps_of(group, guide=guide)
    advice = queries.advice_to(group)
    context = {
        "organisation": group,
        "formation": queries.formation_of(group),
        "guide": guide,
        "steps": steps,
        "done": sum(1 for each in steps if each.done_on),
        "founders": queries.founders_of(group, person=person),
        "advice": advice,
        "notes": queries.notes_to(group).filter(step=""),
        "before": queries.formations_visible_to(person).filter(merged_into=group),
        "is_member": queries.belongs_to(person, organisation=group),
        "may_write": group.is_in_formation and can_describe(person, organisation=group),
        "may_erase": can_describe(person, organisation=group),
        "may_advise": advice and can_write_advice(person, advice=advice),
        "may_end_advice": advice and can_end_advice(person, advice=advice),
    }
    return render(request, "people/formation.html", context)


def plan_formation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which body a group comes out of, and which legal form it aims at."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    held = queries.formation_of(group)
    said = {"parent_name": held.parent_name, "aims_at": held.aims_at} if held else None
    form = PlanForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if tried(form, lambda: actions.plan_formation(group, **answers, by=person)):
            messages.success(request, "Your plan is kept.")
            return redirect("formation", slug=slug)
    context = {"organisation": group, "form": form}
    return render(request, "people/plan_formation.html", context)


def take_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Tick a step off, with its day and a note."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    steps = queries.steps_of(group, guide=queries.guide_of(group))
    shown = next((each for each in steps if each.step.key == step), None)
    if shown is None:
        raise Http404
    said = shown.taken and {"done_on": shown.taken.done_on, "note": shown.taken.note}
    form = StepForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if tried(form, lambda: actions.take_step(group, step=step, **answers, by=person)):
            messages.success(request, f"Kept: {shown.step.title}.")
            return redirect("formation", slug=slug)
    context = {"organisation": group, "form": form, "shown": shown}
    return render(request, "people/take_step.html", context)


def end_formation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a group is an organisation now."""
    person = queries.acting(request.user)
    group = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=group).require()
    held = queries.formation_of(group)
    form = RegisteredForm(request.POST or None, initial={"legal_form": held and held.aims_at})
    if request.method == "POST" and form.is_valid():
        registered = form.registered()
        ended = tried(form, lambda: actions.end_formation(group, registered=registered, by=person))
        if ended:
            messages.success(request, f"{ended} is an organisation now. It can sign contracts.")
            return redirect("organisation", slug=slug)
    context = {
        "organisation": group,
        "form": form,
        "identifiers": queries.identifiers_of(group).filter(is_parents=False),
    }
    return render(request, "people/end_formation.html", context)
