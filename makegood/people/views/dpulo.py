"""The screen on which an organisation answers whether it is led by disabled people."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.dpulo_forms import DpuloForm
from makegood.people.permissions import can_describe


def state_dpulo(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer each test, and see at once what the answers come to."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    current = queries.dpulo_of(organisation)
    said = DpuloForm.answers_of(current) if current else {}
    form = DpuloForm(request.POST or None, initial=said, needed=settings.DPULO_SHARES)
    if request.method == "POST" and form.is_valid():
        shown, answers = form.cleaned_data["is_shown"], form.answers()
        stated = tried(
            form,
            lambda: actions.state_dpulo(organisation, answers=answers, is_shown=shown, by=person),
        )
        if stated:
            messages.success(request, f"Your answers are kept. You are {stated}.")
            return redirect("state_dpulo", slug=slug)
    context = {"organisation": organisation, "form": form, "current": current}
    return render(request, "people/state_dpulo.html", context)
