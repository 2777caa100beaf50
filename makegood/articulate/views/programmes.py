"""Screens for programmes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.articulate import actions, queries
from makegood.articulate.forms import AimForm, EndAimForm, ProgrammeForm
from makegood.articulate.permissions import can_see_workbench, can_write_aims, can_write_for_some_in
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
    named = queries.promises_by_aim(shown, person=person)
    context = {
        "programme": shown,
        "aims": [(aim, named.get(aim.pk, 0)) for aim in queries.aims_of(shown)],
        "may_see_workbench": person and can_see_workbench(person, programme=shown),
        "may_write_aims": can_write_aims(person, programme=shown),
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


def write_aim(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an aim to a programme."""
    person = acting(request.user)
    shown = get_object_or_404(queries.programmes(), slug=slug)
    can_write_aims(person, programme=shown).require()
    form = AimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = tried(form, lambda: actions.write_aim(shown, words=form.said(), by=person))
        if written:
            messages.success(request, "The aim is added. Promises in this programme can name it.")
            return redirect("programme", slug=slug)
    return render(request, "articulate/write_aim.html", {"form": form, "programme": shown})


def revise_aim(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Say an aim differently, until a promise was sent that names it."""
    person = acting(request.user)
    shown = get_object_or_404(queries.programmes(), slug=slug)
    can_write_aims(person, programme=shown).require()
    aim = get_object_or_404(queries.aims_to_choose(shown), position=position)
    form = AimForm(request.POST or None, initial=AimForm.answers_of(aim))
    if request.method == "POST" and form.is_valid():
        revised = tried(form, lambda: actions.revise_aim(aim, words=form.said(), by=person))
        if revised:
            messages.success(request, "The aim is changed.")
            return redirect("programme", slug=slug)
    context = {"form": form, "programme": shown, "aim": aim}
    return render(request, "articulate/write_aim.html", context)


def end_aim(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Let no new promise name an aim, with the reason."""
    person = acting(request.user)
    shown = get_object_or_404(queries.programmes(), slug=slug)
    can_write_aims(person, programme=shown).require()
    aim = get_object_or_404(queries.aims_to_choose(shown), position=position)
    form = EndAimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ended = tried(form, lambda: actions.end_aim(aim, **form.cleaned_data, by=person))
        if ended:
            messages.success(request, "The aim has ended. Promises that name it keep it.")
            return redirect("programme", slug=slug)
    context = {"form": form, "programme": shown, "aim": aim}
    return render(request, "articulate/end_aim.html", context)
