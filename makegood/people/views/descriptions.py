"""Screens on which an organisation says what it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.description_forms import IdentifierForm, OrganisationWordsForm
from makegood.people.permissions import can_describe, can_settle

WORDS = ("name", "legal_form", "summary", "website")


def describe_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """See all that an organisation says of itself, each with a way to change it."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    context = {
        "organisation": organisation,
        "dpulo": queries.dpulo_of(organisation),
        "contacts": queries.contacts_of(organisation, person=person),
        "offers": queries.offers_of(organisation),
        "workplaces": queries.workplaces_of(organisation),
        "identifiers": queries.identifiers_of(organisation),
        "may_settle": can_settle(person, organisation=organisation),
    }
    return render(request, "people/describe.html", context)


def revise_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what an organisation is."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    said = {name: getattr(organisation, name) for name in WORDS}
    form = OrganisationWordsForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if tried(form, lambda: actions.revise_organisation(organisation, **answers, by=person)):
            messages.success(request, "What you say of yourselves is changed.")
            return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/revise_organisation.html", context)


def add_identifier(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a number by which a register knows the organisation."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    form = IdentifierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        added = tried(form, lambda: actions.add_identifier(organisation, **answers, by=person))
        if added:
            messages.success(request, f"{added} is added.")
            return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/add_identifier.html", context)


def remove_identifier(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Take a number away, once it is confirmed."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    removing = get_object_or_404(queries.identifiers_written(organisation, written=identifier))
    if request.method == "POST":
        actions.remove_identifier(removing, by=person)
        messages.success(request, f"{removing} is removed.")
        return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "removing": removing}
    return render(request, "people/remove_identifier.html", context)
