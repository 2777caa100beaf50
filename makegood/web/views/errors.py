"""What is said when a form comes back too late to be trusted."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

KEPT_FROM_SIGHT = ("csrfmiddlewaretoken", "password", "secret")


@login_not_required
def session_ended(request: HttpRequest, **_: object) -> HttpResponse:
    """Give back what was typed when the session that the form belonged to has ended."""
    typed = [
        (name.replace("_", " ").capitalize(), value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not any(part in name for part in KEPT_FROM_SIGHT)
    ]
    context = {"typed": typed, "again": request.path}
    return render(request, "403_csrf.html", context, status=403)
