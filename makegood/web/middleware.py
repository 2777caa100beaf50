"""What every answer carries, and how every refusal is said."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people.queries import acting, hats_of

Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(handle: Handler) -> Handler:
    """Send the strict policy: our own scripts and styles, nothing inline, nothing from elsewhere."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return respond


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
            context = {"reason": exception.sentence, "hats": hats, "next": request.path}
            return render(request, "web/other_hat.html", context, status=403)
        if isinstance(exception, NotPermitted):
            raise PermissionDenied(exception.sentence) from exception
        if isinstance(exception, Refused):
            return render(request, "409.html", {"refusal": exception}, status=409)
        return None
