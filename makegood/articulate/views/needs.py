"""Screens for needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.analysis import past_of
from makegood.articulate.forms import (
    CorrectNeedForm,
    ExtendForm,
    NeedFilter,
    NeedForm,
    NeedWordsForm,
    TimesForm,
)
from makegood.articulate.permissions import (
    can_ask_for_some,
    can_change_need,
    can_write_for_some_in,
)
from makegood.articulate.states import NEEDS, ProposalState
from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.people.permissions import can_write_for_some
from makegood.people.queries import (
    acting,
    organisations_closed,
    organisations_where,
    signed_in,
)
from makegood.people.states import Kind, Right

COLUMNS = (
    "reference", "title", "commissioner", "programme", "state", "published", "questions close",
    "closes", "closed", "who may propose", "what happens otherwise", "cost a year, at least",
    "cost a year, at most", "source of the cost", "page",
)  # fmt: skip


@login_not_required
def needs(request: HttpRequest) -> HttpResponse:
    """Read what commissioners need; find it by words, place and time."""
    person, now = signed_in(request.user), timezone.now()
    form = NeedFilter(request.GET)
    found = queries.needs_found(queries.needs_visible_to(person), sought=form.sought(), now=now)
    writes = person and organisations_where(person, right=Right.WRITE, kind=Kind.COMMISSIONER)
    context = form.listed(found) | {"may_write": bool(writes), "now": now}
    return render(request, "articulate/needs.html", context)


@login_not_required
def needs_table(request: HttpRequest) -> HttpResponse:
    """Give the needs found as a table, safe to open in a spreadsheet."""
    form = NeedFilter(request.GET)
    form.require_all()
    visible = queries.needs_visible_to(signed_in(request.user))
    found = queries.needs_found(visible, sought=form.sought(), now=timezone.now())
    site = request.build_absolute_uri
    rows = (_cells(each, page=site(reverse("need", args=[each.reference]))) for each in found)
    return table("needs.csv", COLUMNS, rows)


@login_not_required
def need(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a need, its alternative, what was asked, and the proposals that answer it."""
    person, now = signed_in(request.user), timezone.now()
    reach = queries.reach_of(person)
    visible = queries.needs_visible_to(person, reach=reach)
    shown = get_object_or_404(visible, reference=reference)
    where = shown.programme_id
    measured = queries.measured_of(shown)
    found = queries.proposals_for(shown, person=person, reach=reach)
    proposals = queries.tell_states(found, person=person, reach=reach)
    context = {
        "need": shown,
        "proposals": proposals,
        "waiting": sum(each.state == ProposalState.PROPOSED for each in proposals),
        "may_change": can_change_need(person, need=shown, reach=reach),
        "reads_inside": reach.is_inside([shown.commissioner_id], programme=where),
        "acts": NEEDS.acts_from(shown.state),
        "compared": queries.sent_among(proposals),
        "may_propose": (may := can_write_for_some_in(person, kind=Kind.PROVIDER, programme=where)),
        "closed": organisations_closed(person, kind=Kind.PROVIDER) if person and not may else [],
        "may_ask": can_ask_for_some(person, need=shown, reach=reach),
        "takes_proposals": shown.takes_proposals(now=now),
        "takes_questions": shown.takes_questions(now=now),
        "measured": [(each, past_of(each)) for each in measured],
        "questions": queries.questions_of(shown),
        "changes": [each for each in queries.versions_of_need(shown) if each.reason],
    }
    return render(request, "articulate/need.html", context)


@login_not_required
def need_versions(request: HttpRequest, reference: str) -> HttpResponse:
    """Read everything a published need said."""
    visible = queries.needs_visible_to(signed_in(request.user))
    shown = get_object_or_404(visible, reference=reference)
    context = {"need": shown, "versions": queries.versions_of_need(shown)}
    return render(request, "articulate/need_versions.html", context)


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
    form = NeedWordsForm(request.POST or None, initial=NeedWordsForm.answers_of(held))
    if request.method == "POST" and form.is_valid():
        revised = tried(form, lambda: actions.revise_need(held, **form.cleaned_data, by=person))
        if revised:
            messages.success(request, "The draft is changed.")
            return redirect("need", reference=reference)
    return render(request, "articulate/write_need.html", {"form": form, "need": held})


def time_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Say until when a draft will take questions and proposals, once it is published."""
    person = acting(request.user)
    held = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=held).require()
    NEEDS.target(held.state, act="time_need")
    form = TimesForm(request.POST or None, initial=TimesForm.answers_of(held))
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: actions.time_need(held, **form.moments(), by=person))
        if done:
            messages.success(request, "The times are kept.")
            return redirect("need", reference=reference)
    return render(request, "articulate/time_need.html", {"form": form, "need": held})


@require_POST
def publish_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish a need."""
    person = acting(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    actions.publish_need(shown, by=person)
    messages.success(request, "The need is published. Providers can answer it now.")
    return redirect("need", reference=reference)


def discard_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw a draft away, once it is confirmed."""
    person = acting(request.user)
    held = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=held).require()
    NEEDS.target(held.state, act="discard_need")
    if request.method == "POST":
        actions.discard_need(held, by=person)
        messages.success(request, f"The draft “{held.title}” is thrown away.")
        return redirect("needs")
    return render(request, "articulate/discard_need.html", {"need": held})


def correct_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Say a published need differently, with the reason."""
    person = acting(request.user)
    held = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=held).require()
    NEEDS.target(held.state, act="correct_need")
    form = CorrectNeedForm(request.POST or None, initial=NeedWordsForm.answers_of(held))
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: actions.correct_need(held, **form.cleaned_data, by=person))
        if done:
            messages.success(request, "The need is changed. Its page says why and what it said.")
            return redirect("need", reference=reference)
    return render(request, "articulate/correct_need.html", {"form": form, "need": held})


def extend_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Put off until when a published need takes questions and proposals."""
    person = acting(request.user)
    held = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    can_change_need(person, need=held).require()
    NEEDS.target(held.state, act="extend_need")
    form = ExtendForm(request.POST or None, initial=TimesForm.answers_of(held))
    if request.method == "POST" and form.is_valid():
        times, reason = form.moments(), form.cleaned_data["reason"]
        done = tried(form, lambda: actions.extend_need(held, **times, reason=reason, by=person))
        if done:
            messages.success(request, "The times are put off. Those concerned are told.")
            return redirect("need", reference=reference)
    return render(request, "articulate/extend_need.html", {"form": form, "need": held})


@require_POST
def close_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a need to proposals."""
    person = acting(request.user)
    shown = get_object_or_404(queries.needs_visible_to(person), reference=reference)
    actions.close_need(shown, by=person)
    messages.success(request, "The need takes no more proposals.")
    return redirect("need", reference=reference)


def _cells(each: Any, *, page: str) -> tuple[object, ...]:
    times = (each.published_at, each.questions_close_at, each.closes_at, each.closed_at)
    who = "only those invited" if each.is_by_invitation else "every provider"
    return (
        each.reference,
        each.title,
        each.commissioner,
        each.programme,
        each.state,
        *(at and timezone.localtime(at).isoformat(timespec="minutes") for at in times),
        who,
        each.alternative,
        each.cost_low,
        each.cost_high,
        each.cost_source,
        page,
    )
