"""The operators' door: under ``/admin/`` comes who has a second step, and showed it is still them."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.web.still_you import shown_lately

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ALWAYS_OPEN = ("login", "logout")

Handler = Callable[[HttpRequest], HttpResponse]


class OperatorsDoorMiddleware:
    """Lets an operator into the admin who has a second step; leads others to set one up.

    In the demonstration, which holds nothing of anybody's, nobody has anything to show.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handle(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Answer with the page that says what is missing, or that asks again who it is."""
        match = request.resolver_match
        if match is None or match.app_name != "admin" or match.url_name in ALWAYS_OPEN:
            return None
        if settings.DEMO or not (request.user.is_authenticated and request.user.is_staff):
            return None  # who is no operator is turned away by Django's admin
        if not Authenticator.objects.filter(user=request.user, type__in=SECOND_STEPS).exists():
            return render(request, "web/second_step_first.html", status=403)
        if shown_lately(request):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        return suspend_request(request, ways[0]["url"])
