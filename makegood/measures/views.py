"""Screens for the shared library of measures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.kernel.answers import tried
from makegood.measures import actions, queries
from makegood.measures.forms import MeasureForm
from makegood.people.queries import acting, organisations_writing, signed_in

PAGE = 20


@login_not_required
def measures(request: HttpRequest) -> HttpResponse:
    """Find a measure."""
    text = request.GET.get("q", "").strip()
    found = queries.measures_matching(text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    person = signed_in(request.user)
    may_define = bool(person and organisations_writing(person))
    context = {"page": page, "text": text, "may_define": may_define}
    return render(request, "measures/measures.html", context)


@login_not_required
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a definition."""
    shown = get_object_or_404(queries.measures(), slug=slug)
    return render(request, "measures/measure.html", {"measure": shown})


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
