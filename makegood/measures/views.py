"""Screens for the shared library of measures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried, words_sought
from makegood.measures import actions, queries
from makegood.measures.forms import MeasureForm, PoolForm
from makegood.measures.permissions import can_keep_for_some
from makegood.people.queries import acting, organisations_writing, signed_in

PAGE = 20


@login_not_required
def measures(request: HttpRequest) -> HttpResponse:
    """Find a measure."""
    text = words_sought(request.GET)
    found = queries.measures_matching(text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    may_define = can_keep_for_some(signed_in(request.user))
    context = {"page": page, "text": text, "may_define": may_define}
    return render(request, "measures/measures.html", context)


@login_not_required
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a definition, and with whom it can be compared."""
    shown = get_object_or_404(queries.measures(), slug=slug)
    context = {
        "measure": shown,
        "pools": queries.pools_for(shown),
        "may_form": can_keep_for_some(signed_in(request.user)),
    }
    return render(request, "measures/measure.html", context)


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
