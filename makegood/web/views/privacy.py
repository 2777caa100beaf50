"""What is held about people: for everyone to read, and for whoever answers for it to take."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.kernel.exports import table
from makegood.web.queries.privacy import chapters, controller, cookies, record_rows


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what we hold about people, why, how long, who sees it, and what they can do."""
    return render(request, "web/privacy.html", _said())


@login_not_required
def record_of_processing(_: HttpRequest) -> HttpResponse:
    """Give the record of processing activities as a table."""
    columns, *rows = record_rows()
    return table("record-of-processing.csv", columns, rows)


@login_not_required
def impact_assessment(request: HttpRequest) -> HttpResponse:
    """Give a data protection impact assessment to fill in, with what we know filled in."""
    response = render(request, "web/impact_assessment.md", _said())
    response["Content-Type"] = "text/markdown; charset=utf-8"
    response["Content-Disposition"] = 'attachment; filename="impact-assessment.md"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _said() -> dict[str, object]:
    return {
        "chapters": chapters(),
        "controller": controller(),
        "cookies": cookies(),
        "letters_from": settings.DEFAULT_FROM_EMAIL,
        "is_demo": settings.DEMO,
    }
