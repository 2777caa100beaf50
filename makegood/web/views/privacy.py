"""What is held about people: for everyone to read, and for whoever answers for it to take."""

import csv

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.kernel.exports import harmless
from makegood.web.queries.privacy import chapters, controller, cookies, record_rows


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what we hold about people, why, how long, who sees it, and what they can do."""
    return render(request, "web/privacy.html", _said())


@login_not_required
def record_of_processing(_: HttpRequest) -> HttpResponse:
    """Give the record of processing activities as a table."""
    response = _file("record-of-processing.csv", kind="text/csv")
    lines = csv.writer(response)
    for row in record_rows():
        lines.writerow([harmless(cell) for cell in row])
    return response


@login_not_required
def impact_assessment(request: HttpRequest) -> HttpResponse:
    """Give a data protection impact assessment to fill in, with what we know filled in."""
    response = _file("impact-assessment.md", kind="text/markdown")
    response.write(render(request, "web/impact_assessment.md", _said()).content)
    return response


def _said() -> dict[str, object]:
    return {
        "chapters": chapters(),
        "controller": controller(),
        "cookies": cookies(),
        "letters_from": settings.DEFAULT_FROM_EMAIL,
        "is_demo": settings.DEMO,
    }


def _file(name: str, *, kind: str) -> HttpResponse:
    response = HttpResponse(content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
