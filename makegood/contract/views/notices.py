"""Screens to write how the indicators of a contract do, to send, reply to, publish and read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from makegood.contract import actions, queries
from makegood.contract.documents import notice_pdf
from makegood.contract.forms import NoticeForm, NoticeReplyForm, RatingForm
from makegood.contract.permissions import can_reply_to_notice, can_write_notice
from makegood.contract.states import NOTICES, NoticeState, Rating
from makegood.kernel.answers import tried
from makegood.kernel.refusal import RuleBroken
from makegood.people.queries import acting, signed_in


def begin_notice(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the time of a notice; each indicator is rated as its figure says."""
    person = acting(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    can_write_notice(person, contract=shown).require()
    form = NoticeForm(request.POST or None, initial={"from_on": shown.starts_on})
    if request.method == "POST" and form.is_valid():
        begun = tried(form, lambda: actions.begin_notice(shown, **form.cleaned_data, by=person))
        if begun:
            messages.success(request, "Each indicator is rated as its figure says. Read them all.")
            return redirect("notice", reference=reference, number=begun.number)
    context = {"form": form, "contract": shown, "indicators": queries.indicators_of(shown)}
    return render(request, "contract/begin_notice.html", context)


@login_not_required
def notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read how the indicators of a contract did."""
    person = signed_in(request.user)
    shown = queries.notice_found(person, reference=reference, number=number)
    writes = bool(can_write_notice(person, contract=shown.contract))
    replies = bool(can_reply_to_notice(person, notice=shown))
    context = {
        "contract": shown.contract,
        "notice": shown,
        "ratings": queries.ratings_of(shown),
        "may_rate": writes and shown.state == NoticeState.DRAFT,
        "may_publish": writes and shown.state in {NoticeState.SENT, NoticeState.REPLIED},
        "may_reply": replies and shown.state == NoticeState.SENT,
    }
    return render(request, "contract/notice.html", context)


@login_not_required
def notice_as_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a notice as PDF that a screen reader reads."""
    shown = queries.notice_found(signed_in(request.user), reference=reference, number=number)
    made = notice_pdf(queries.notice_data(shown))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{reference}-notice-{number}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
def notice_as_data(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a notice in the words of the Open Contracting Data Standard."""
    shown = queries.notice_found(signed_in(request.user), reference=reference, number=number)
    package = queries.notice_as_package(shown, uri=request.build_absolute_uri())
    answer = JsonResponse(package)
    answer["Content-Disposition"] = f'attachment; filename="{reference}-notice-{number}.json"'
    return answer


def rate_indicator(
    request: HttpRequest, reference: str, number: int, commitment: str
) -> HttpResponse:
    """Decide how one indicator did."""
    person = acting(request.user)
    shown = queries.notice_found(person, reference=reference, number=number)
    can_write_notice(person, contract=shown.contract).require()
    NOTICES.target(shown.state, act="send_notice")
    held = get_object_or_404(queries.ratings_of(shown), commitment__reference=commitment)
    form = RatingForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        chosen, reason = Rating(form.cleaned_data["rating"]), form.cleaned_data["reason"]
        rated = tried(
            form, lambda: actions.rate_indicator(held, chosen=chosen, reason=reason, by=person)
        )
        if rated:
            messages.success(request, f"{held.commitment.name}: {rated.rating}.")
            return redirect("notice", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "notice": shown, "rating": held}
    return render(request, "contract/rate_indicator.html", context)


def send_notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Send a notice to the provider, once it is asked again."""
    return _step(request, reference, number, act="send_notice", said="The provider is told.")


def withdraw_notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Withdraw a notice before anybody else has read it, once it is asked again."""
    said = "The notice is withdrawn. You can begin another one."
    return _step(request, reference, number, act="withdraw_notice", said=said)


def publish_notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Publish a notice, once it is asked again."""
    return _step(request, reference, number, act="publish_notice", said="The notice is published.")


def reply_to_notice(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Reply for the provider, before a notice is published."""
    person = acting(request.user)
    shown = queries.notice_found(person, reference=reference, number=number)
    can_reply_to_notice(person, notice=shown).require()
    NOTICES.target(shown.state, act="reply_to_notice")
    form = NoticeReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if tried(form, lambda: actions.reply_to_notice(shown, words=words, by=person)):
            messages.success(request, "Your reply stands beside the ratings.")
            return redirect("notice", reference=reference, number=number)
    context = {"form": form, "contract": shown.contract, "notice": shown}
    return render(request, "contract/reply_to_notice.html", context)


def _step(
    request: HttpRequest, reference: str, number: int, *, act: str, said: str
) -> HttpResponse:
    person = acting(request.user)
    shown = queries.notice_found(person, reference=reference, number=number)
    can_write_notice(person, contract=shown.contract).require()
    NOTICES.target(shown.state, act=act)
    if request.method == "POST":
        try:
            getattr(actions, act)(shown, by=person)
            messages.success(request, said)
        except RuleBroken as broken:
            messages.error(request, broken.sentence)
        return redirect("notice", reference=reference, number=number)
    context = {"contract": shown.contract, "notice": shown, "act": act}
    return render(request, "contract/confirm_notice.html", context)
