"""Screens to define a measure, say it differently, and take it out of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.kernel.answers import tried
from makegood.measures import actions, queries
from makegood.measures.forms import MeasureForm, RetireForm, ReviseForm
from makegood.measures.permissions import can_revise
from makegood.people.queries import acting, organisations_writing


def define_measure(request: HttpRequest) -> HttpResponse:
    """Define a measure."""
    person = acting(request.user)
    form = MeasureForm(request.POST or None, keepers=organisations_writing(person))
    if request.method == "POST" and form.is_valid():
        defined = tried(form, lambda: actions.define_measure(**form.cleaned_data, by=person))
        if defined:
            messages.success(request, f"{defined} is in the library. Promises can use it now.")
            return redirect("measure", slug=defined.slug)
    return render(request, "measures/define_measure.html", {"form": form})


def revise_measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Say a measure differently, with the reason; what it said before is kept."""
    person = acting(request.user)
    held = get_object_or_404(queries.measures(), slug=slug)
    can_revise(person, measure=held).require()
    form = ReviseForm(request.POST or None, measure=held)
    if request.method == "POST" and form.is_valid():
        revised = tried(
            form,
            lambda: actions.revise_measure(
                held,
                words=form.words(),
                arithmetic=form.arithmetic(),
                reason=form.cleaned_data["reason"],
                read=form.cleaned_data["read"],
                by=person,
            ),
        )
        if revised:
            messages.success(request, f"Version {revised.version} stands now. The others are kept.")
            return redirect("measure", slug=slug)
    return render(request, "measures/revise_measure.html", {"form": form, "measure": held})


def retire_measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a measure out of use, with the reason."""
    person = acting(request.user)
    held = get_object_or_404(queries.measures(), slug=slug)
    can_revise(person, measure=held).require()
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: actions.retire_measure(held, reason=reason, by=person)):
            messages.success(request, f"{held} is retired. Promises that use it keep it.")
            return redirect("measure", slug=slug)
    return render(request, "measures/retire_measure.html", {"form": form, "measure": held})


@require_POST
def bring_back_measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Let new promises use a retired measure again."""
    held = get_object_or_404(queries.measures(), slug=slug)
    actions.bring_back_measure(held, by=acting(request.user))
    messages.success(request, f"{held} is in use again. New promises can take it.")
    return redirect("measure", slug=slug)
