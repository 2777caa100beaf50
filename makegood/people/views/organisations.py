"""Screens for organisations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from makegood.people import actions, queries
from makegood.people.forms import OrganisationForm
from makegood.people.states import Kind


def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        organisation = actions.register_organisation(
            name=answers["name"],
            kind=Kind(answers["kind"]),
            legal_form=answers["legal_form"],
            summary=answers["summary"],
            by=queries.acting(request.user),
        )
        actions.put_on_hat(organisation, session=request.session, by=queries.acting(request.user))
        messages.success(request, f"{organisation} is registered. You are its owner.")
        return redirect("organisation", slug=organisation.slug)
    return render(request, "people/register.html", {"form": form})
