"""Screens to take a proposal, or the form to prepare one, away from the screen."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from makegood.articulate import queries
from makegood.articulate.documents import as_document, form_for
from makegood.people.queries import signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_not_required
def need_form(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the form to answer a need, to prepare it away from the screen."""
    visible = queries.needs_visible_to(signed_in(request.user))
    shown = get_object_or_404(visible, reference=reference)
    content = form_for(shown, today=timezone.localdate())
    return _to_take_away(f"{shown.reference}-proposal.docx", content)


@login_not_required
def proposal_as_word(request: HttpRequest, code: str) -> HttpResponse:
    """Give a proposal as a document, to whoever may read it."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    today = timezone.localdate()
    withheld = queries.withheld_of_proposal(person, proposal=shown, today=today)
    queries.tell_states([shown], person=person)
    content = as_document(shown, withheld=withheld, today=today)
    response = _to_take_away(f"{shown.reference}.docx", content)
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
def print_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Show all of a proposal on one page, to be printed."""
    person = signed_in(request.user)
    shown = get_object_or_404(queries.proposals_visible_to(person), code=code)
    today = timezone.localdate()
    withheld = queries.withheld_of_proposal(person, proposal=shown, today=today)
    parts = queries.parts_of(shown)
    queries.tell_states([shown], person=person)
    context = {
        "proposal": shown,
        "promises": queries.promises_of(shown),
        "case": [(part, withheld.get(part.part)) for part in parts.values() if part.is_begun],
        "unanswered": [part.about.title for part in parts.values() if not part.is_begun],
        "files": queries.attachments_of(shown),
        "withheld": withheld,
    }
    return render(request, "articulate/print_proposal.html", context)


def _to_take_away(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
