"""Screens on which an organisation comes to its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.closing_forms import ClosingForm
from makegood.people.permissions import can_reopen, can_settle


def close_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that an organisation closed, when and why."""
    by = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(by), slug=slug)
    can_settle(by, organisation=organisation).require()
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        closed = tried(form, lambda: actions.close_organisation(organisation, **answers, by=by))
        if closed:
            messages.success(request, f"{closed} is closed. Its page says so.")
            return redirect("organisation", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/close_organisation.html", context)


def reopen_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Open an organisation again, once it is confirmed."""
    by = queries.acting(request.user)
    can_reopen(by).require()
    organisation = get_object_or_404(queries.organisations(), slug=slug)
    if request.method == "POST":
        actions.reopen_organisation(organisation, by=by)
        messages.success(request, f"{organisation} is open again.")
        return redirect("organisation", slug=slug)
    return render(request, "people/reopen_organisation.html", {"organisation": organisation})
