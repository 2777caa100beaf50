"""Screens that help to write a promise: how it reads, advice on it, and what could be told from chance."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.articulate import actions, queries
from makegood.articulate.analysis import chart_of
from makegood.articulate.forms import PowerForm, SetAsideForm
from makegood.articulate.permissions import can_change_proposal
from makegood.articulate.states import ProposalState
from makegood.articulate.views.promises import draft_of
from makegood.kernel.answers import tried
from makegood.people.queries import signed_in


@login_not_required
def read_promise(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Read one promise of a proposal: all it says, the advice on it, and its power."""
    person = signed_in(request.user)
    proposal = get_object_or_404(queries.proposals_visible_to(person), code=code)
    promise = get_object_or_404(queries.promises_of(proposal), position=position)
    power, today = queries.power_of(promise), timezone.localdate()
    reads = queries.reads_advice(person, proposal=proposal)
    may_change = bool(can_change_proposal(person, proposal=proposal))
    context = {
        "proposal": proposal,
        "promise": promise,
        "power": power,
        "is_stale": power is not None and queries.is_stale(power, promise=promise),
        "chart": chart_of(power, promise=promise) if power else None,
        "reads_advice": reads,
        "advice": queries.advice_given(promise, today=today) if reads else [],
        "may_change": may_change and proposal.state == ProposalState.DRAFT,
        "withheld": queries.withheld_of_proposal(person, proposal=proposal, today=today),
    }
    return render(request, "articulate/read_promise.html", context)


def set_advice_aside(request: HttpRequest, code: str, position: int, number: str) -> HttpResponse:
    """Say why a piece of advice is not followed."""
    person, draft = draft_of(request, code)
    promise = get_object_or_404(queries.promises_of(draft), position=position)
    one = _advice(promise, number=number)
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        kept = tried(
            form,
            lambda: actions.set_advice_aside(promise, number=number, reason=reason, by=person),
        )
        if kept:
            messages.success(request, "Your reason is kept with the promise.")
            return redirect("read_promise", code=code, position=position)
    context = {"form": form, "proposal": draft, "promise": promise, "advice": one}
    return render(request, "articulate/set_advice_aside.html", context)


@require_POST
def take_advice_up(request: HttpRequest, code: str, position: int, number: str) -> HttpResponse:
    """Let a piece of advice be given again."""
    person, draft = draft_of(request, code)
    promise = get_object_or_404(queries.promises_of(draft), position=position)
    if not queries.was_set_aside(promise, number=number):
        raise Http404
    actions.take_advice_up(promise, number=number, by=person)
    messages.success(request, "The advice is given again.")
    return redirect("read_promise", code=code, position=position)


def work_out_power(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Choose figures, and learn what change the promise’s time would show."""
    person, draft = draft_of(request, code)
    promise = get_object_or_404(queries.promises_of(draft), position=position)
    if promise.measure is None:
        messages.error(request, "This promise is not in numbers, so there is nothing to work out.")
        return redirect("read_promise", code=code, position=position)
    form = PowerForm(
        request.POST or None,
        request.FILES or None,
        own=list(queries.own_series(promise)),
        alternative=queries.alternative_series(promise),
    )
    if request.method == "POST" and form.is_valid():
        found = tried(
            form, lambda: actions.work_out_power(promise, chosen=form.chosen(), by=person)
        )
        if found:
            messages.success(request, "It is worked out, and kept with the promise.")
            return redirect("read_promise", code=code, position=position)
    context = {"form": form, "proposal": draft, "promise": promise}
    return render(request, "articulate/work_out_power.html", context)


def _advice(promise: Any, *, number: str) -> Any:
    """Return the advice of this number that is given on ``promise``; 404 where there is none."""
    given = queries.advice_given(promise, today=timezone.localdate())
    for one in given:
        if one.advice.number == number:
            return one.advice
    raise Http404
