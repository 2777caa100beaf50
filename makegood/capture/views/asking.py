"""Screens to say what people are asked, to put a link on paper, and to type in what came on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from makegood.capture import actions, queries
from makegood.capture.actions import OnPaper
from makegood.capture.forms import PromptsForm, WrittenDownForm
from makegood.capture.permissions import can_capture, can_set_prompts
from makegood.capture.states import Consent, ToldAs, ToldFor
from makegood.kernel.answers import tried
from makegood.kernel.references import new_token
from makegood.people.queries import acting


def set_prompts(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what people are asked when they tell a story for a commitment."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.asked_for_by(person), reference=reference)
    can_set_prompts(person, commitment=commitment).require()
    chosen = queries.prompts_now(commitment)
    questions = "\n".join(chosen.questions if chosen else queries.USUAL)
    form = PromptsForm(request.POST or None, initial={"questions": questions})
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        kept = tried(form, lambda: actions.set_prompts(commitment, questions=asked, by=person))
        if kept:
            messages.success(request, "Kept. People are asked this from now on.")
            return redirect(commitment.get_absolute_url())
    context = {"commitment": commitment, "form": form, "chosen": chosen}
    return render(request, "capture/set_prompts.html", context)


def story_poster(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show a link as a page to print and hang up."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    link = get_object_or_404(queries.open_link(token), commitment=commitment)
    address = request.build_absolute_uri(reverse("tell_story", args=[token]))
    drawn = mark_safe(queries.qr_of(address))  # drawn by us from an address of ours
    context = {"link": link, "commitment": commitment, "address": address, "drawn": drawn}
    return render(request, "capture/story_poster.html", context)


def write_story_down(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Type in a story that was told on paper or aloud."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    link = get_object_or_404(queries.open_link(token), commitment=commitment)
    form = WrittenDownForm(
        request.POST or None,
        questions=queries.questions_now(link),
        initial={"key": new_token(), "told_for": ToldFor.SELF, "agreed_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        told = tried(
            form,
            lambda: actions.tell_story(
                link,
                words=form.told(),
                told_as=ToldAs(answers["told_as"]),
                consent=Consent(answers["consent"]),
                first_name=answers["first_name"],
                whose=form.whose(),
                prompts=queries.prompts_now(commitment),
                paper=OnPaper(by=person, agreed_on=answers["agreed_on"]),
                is_afraid=answers["is_afraid"],
                key=answers["key"],
            ),
        )
        if told:
            messages.success(request, "It is kept. Give the address below to whoever told it.")
            return redirect("my_story", secret=told[1])
    context = {"form": form, "link": link, "commitment": commitment}
    return render(request, "capture/write_story_down.html", context)
