"""The schedule of a contract: a page, a PDF, a Word file, and its words as data."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from makegood.contract import queries
from makegood.contract.documents import schedule_pdf, schedule_word
from makegood.kernel.documents.pdf import set_with
from makegood.kernel.ledger.canonical import canonical
from makegood.people.queries import signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_not_required
def schedule(request: HttpRequest, reference: str) -> HttpResponse:
    """Read the schedule, take it away, and see how a copy of it is checked."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    context = {
        "contract": shown,
        "data": queries.schedule_data(shown, withheld=withheld),
        "kept": queries.schedule_kept(shown),
        "is_whole": not withheld,
        "set_with": set_with(),
    }
    return render(request, "contract/schedule.html", context)


@login_not_required
def schedule_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the schedule as PDF that a screen reader reads."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    made = schedule_pdf(queries.schedule_data(shown, withheld=withheld))
    return _file(made, kind="application/pdf", name=f"{reference}-schedule.pdf")


@login_not_required
def schedule_as_word(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the schedule as a Word file."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    made = schedule_word(queries.schedule_data(shown, withheld=withheld))
    return _file(made, kind=WORD, name=f"{reference}-schedule.docx")


@login_not_required
def schedule_as_data(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the words of the schedule as the bytes whose digest the ledger holds."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.contracts_visible_to(person), reference=reference)
    withheld = queries.withheld_from(person, contract=shown, today=timezone.localdate())
    made = canonical(queries.schedule_data(shown, withheld=withheld))
    return _file(made, kind="application/json", name=f"{reference}-schedule.json")


def _file(made: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = f'"{hashlib.sha256(made).hexdigest()}"'
    return answer
