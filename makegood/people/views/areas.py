"""Screens on which an organisation says where it works."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.kernel.answers import words_sought
from makegood.kernel.refusal import RuleBroken
from makegood.people import actions, queries
from makegood.people.permissions import can_describe

MOST = 30


def choose_areas(request: HttpRequest, slug: str) -> HttpResponse:
    """See where the organisation works, and look for areas to add."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    text = words_sought(request.GET)
    works = queries.workplaces_of(organisation)
    chosen = {workplace.area_id for workplace in works}
    found = queries.areas_matching(text)[:MOST] if text.strip() else queries.countries()
    context = {
        "organisation": organisation,
        "workplaces": works,
        "text": text,
        "areas": [area for area in found if area.pk not in chosen],
        "is_all": len(found) < MOST,
    }
    return render(request, "people/choose_areas.html", context)


@require_POST
def add_area(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say that the organisation works in an area."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    area = get_object_or_404(queries.areas(), code=code)
    try:
        actions.add_area(organisation, area=area, by=person)
    except RuleBroken as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{area} is added.")
    return redirect("choose_areas", slug=slug)


@require_POST
def remove_area(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say that the organisation works in an area no more."""
    person = queries.acting(request.user)
    organisation = get_object_or_404(queries.organisations_of(person), slug=slug)
    can_describe(person, organisation=organisation).require()
    area = get_object_or_404(queries.areas(), code=code)
    actions.remove_area(organisation, area=area, by=person)
    messages.success(request, f"{area} is removed.")
    return redirect("choose_areas", slug=slug)
