"""Posters and forms to take away and print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from makegood.capture import queries
from makegood.capture.papers import paper_form_pdf, paper_form_word, poster_pdf
from makegood.capture.permissions import can_capture
from makegood.people.queries import acting

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def poster_as_pdf(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take the poster of a link as PDF."""
    link, said = _asked(request, reference, token)
    return _file(poster_pdf(queries.poster_data(link, **said)), kind=PDF, name="poster.pdf")


def paper_form_as_pdf(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take the form for telling a story on paper as PDF that a screen reader reads."""
    link, said = _asked(request, reference, token)
    made = paper_form_pdf(queries.paper_form_data(link, **said))
    return _file(made, kind=PDF, name="paper-form.pdf")


def paper_form_as_word(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take the same form as a Word file."""
    link, said = _asked(request, reference, token)
    made = paper_form_word(queries.paper_form_data(link, **said))
    return _file(made, kind=WORD, name="paper-form.docx")


def _asked(request: HttpRequest, reference: str, token: str) -> tuple[Any, dict[str, Any]]:
    """Return the link, and what only the page knows of it: its address, and the day."""
    person = acting(request.user)
    commitment = get_object_or_404(queries.captures_visible_to(person), reference=reference)
    can_capture(person, commitment=commitment).require()
    link = get_object_or_404(queries.open_link(token), commitment=commitment)
    address = request.build_absolute_uri(reverse("tell_story", args=[token]))
    return link, {"address": address, "today": timezone.localdate()}


def _file(made: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
