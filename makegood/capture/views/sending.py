"""Screens to send oneself the private address of what one told, asked for or complained of."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import SendLinkForm
from makegood.capture.states import CallState, ComplaintState, StoryState
from makegood.kernel.answers import tried


@login_not_required
def send_my_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Send oneself the private address of one's story."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    act = actions.send_private_link
    return _sent(
        request,
        lambda to: act(story, secret=secret, to=to),
        "story",
        page="my_story",
        secret=secret,
    )


@login_not_required
def send_my_call(request: HttpRequest, secret: str) -> HttpResponse:
    """Send oneself the private address of a call one asked for."""
    call = get_object_or_404(queries.call_with_secret(secret), state=CallState.ASKED)
    act = actions.send_call_link
    return _sent(
        request, lambda to: act(call, secret=secret, to=to), "call", page="my_call", secret=secret
    )


@login_not_required
def send_my_complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Send oneself the private address of a complaint one made."""
    found = queries.complaint_with_secret(secret).exclude(state=ComplaintState.ENDED)
    made = get_object_or_404(found)
    act = actions.send_complaint_link
    return _sent(
        request,
        lambda to: act(made, secret=secret, to=to),
        "complaint",
        page="my_complaint",
        secret=secret,
    )


def _sent(
    request: HttpRequest, act: Callable[[str], None], what: str, *, page: str, secret: str
) -> HttpResponse:
    """Ask where to, and do ``act`` with it; where ``what`` stands no more, say so."""
    form = SendLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["email"]
        if tried(form, lambda: _done(act, to=to)):
            messages.success(request, "The letter is on its way. We did not keep the address.")
            return redirect(page, secret=secret)
    context = {"form": form, "what": what, "page": page, "secret": secret}
    return render(request, "capture/send_my_link.html", context)


def _done(act: Callable[[str], None], *, to: str) -> bool:
    act(to)
    return True
