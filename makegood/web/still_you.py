"""Asks again who somebody is, before an act that binds, publishes or hands out personal data."""

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse

WEIGHTY = frozenset(
    {
        "account_email",
        "account_set_password",
        "answer_challenge",
        "decide_need",
        "decide_proposal",
        "end_contract",
        "erase_me",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "openid_connect_login",
        "publish_finding",
        "publish_need",
        "sign_contract",
        "sign_handover",
        "sign_variation",
        "socialaccount_connections",
        "take_my_data",
    }
)
"""Addresses whose answer is taken only from somebody who has just shown who they are."""

Handler = Callable[[HttpRequest], HttpResponse]


class StillYouMiddleware:
    """Puts a weighty answer aside, asks who it is, and then takes the answer as it was given."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handle(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Answer with the page that asks, where it has been too long."""
        match = request.resolver_match
        weighty = request.method == "POST" and match is not None and match.url_name in WEIGHTY
        if not weighty or not request.user.is_authenticated or shown_lately(request):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        return suspend_request(request, ways[0]["url"])


def shown_lately(request: HttpRequest) -> bool:
    """Return whether this browser's person showed who they are a short while ago.

    In the demonstration nobody has anything to show.
    """
    shown = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in shown), default=0)
    return settings.DEMO or time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
