"""Screens on which an organisation says whom to reach."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.description_forms import ContactForm
from makegood.people.permissions import can_describe


def add_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom to reach, and who may see it."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        added = tried(form, lambda: actions.add_contact(organisation, **answers, by=person))
        if added:
            messages.success(request, f"{added} is added.")
            return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/contact.html", context)


def revise_contact(request: HttpRequest, slug: str, contact: UUID) -> HttpResponse:
    """Change whom to reach, or who may see it."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    held = get_object_or_404(queries.contacts_of(organisation, person=person), public_id=contact)
    said = {name: getattr(held, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        tried(form, lambda: actions.revise_contact(held, **answers, by=person))
        if not form.errors:
            messages.success(request, "The contact is changed.")
            return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "form": form, "contact": held}
    return render(request, "people/contact.html", context)


def remove_contact(request: HttpRequest, slug: str, contact: UUID) -> HttpResponse:
    """Erase a contact, once it is confirmed."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    held = get_object_or_404(queries.contacts_of(organisation, person=person), public_id=contact)
    if request.method == "POST":
        actions.remove_contact(held, by=person)
        messages.success(request, "The contact is erased.")
        return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "contact": held}
    return render(request, "people/remove_contact.html", context)


def take_down_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Take down a contact that names oneself, once it is confirmed."""
    person = queries.acting(request.user)
    held = get_object_or_404(queries.contacts_naming(person), public_id=contact)
    if request.method == "POST":
        actions.take_down_contact(held, by=person)
        messages.success(request, f"You are no longer named at {held.organisation}.")
        return redirect("my_data")
    return render(request, "people/take_down_contact.html", {"contact": held})
