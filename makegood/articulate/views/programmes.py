"""Screens for programmes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate import actions, queries
from makegood.articulate.forms import ProgrammeForm
from makegood.articulate.permissions import can_write_for_some_in
from makegood.kernel.answers import tried, words_sought
from makegood.people.queries import acting, signed_in
from makegood.people.states import Kind

PAGE = 20


@login_not_required
def programmes(request: HttpRequest) -> HttpResponse:
    """Read which programmes there are; search them."""
    person = signed_in(request.user)
    text = words_sought(request.GET)
    page = Paginator(queries.programmes_matching(text), PAGE).get_page(request.GET.get("page"))
    may_start = can_write_for_some_in(person, kind=Kind.SUPPORT_UNIT, programme=None)
    context = {"page": page, "text": text, "may_start": may_start}
    return render(request, "articulate/programmes.html", context)


@login_not_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Read what a programme is for, and the needs in it."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.programmes(), slug=slug)
    found = queries.needs_visible_to(person).filter(programme=shown)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": shown,
        "page": page,
        "may_write": can_write_for_some_in(person, kind=Kind.COMMISSIONER, programme=shown.pk),
    }
    return render(request, "articulate/programme.html", context)


def start_programme(request: HttpRequest) -> HttpResponse:
    """Start a programme."""
    person = acting(request.user)
    can_write_for_some_in(person, kind=Kind.SUPPORT_UNIT, programme=None).require()
    units = queries.houses_writing_in(person, kind=Kind.SUPPORT_UNIT, programme=None)
    form = ProgrammeForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        started = tried(form, lambda: actions.start_programme(**form.cleaned_data, by=person))
        if started:
            messages.success(request, f"{started} has begun. Commissioners can write needs in it.")
            return redirect("programme", slug=started.slug)
    return render(request, "articulate/start_programme.html", {"form": form})
