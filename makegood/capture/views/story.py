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
            _, secret = told
            messages.success(request, "Thank you. Your story is kept.")
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
    context = {
        "story": story,
        "said": said,
        "happened": queries.what_happened(story),
        "concern": getattr(story, "concern", None),
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
    return render(request, "capture/withdraw_story.html", {"secret": secret})
