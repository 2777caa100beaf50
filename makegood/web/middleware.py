"""What every answer carries, and how every refusal is said."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.kernel.references import SECRET_PARTS
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people.queries import acting, hats_of

Handler = Callable[[HttpRequest], HttpResponse]


def guard_answers(handle: Handler) -> Handler:
    """Send with every answer, errors and static files too, what a browser may not do with it."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        for name, value in settings.GUARDING_HEADERS.items():
            response.setdefault(name, value)
        if _is_secret_address(request):
            response["Referrer-Policy"] = "strict-origin"
            response["X-Robots-Tag"] = "noindex"
        if _is_private(request, response):
            response["Cache-Control"] = "no-store, private"
        return response

    return respond


def _is_secret_address(request: HttpRequest) -> bool:
    # The address is told to nobody who is asked next, not even to ourselves. Under "no-referrer"
    # browsers would send forms with "Origin: null", which nothing that guards forms can trust.
    match = request.resolver_match
    return match is not None and not SECRET_PARTS.isdisjoint(match.kwargs)


def _is_private(request: HttpRequest, response: HttpResponse) -> bool:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return signed_in or _is_secret_address(request) or "Content-Disposition" in response


class RefusalMiddleware:
    """Turn a refusal no view dealt with into a page that gives the reason."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handle(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 where the person may not, 409 where the thing does not allow it."""
        if isinstance(exception, NotPermitted) and exception.number == "PEO-04":
            hats = hats_of(acting(request.user))
            hats = [hat for hat in hats if hat == exception.about] or hats
            context = {"reason": exception.sentence, "hats": hats}
            return render(request, "web/other_hat.html", context, status=403)
        if isinstance(exception, NotPermitted):
            raise PermissionDenied(exception.sentence) from exception
        if isinstance(exception, Refused):
            return render(request, "409.html", {"refusal": exception}, status=409)
        return None
