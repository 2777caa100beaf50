"""Screens to find a measure, read every version of it, and take the library away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.measures import actions, queries
from makegood.measures.forms import MeasureFilter, PoolForm
from makegood.measures.listing import COLUMNS, cells_of
from makegood.measures.permissions import (
    can_keep_for_some,
    can_look_after_library,
    can_revise,
)
from makegood.people.permissions import can_write_for_some
from makegood.people.queries import acting, organisations_writing, signed_in
from makegood.people.states import Kind

SERIES_SHOWN = 50


@login_not_required
def measures(request: HttpRequest) -> HttpResponse:
    """Find a measure."""
    form = MeasureFilter(request.GET)
    found = queries.measures_found(form.sought())
    person = signed_in(request.user)
    context = form.listed(found) | {
        "may_define": can_keep_for_some(person),
        "may_add_starter": person and can_look_after_library(person),
    }
    return render(request, "measures/measures.html", context)


@login_not_required
def measures_as_table(request: HttpRequest) -> HttpResponse:
    """Give the measures found as a table, safe to open in a spreadsheet; it can be taken in again."""
    form = MeasureFilter(request.GET)
    form.require_all()
    site = request.build_absolute_uri
    rows = (
        [*cells_of(each), each.version or 1, site(reverse("measure", args=[each.slug]))]
        for each in queries.measures_found(form.sought())
    )
    return table("measures.csv", [*COLUMNS, "version", "page"], rows)


@login_not_required
def measures_template(_: HttpRequest) -> HttpResponse:
    """Give an empty table of measures, with its columns."""
    return table("measures-template.csv", COLUMNS, [])


@login_not_required
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a definition, every version of it, and with whom it can be compared."""
    shown = get_object_or_404(queries.measures(), slug=slug)
    person = signed_in(request.user)
    series = queries.series_open_to_all(shown)
    context = {
        "measure": shown,
        "versions": queries.versions_shown(shown),
        "pools": queries.pools_for(shown),
        "series": series[:SERIES_SHOWN],
        "series_count": series.count(),
        "may_form": can_keep_for_some(person),
        "may_revise": can_revise(person, measure=shown),
        "may_promise": can_write_for_some(person, kind=Kind.PROVIDER),
    }
    return render(request, "measures/measure.html", context)


@login_not_required
def measure_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Read a definition as it stood in one of its versions."""
    shown = get_object_or_404(queries.measures(), slug=slug)
    version = get_object_or_404(shown.versions, number=number)
    context = {"measure": shown, "version": version}
    return render(request, "measures/measure_version.html", context)


def form_pool(request: HttpRequest, slug: str) -> HttpResponse:
    """Gather series of a measure as comparators."""
    person = acting(request.user)
    can_keep_for_some(person).require()
    measure = get_object_or_404(queries.measures(), slug=slug)
    series = queries.series_following(measure)
    form = PoolForm(request.POST or None, keepers=organisations_writing(person), series=series)
    if request.method == "POST" and form.is_valid():
        pool = tried(
            form, lambda: actions.form_pool(measure=measure, **form.cleaned_data, by=person)
        )
        if pool:
            messages.success(request, f"{pool} is formed. Contracts can name it now.")
            return redirect("measure", slug=slug)
    context = {"form": form, "measure": measure, "series": series}
    return render(request, "measures/form_pool.html", context)
