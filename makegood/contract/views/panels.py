"""Screens to set criteria, name a panel, declare interests, score, and see how far scores lie apart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.articulate.queries import needs_visible_to, reach_of, weighed
from makegood.contract import actions, queries
from makegood.contract.forms import (
    ChangeScoreForm,
    CriteriaForm,
    InterestForm,
    NameMemberForm,
    ScoreForm,
)
from makegood.contract.permissions import (
    can_decide_need,
    can_read_scores,
    can_see_panel,
    can_weigh,
)
from makegood.kernel.answers import tried
from makegood.kernel.exports import table
from makegood.people.queries import acting

COLUMNS = (
    "proposal",
    "title",
    "provider",
    "criterion",
    "weight",
    "member",
    "points",
    "why",
    "changed",
)


def set_criteria(request: HttpRequest, reference: str) -> HttpResponse:
    """Say by what proposals are weighed, before the need closes."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_decide_need(person, need=need).require()
    form = CriteriaForm(request.POST or None, held=list(queries.criteria_of(need)))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: actions.set_criteria(need, criteria=form.criteria(), by=person))
        if made is not None:
            messages.success(request, "Kept. Everyone who reads the need reads them.")
            return redirect("need", reference=reference)
    return render(request, "contract/set_criteria.html", {"form": form, "need": need})


def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """See who weighs the proposals and how far they are; name another member."""
    person = acting(request.user)
    reach = reach_of(person)
    need = get_object_or_404(needs_visible_to(person, reach=reach), reference=reference)
    bench = queries.Bench(person, need=need)
    can_see_panel(person, need=need, bench=bench, reach=reach).require()
    may_name = can_decide_need(person, need=need, bench=bench, reach=reach)
    form = NameMemberForm(request.POST or None, people=queries.people_who_may_sit(need))
    if request.method == "POST" and form.is_valid():
        named = tried(
            form,
            lambda: actions.name_panel_member(need, person=form.cleaned_data["person"], by=person),
        )
        if named:
            messages.success(request, f"{named.person} is on the panel. Tell them so.")
            return redirect("panel", reference=reference)
    members, seat, criteria = bench.panel, bench.seat, list(queries.criteria_of(need))
    may_weigh = can_weigh(person, need=need, bench=bench)
    proposals = list(queries.proposals_waiting(need)) if may_weigh else []
    missing = queries.scores_missing(seat, proposals=proposals, criteria=criteria) if seat else []
    context = {
        "form": form,
        "need": need,
        "members": members,
        "criteria": criteria,
        "seat": seat,
        "may_name": may_name,
        "may_read_scores": can_read_scores(person, need=need, bench=bench, reach=reach),
        "proposals": proposals,
        "missing": missing,
        "takes_proposals": need.takes_proposals(now=timezone.now()),
        "others_scoring": sum(not each.sent_at and not each.stands_aside for each in members),
    }
    return render(request, "contract/panel.html", context)


@require_POST
def take_off_panel(request: HttpRequest, reference: str, member: UUID) -> HttpResponse:
    """Take somebody off the panel."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    held = get_object_or_404(queries.panel_of(need), public_id=member)
    actions.take_off_panel(held, by=person)
    messages.success(request, f"{held.person} is off the panel.")
    return redirect("panel", reference=reference)


def declare_interest(request: HttpRequest, reference: str) -> HttpResponse:
    """Say, before one reads anything, whether one has an interest."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    get_object_or_404(queries.panel_of(need), person=person)
    form = InterestForm(request.POST or None, proposals=queries.proposals_waiting(need))
    if request.method == "POST" and form.is_valid():
        declared = tried(
            form, lambda: actions.declare_interest(need, **form.cleaned_data, by=person)
        )
        if declared:
            messages.success(request, "Thank you. It is kept.")
            return redirect("panel", reference=reference)
    context = {"form": form, "need": need, "proposals": queries.proposals_waiting(need)}
    return render(request, "contract/declare_interest.html", context)


def score_proposal(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Give one proposal points by each criterion, each with a sentence; keep it half done."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_weigh(person, need=need).require()
    proposal = get_object_or_404(queries.proposals_waiting(need), code=code)
    seat = get_object_or_404(queries.panel_of(need), person=person)
    held = queries.scores_by(seat).filter(proposal=proposal)
    form = ScoreForm(request.POST or None, criteria=list(queries.criteria_of(need)), held=held)
    if request.method == "POST" and form.is_valid():
        kept = tried(form, lambda: actions.keep_scores(proposal, marks=form.marks(), by=person))
        if kept is not None:
            messages.success(request, "Kept. Nobody else reads it until you send your scores.")
            return redirect("panel", reference=reference)
    context = {
        "form": form,
        "need": need,
        "proposal": proposal,
        "weighed": weighed(proposal, person=person),
    }
    return render(request, "contract/score_proposal.html", context)


@require_POST
def send_scores(request: HttpRequest, reference: str) -> HttpResponse:
    """Send one's scores, and read those of the others."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    actions.send_scores(need, by=person)
    messages.success(request, "Your scores are sent. These are everyone’s so far.")
    return redirect("scores", reference=reference)


def scores(request: HttpRequest, reference: str) -> HttpResponse:
    """See what each member of the panel gave, and how far they lie apart."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    bench = queries.Bench(person, need=need)
    can_read_scores(person, need=need, bench=bench).require()
    proposals = queries.proposals_weighed(need)
    context = {
        "need": need,
        "sheets": queries.sheets_of(need, proposals=proposals),
        "seat": bench.seat,
        "weighing": sum(member.weighs for member in bench.panel),
    }
    return render(request, "contract/scores.html", context)


def scores_table(request: HttpRequest, reference: str) -> HttpResponse:
    """Take away what each member of the panel gave, a row a score."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_read_scores(person, need=need).require()
    proposals = queries.proposals_weighed(need)
    return table(
        f"{reference}-scores.csv",
        COLUMNS,
        (
            (
                sheet.proposal.code,
                sheet.proposal.title,
                sheet.proposal.provider,
                row.criterion,
                row.criterion.weight,
                score.member.person,
                score.points,
                score.words,
                " ".join(f"{each.was} became {each.becomes}: {each.reason}" for each in changed),
            )
            for sheet in queries.sheets_of(need, proposals=proposals)
            for row in sheet.rows
            for score in row.scores
            for changed in (score.moderations.all(),)
        ),
    )


def change_score(request: HttpRequest, reference: str, code: str, position: int) -> HttpResponse:
    """Change a score of one's own, with the reason."""
    person = acting(request.user)
    need = get_object_or_404(needs_visible_to(person), reference=reference)
    can_weigh(person, need=need).require()
    seat = get_object_or_404(queries.panel_of(need), person=person)
    held = get_object_or_404(
        queries.scores_by(seat), proposal__code=code, criterion__position=position
    )
    form = ChangeScoreForm(request.POST or None, initial={"points": held.points})
    if request.method == "POST" and form.is_valid():
        changed = tried(form, lambda: actions.change_score(held, **form.cleaned_data, by=person))
        if changed:
            messages.success(request, "Changed. What it was stays beside it.")
            return redirect("scores", reference=reference)
    return render(
        request, "contract/change_score.html", {"form": form, "need": need, "score": held}
    )
