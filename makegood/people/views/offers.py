"""Screens on which an organisation says what it offers and what it needs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.kernel.answers import tried
from makegood.people import actions, queries
from makegood.people.description_forms import OfferForm
from makegood.people.permissions import can_describe


def make_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the organisation offers or needs."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        made = tried(form, lambda: actions.make_offer(organisation, **answers, by=person))
        if made:
            messages.success(request, f"Your {made.side} is added.")
            return redirect("describe_organisation", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/make_offer.html", context)


@require_POST
def close_offer(request: HttpRequest, slug: str, offer: UUID) -> HttpResponse:
    """Say that an offer or need stands no more."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    held = get_object_or_404(queries.offers_of(organisation), public_id=offer)
    actions.close_offer(held, by=person)
    messages.success(request, f"Your {held.side} is closed. Only you see it now.")
    return redirect("describe_organisation", slug=slug)


@require_POST
def reopen_offer(request: HttpRequest, slug: str, offer: UUID) -> HttpResponse:
    """Say that an offer or need stands again."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    held = get_object_or_404(queries.offers_of(organisation), public_id=offer)
    actions.reopen_offer(held, by=person)
    messages.success(request, f"Your {held.side} is open again.")
    return redirect("describe_organisation", slug=slug)
