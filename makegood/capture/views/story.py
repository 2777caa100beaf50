"""Screens for a person who tells a story, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.capture import actions, queries
from makegood.capture.forms import ConsentForm, StoryForm
from makegood.capture.states import Consent, StoryState, ToldAs, ToldFor
from makegood.kernel.answers import tried
from makegood.kernel.references import new_token

KEPT = "Thank you. Your story is kept."
KEPT_AS_IT_WAS = "Your story was kept already, for fewer people to read. Let more read it here."


@login_not_required
def tell_story(request: HttpRequest, token: str) -> HttpResponse:
    """Tell what changed, and say who may read it."""
    link = get_object_or_404(queries.open_link(token))
    form = StoryForm(
        request.POST or None,
        questions=queries.questions_now(link),
        initial={"key": new_token(), "told_for": ToldFor.SELF},
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
                prompts=queries.prompts_now(link.commitment),
                is_afraid=answers["is_afraid"],
                key=answers["key"],
            ),
        )
        if told:
            story, secret = told
            is_taken = story.consent == answers["consent"]
            messages.success(request, KEPT if is_taken else KEPT_AS_IT_WAS)
            return redirect("my_story", secret=secret)
    return render(request, "capture/tell_story.html", {"form": form, "link": link})


@login_not_required
def my_story(request: HttpRequest, secret: str) -> HttpResponse:
    """See one's own story by its private link, and change who may read it."""
    story = get_object_or_404(queries.story_with_secret(secret))
    said = story.said if story.state == StoryState.TOLD else None
    form = ConsentForm(request.POST or None, initial={"consent": story.consent})
    if said:
        form.narrow_to(widest=queries.widest_consent(story))
    if request.method == "POST" and form.is_valid():
        consent = Consent(form.cleaned_data["consent"])
        changed = tried(form, lambda: actions.change_consent(story, consent=consent))
        if changed:
            messages.success(request, "Kept. It counts from now on.")
            return redirect("my_story", secret=secret)
    concerns = list(queries.concerns_of(story).prefetch_related("steps__organisation"))
    context = {
        "story": story,
        "said": said,
        "happened": queries.what_happened(story),
        "concerns": concerns,
        "may_say_so": all(each.steps.all() for each in concerns),
        "files": queries.files_of(story) if said else (),
        "versions": queries.versions_of_story(story) if said else (),
        "complaints": queries.complaints_with(story),
        "form": form,
        "secret": secret,
    }
    return render(request, "capture/my_story.html", context)


@login_not_required
def withdraw_story(request: HttpRequest, secret: str) -> HttpResponse:
    """Take one's story back, once it is confirmed: the words are erased."""
    story = get_object_or_404(queries.story_with_secret(secret), state=StoryState.TOLD)
    if request.method == "POST":
        actions.withdraw_story(story)
        messages.success(request, "Your story is withdrawn and its words are erased.")
        return redirect("my_story", secret=secret)
    context = {"secret": secret, "is_feared": queries.concerns_of(story).exists()}
    return render(request, "capture/withdraw_story.html", context)
