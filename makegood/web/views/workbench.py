"""The workbench of a programme, for the unit that runs it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from makegood.articulate.permissions import can_see_workbench
from makegood.articulate.queries import programmes, promises_visible_to
from makegood.kernel.exports import table
from makegood.people.queries import acting
from makegood.web.forms import WorkbenchFilter
from makegood.web.queries import workbench as queries
from makegood.web.queries.gap import Step, gap_today

COLUMNS = (
    "reference", "title", "provider", "commissioner", "need", "stage", "since", "days there",
    "contract",
)  # fmt: skip


def workbench(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is on the way in a programme, how far they are, and what waits."""
    programme = _programme(request, slug)
    now, today = timezone.now(), timezone.localdate()
    form = WorkbenchFilter(request.GET)
    found = _cases(form, programme=programme)
    own = promises_visible_to(None).filter(proposal__need__programme=programme)
    context = form.listed(found) | {
        "programme": programme,
        "pipeline": [
            (line, _days(line.since)) for line in queries.pipeline(programme, today=today)
        ],
        "loads": [(load, _days(load.since)) for load in queries.loads(programme)],
        "waiting": [(each, _days(each.asked_at)) for each in queries.groups_waiting(programme)],
        "aims": list(queries.aims_without_promises(programme)),
        "lost": gap_today(own, now=now)[Step.LOST],
    }
    context["lines"] = [
        (case, _days(case.since) if case.stage in queries.UNDER_WAY else None)
        for case in context["page"]
    ]
    return render(request, "web/workbench.html", context)


def workbench_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the cases found as a table."""
    programme = _programme(request, slug)
    form = WorkbenchFilter(request.GET)
    form.require_all()
    rows = (
        [
            case.reference,
            case.title,
            case.provider,
            case.need.commissioner,
            case.need,
            case.stage,
            timezone.localdate(case.since),
            _days(case.since),
            case.contract.reference if hasattr(case, "contract") else "",
        ]
        for case in _cases(form, programme=programme)
    )
    return table(f"workbench-{slug}.csv", COLUMNS, rows)


def _programme(request: HttpRequest, slug: str) -> Any:
    person = acting(request.user)
    programme = get_object_or_404(programmes(), slug=slug)
    can_see_workbench(person, programme=programme).require()
    return programme


def _cases(form: WorkbenchFilter, *, programme: Any) -> Any:
    return queries.cases(
        programme,
        stage=form.answers.get("stage", ""),
        text=form.answers.get("q", ""),
        stalled_since=form.stalled_since(now=timezone.now()),
        today=timezone.localdate(),
    )


def _days(since: Any) -> int | None:
    return (timezone.localdate() - timezone.localdate(since)).days if since else None
