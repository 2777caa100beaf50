"""Who relies on a measure: a screen of three rooms."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from makegood.measures.queries import measures
from makegood.people.queries import signed_in
from makegood.web.queries.uses import commitments_using, promises_using, uses_of

PAGE = 20


@login_not_required
def measure_uses(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the promises and commitments that rely on a measure, each with the version it reads."""
    person = signed_in(request.user)
    shown = get_object_or_404(measures(), slug=slug)
    promises = promises_using(shown, person=person)
    page = Paginator(promises, PAGE).get_page(request.GET.get("page"))
    context = {
        "measure": shown,
        "page": page,
        "uses": uses_of(page.object_list, measure=shown, person=person),
        "commitments": commitments_using(shown, person=person).count(),
    }
    return render(request, "web/measure_uses.html", context)
