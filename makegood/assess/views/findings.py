"""Screens to judge a commitment, reply to the finding, and publish it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from makegood.articulate.queries import reach_of
from makegood.assess import actions, queries
from makegood.assess.forms import FindingForm, ReplyForm
from makegood.assess.permissions import can_find, can_reply
from makegood.assess.states import FindingState
from makegood.capture.queries import figures_found_wrong, stories_told, story_counts, told_page
from makegood.kernel.answers import tried
from makegood.kernel.refusal import Refused
from makegood.people.queries import acting


def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """See the evidence side by side, and write the finding."""
    person = acting(request.user)
    reach = reach_of(person)
    seen = queries.assessments_visible_to(person, reach=reach)
    commitment = get_object_or_404(seen, reference=reference)
    found = queries.findings_visible_to(person, reach=reach)
    finding = found.filter(commitment=commitment).first()
    may_find = can_find(person, commitment=commitment, reach=reach)
    counts = story_counts(commitment)
    page, told = told_page(
        commitment,
        is_assessor=bool(may_find),
        count=counts.told,
        number=request.GET.get("page"),
    )
    analysis, wrong = queries.latest_analysis(commitment), figures_found_wrong(commitment)
    form = FindingForm(
        request.POST or None,
        verdict=analysis.verdict if analysis else "",
        wrong=wrong,
        stories=stories_told(commitment) if counts.told else None,
        read=[each.reference for each in told],
        initial=queries.judgement_so_far(finding),
    )
    if request.method == "POST" and form.is_valid():
        written = _written(form, commitment=commitment, by=person)
        if written:
            messages.success(request, "The finding is kept as a draft. Read it, then send it.")
            return redirect("finding", reference=written.reference)
    context = {
        "commitment": commitment,
        "analysis": analysis,
        "tellings": told,
        "page": page,
        "withdrawn": counts.withdrawn,
        "finding": finding,
        "is_draft": finding is None or finding.state == FindingState.DRAFT,
        "may_find": may_find,
        "form": form,
    }
    return render(request, "assess/assess.html", context)


def _written(form: FindingForm, *, commitment: Any, by: Any) -> Any:
    try:
        return actions.write_finding(commitment, judgement=form.judgement(), by=by)
    except Refused as refused:
        form.refuse(refused)
        return None


def finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a finding before it is published, and see what comes next."""
    person = acting(request.user)
    shown = get_object_or_404(queries.findings_visible_to(person), reference=reference)
    context = {
        "finding": shown,
        "commitment": shown.commitment,
        "wrong_now": figures_found_wrong(shown.commitment),
        "cited": queries.tellings_cited(shown, person=person),
        "may_find": can_find(person, commitment=shown.commitment),
        "may_reply": can_reply(person, commitment=shown.commitment),
        "may_publish": queries.may_be_published(shown, today=timezone.localdate()),
    }
    return render(request, "assess/finding.html", context)


def send_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a finding to the provider, once it is confirmed."""
    person = acting(request.user)
    shown = get_object_or_404(queries.findings_visible_to(person), reference=reference)
    can_find(person, commitment=shown.commitment).require()
    if request.method == "POST":
        sent = actions.send_finding(shown, by=person)
        messages.success(request, f"Sent. The provider may reply until {sent.reply_by:%-d %B %Y}.")
        return redirect("finding", reference=reference)
    return render(request, "assess/send_finding.html", {"finding": shown})


def reply_to_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer a finding."""
    person = acting(request.user)
    shown = get_object_or_404(queries.findings_visible_to(person), reference=reference)
    can_reply(person, commitment=shown.commitment).require()
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        replied = tried(form, lambda: actions.reply_to_finding(shown, words=words, by=person))
        if replied:
            messages.success(request, "Your reply is kept. It is published with the finding.")
            return redirect("finding", reference=reference)
    context = {"finding": shown, "commitment": shown.commitment, "form": form}
    return render(request, "assess/reply_to_finding.html", context)


def publish_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a finding to everyone, once it is confirmed."""
    person = acting(request.user)
    shown = get_object_or_404(queries.findings_visible_to(person), reference=reference)
    can_find(person, commitment=shown.commitment).require()
    if request.method == "POST":
        actions.publish_finding(shown, by=person)
        messages.success(request, "The finding is published, with any reply beside it.")
        return redirect(shown.commitment.get_absolute_url())
    return render(request, "assess/publish_finding.html", {"finding": shown})
