"""Screens to write one promise: its parts, and the sentence they make as it grows."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate import actions, queries
from makegood.articulate.forms import PromiseForm
from makegood.articulate.permissions import can_change_proposal
from makegood.articulate.rules import advice_on
from makegood.articulate.states import PROPOSALS, HowKnown
from makegood.kernel.answers import tried, words_sought
from makegood.measures.queries import measures, measures_in_use
from makegood.people.permissions import can_write_for_some
from makegood.people.queries import acting
from makegood.people.states import Kind

PAGE = 20


def add_promise(request: HttpRequest, code: str) -> HttpResponse:
    """Add a promise to a draft, or see how its sentence reads so far."""
    person, draft = draft_of(request, code)
    aims = queries.aims_to_choose(draft.need.programme)
    measured = queries.measured_of(draft.need)
    chosen = measured.filter(measure__slug=request.GET.get("measure", "")).first()
    form = PromiseForm(
        request.POST or None,
        initial=_begun(request, person, draft=draft, chosen=chosen),
        aims=aims,
        known=_known(request, None),
    )
    if request.method == "POST" and "see" not in request.POST and form.is_valid():
        added = tried(form, lambda: actions.add_promise(draft, terms=form.terms(), by=person))
        if added:
            messages.success(request, f"Promise {added.reference} is added.")
            return redirect("read_promise", code=code, position=added.position)
    context = {"form": form, "proposal": draft, "measured": measured, "chosen": chosen}
    return _shown(request, context)


def revise_promise(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Say a promise differently, or see how it reads so far."""
    person, draft = draft_of(request, code)
    promise = get_object_or_404(queries.promises_of(draft), position=position)
    form = PromiseForm(
        request.POST or None,
        promise=promise,
        initial=PromiseForm.answers_of(promise),
        aims=queries.aims_to_keep(promise),
        known=_known(request, HowKnown(promise.how_known)),
    )
    if request.method == "POST" and "see" not in request.POST and form.is_valid():
        newest = bool(form.cleaned_data.get("takes_newest"))
        revised = tried(
            form,
            lambda: actions.revise_promise(
                promise, terms=form.terms(), takes_newest=newest, by=person
            ),
        )
        if revised:
            messages.success(request, f"Promise {promise.reference} is changed.")
            return redirect("read_promise", code=code, position=position)
    return _shown(request, {"form": form, "proposal": draft, "promise": promise})


def strike_out_promise(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Leave a promise out of a draft, once it is confirmed."""
    person, draft = draft_of(request, code)
    promise = get_object_or_404(queries.promises_of(draft), position=position)
    if request.method == "POST":
        actions.strike_out_promise(promise, by=person)
        messages.success(request, f"Promise {promise.reference} is left out.")
        return redirect("proposal", code=code)
    return render(
        request, "articulate/strike_out_promise.html", {"proposal": draft, "promise": promise}
    )


def copy_promise(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a promise made elsewhere to begin from."""
    person, draft = draft_of(request, code)
    sought = words_sought(request.GET)
    found = queries.promises_matching(queries.promises_to_copy(person, into=draft), text=sought)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"proposal": draft, "page": page, "sought": sought}
    return render(request, "articulate/copy_promise.html", context)


def promise_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the draft in which to promise something by a measure."""
    person = acting(request.user)
    measure = get_object_or_404(measures(), slug=slug)
    can_write_for_some(person, kind=Kind.PROVIDER).require()
    drafts = Paginator(queries.drafts_to_promise_in(person), PAGE)
    page = drafts.get_page(request.GET.get("page"))
    return render(request, "articulate/promise_on.html", {"measure": measure, "page": page})


def draft_of(request: HttpRequest, code: str) -> Any:
    """Return who acts, and the draft, where they may change it now."""
    person = acting(request.user)
    draft = get_object_or_404(queries.proposals_visible_to(person), code=code)
    can_change_proposal(person, proposal=draft).require()
    PROPOSALS.target(draft.state, act="revise_proposal")
    return person, draft


def _known(request: HttpRequest, standing: HowKnown | None) -> HowKnown | None:
    """Return how a promise is to be known, as the address says; else as it stands."""
    asked = {"numbers": HowKnown.NUMBERS, "stories": HowKnown.STORIES, "both": HowKnown.BOTH}
    return asked.get(request.GET.get("known", ""), standing)


def _begun(request: HttpRequest, person: Any, *, draft: Any, chosen: Any) -> dict[str, object]:
    """Return answers to begin from: another promise, a measure, or how the alternative does."""
    copied = queries.promises_to_copy(person, into=draft)
    if one := copied.filter(reference=request.GET.get("from", "")).first():
        return PromiseForm.copied(one)
    slug = request.GET.get("measure", "")
    return PromiseForm.offered(chosen, measure=measures_in_use().filter(slug=slug).first())


def _shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show the form, with the sentence and advice on it once something was answered."""
    form, draft = context["form"], context["proposal"]
    if request.method == "POST":
        if "see" in request.POST:
            form.look()
        form.is_valid()
        said = form.said(
            today=timezone.localdate(),
            provider=str(draft.provider),
            others=queries.others_of(draft),
            until=queries.compared_until(draft),
        )
        unit = getattr(form.cleaned_data.get("measure"), "unit", "")
        context |= {"said": said, "unit": unit, "advice": advice_on(said)}
    return render(request, "articulate/promise.html", context)
