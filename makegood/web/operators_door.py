"""The operators' door: they have a second step, and under ``/admin/`` they showed it is still them."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood.web.still_you import shown_lately

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
DOORS = ("admin:login", "admin:logout")
SIGNING_IN = "accounts/"
"""Where second steps are set up, among the addresses of signing in."""

Handler = Callable[[HttpRequest], HttpResponse]


class OperatorsDoorMiddleware:
    """Leads an operator who has no second step to set one up, and asks the others anew at the admin.

    Operators decide about others on ordinary pages too, so those are shut to them meanwhile. In the
    demonstration, which holds nothing of anybody's, nobody has anything to show.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handle(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Answer with the page that says what is missing, or that asks again who it is."""
        match = request.resolver_match
        if match is None or match.view_name in DOORS or match.route.startswith(SIGNING_IN):
            return None
        if settings.DEMO or not (request.user.is_authenticated and request.user.is_staff):
            return None  # who is no operator is turned away by Django's admin
        if not Authenticator.objects.filter(user=request.user, type__in=SECOND_STEPS).exists():
            return render(request, "web/second_step_first.html", status=403)
        if match.app_name != "admin" or shown_lately(request):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        return suspend_request(request, ways[0]["url"])
