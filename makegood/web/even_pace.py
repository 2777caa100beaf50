"""Answers at an even pace, so that how long one took does not tell who has an account."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TELLING = frozenset(
    {
        "account_confirm_login_code",
        "account_email",
        "account_email_verification_sent",
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_signup",
        "account_signup_by_passkey",
        "socialaccount_signup",
    }
)
"""Addresses that do one thing for an e-mail address we know, and another for one we do not."""

Handler = Callable[[HttpRequest], HttpResponse]


def even_pace(handle: Handler) -> Handler:
    """Give what these addresses answer only at whole steps after it was asked."""

    def respond(request: HttpRequest) -> HttpResponse:
        asked_at = time.perf_counter()
        response = handle(request)
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.url_name in TELLING:
            time.sleep(until_next_step(time.perf_counter() - asked_at))
        return response

    return respond


def until_next_step(taken: float) -> float:
    """Return how long to wait, in seconds, after what has ``taken`` so many."""
    step = float(settings.SIGN_IN_STEP)
    return step - taken % step if step else 0
