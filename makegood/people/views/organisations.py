"""Screens for organisations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.forms import OrganisationForm


def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation, or a group that wants to start one.

    Who is here under such a name already is shown first; whoever presses again means another one.
    """
    by = queries.acting(request.user)
    form = OrganisationForm(request.POST or None)
    context: dict[str, object] = {"form": form, "like": []}
    if request.method == "POST" and form.is_valid():
        name, answers = form.cleaned_data["name"], form.registration()
        organisation = tried(form, lambda: actions.register_organisation(**answers, by=by))
        if organisation:
            actions.put_on_hat(organisation, session=request.session, by=by)
            messages.success(request, f"{organisation} is registered. You are its owner.")
            begins = "formation" if organisation.is_in_formation else "organisation"
            return redirect(begins, slug=organisation.slug)
        context["like"] = [] if form.is_another() else queries.organisations_like(name)
    return render(request, "people/register.html", context)
