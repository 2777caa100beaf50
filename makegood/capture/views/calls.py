"""Screens to ask for a call without an account, and for those who call."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.actions import Reach, ToldInCall
from makegood.capture.forms import CallForm, CallStoryForm, TriedForm
from makegood.capture.permissions import can_take_call
from makegood.capture.states import Caller, CallState, CallWay, Consent, ToldAs, ToldFor, Tried
from makegood.kernel.answers import tried
from makegood.kernel.references import new_token
from makegood.people.queries import acting


@login_not_required
def ask_for_call(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to be called, to tell a story aloud or in British Sign Language."""
    link = get_object_or_404(queries.open_link(token))
    contract = link.commitment.contract
    form = CallForm(
        request.POST or None,
        provider=str(contract.provider),
        assessor=str(contract.assessor),
        initial={"key": new_token()},
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        names = ("reach", "times", "called", "helps")
        asked = tried(
            form,
            lambda: actions.ask_for_call(
                link,
                way=CallWay(answers["way"]),
                caller=Caller(answers["caller"]),
                said=Reach(**{name: answers[name] for name in names}),
                key=answers["key"],
            ),
        )
        if asked:
            messages.success(request, "Thank you. They are told, and will call you.")
            return redirect("my_call", secret=asked[1])
    return render(request, "capture/ask_for_call.html", {"form": form, "link": link})


@login_not_required
def my_call(request: HttpRequest, secret: str) -> HttpResponse:
    """See by its private address what became of a call; once it brought a story, that story."""
    call = get_object_or_404(queries.call_with_secret(secret))
    if call.state == CallState.DONE:
        return redirect("my_story", secret=secret)
    context = {
        "call": call,
        "caller": queries.caller_of(call),
        "said": call.said if call.state == CallState.ASKED else None,
        "secret": secret,
    }
    return render(request, "capture/my_call.html", context)


@login_not_required
def cancel_call(request: HttpRequest, secret: str) -> HttpResponse:
    """Want no call any more, once that is confirmed."""
    call = get_object_or_404(queries.call_with_secret(secret), state=CallState.ASKED)
    if request.method == "POST":
        actions.cancel_call(call)
        messages.success(request, "Nobody will call you. Your number is erased.")
        return redirect("my_call", secret=secret)
    return render(request, "capture/cancel_call.html", {"secret": secret})


def call(request: HttpRequest, call: UUID) -> HttpResponse:
    """Read how somebody is reached, and say what came of calling them."""
    person = acting(request.user)
    asked = get_object_or_404(queries.calls_asked_of(person), public_id=call)
    can_take_call(person, call=asked).require()
    form = TriedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = Tried(form.cleaned_data["came"])
        if tried(form, lambda: actions.note_call(asked, came=came, by=person)):
            messages.success(request, "Kept. Whoever asked for the call sees it too.")
            return redirect("call", call=call)
    context = {
        "call": asked,
        "said": asked.said if asked.state == CallState.ASKED else None,
        "tries": asked.tries.select_related("tried_by"),
        "form": form,
    }
    return render(request, "capture/call.html", context)


def write_call_down(request: HttpRequest, call: UUID) -> HttpResponse:
    """Type in what is told in a call, and read it back."""
    person = acting(request.user)
    asked = get_object_or_404(queries.calls_asked_of(person), public_id=call)
    can_take_call(person, call=asked).require()
    if asked.state != CallState.ASKED:
        return redirect("call", call=call)
    form = CallStoryForm(
        request.POST or None,
        questions=queries.questions_now(asked.link),
        initial={"told_for": ToldFor.SELF},
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        told = ToldInCall(
            words=form.told(),
            told_as=ToldAs(answers["told_as"]),
            consent=Consent(answers["consent"]),
            first_name=answers["first_name"],
            whose=form.whose(),
            prompts=queries.prompts_now(asked.link.commitment),
            is_afraid=answers["is_afraid"],
        )
        is_read_back = answers["is_read_back"]
        kept = tried(
            form,
            lambda: actions.write_call_down(asked, told=told, is_read_back=is_read_back, by=person),
        )
        if kept:
            messages.success(request, "It is kept. Their number is erased.")
            return redirect("call", call=call)
    return render(request, "capture/write_call_down.html", {"form": form, "call": asked})
