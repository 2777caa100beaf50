"""Screens for needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.forms import NeedForm, NeedWordsForm
from makegood.articulate.permissions import can_change_need, can_write_for_some_in
from makegood.articulate.states import NEEDS
from makegood.kernel.answers import tried, words_sought
from makegood.people.permissions import can_write_for_some
from makegood.people.queries import acting, organisations_where, signed_in
from makegood.people.states import Kind, Right

PAGE = 20


@login_not_required
def needs(request: HttpRequest) -> HttpResponse:
    """Read what commissioners need; search it."""
    person = signed_in(request.user)
    text = words_sought(request.GET)
    found = queries.needs_matching(queries.needs_visible_to(person), text=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    writes = person and organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER)
    context = {"page": page, "text": text, "may_write": bool(writes)}
    return render(request, "articulate/needs.html", context)


@login_not_required
def need(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a need, its alternative, and the proposals that answer it."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    where = shown.programme_id
    context = {
        "need": shown,
        "proposals": queries.proposals_for(shown, person=person),
        "may_change": can_change_need(person, need=shown),
        "acts": NEEDS.acts_from(shown.state),
        "may_propose": can_write_for_some_in(person, kind=Kind.PROVIDER, programme=where),
    }
    return render(request, "articulate/need.html", context)


def write_need(request: HttpRequest) -> HttpResponse:
    """Write a need."""
    person = acting(request.user)
    can_write_for_some(person, kind=Kind.COMMISSIONER).require()
    form = NeedForm(
        request.POST or None,
        programmes=queries.programmes_to_write_in(person, kind=Kind.COMMISSIONER),
        commissioners=organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER),
    )
    if request.method == "POST" and form.is_valid():
        written = tried(form, lambda: actions.write_need(**form.cleaned_data, by=person))
        if written:
            messages.success(request, "Your need is kept as a draft. Check it, then publish it.")
            return redirect("need", reference=written.reference)
    return render(request, "articulate/write_need.html", {"form": form})


def revise_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Say a need differently before it is published."""
    person = acting(request.user)
    held = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=held).require()
    words = {name: getattr(held, name) for name in NeedWordsForm.base_fields}
    form = NeedWordsForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        revised = tried(form, lambda: actions.revise_need(held, **form.cleaned_data, by=person))
        if revised:
            messages.success(request, "The draft is changed.")
            return redirect("need", reference=reference)
    return render(request, "articulate/write_need.html", {"form": form, "need": held})


@require_POST
def publish_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish a need."""
    person = acting(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    actions.publish_need(shown, by=person)
    messages.success(request, "The need is published. Providers can answer it now.")
    return redirect("need", reference=reference)


@require_POST
def close_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a need to proposals."""
    person = acting(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    actions.close_need(shown, by=person)
    messages.success(request, "The need takes no more proposals.")
    return redirect("need", reference=reference)
