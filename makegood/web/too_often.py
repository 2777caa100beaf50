"""Counts what is sent and taken away, and answers “too often” with all that was written kept."""

import math
import time
from collections.abc import Callable
from datetime import timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

APP = "makegood"
Handler = Callable[[HttpRequest], HttpResponse]


class TooOftenMiddleware:
    """Holds ``settings.RATE_LIMITS``: how often each address is used, by whom and from where."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handle(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Count, and answer 429 where it is once too often."""
        row, limits = row_of(request), settings.RATE_LIMITS
        if row not in limits or ratelimit.consume(
            request, app=APP, action=row, config=limits, key=request.path, limit_get=True
        ):
            return None
        return too_often(request, seconds=seconds_to_wait(request, row=row))


def row_of(request: HttpRequest) -> str:
    """Return what the table calls this: how it is asked, and the name of the address."""
    method = "GET" if request.method == "HEAD" else request.method
    return f"{method}:{request.resolver_match.view_name if request.resolver_match else ''}"


def seconds_to_wait(request: HttpRequest, *, row: str) -> int:
    """Return after how many seconds the limits of ``row`` let this through; 1 or more."""
    now, waits = time.time(), [1.0]
    for rate in ratelimit.get_rates(app=APP, action=row, config=settings.RATE_LIMITS):
        counted = cache.get(
            ratelimit.get_cache_key(request, app=APP, action=row, rate=rate, key=request.path), []
        )
        if len(counted) >= rate.amount:
            waits.append(counted[rate.amount - 1] + rate.duration - now)
    return math.ceil(max(waits))


def too_often(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """Say when to try again, on a page that holds what was written; files are chosen again."""
    context = {
        "minutes": math.ceil(seconds / 60),
        "again_at": timezone.localtime()
        + timedelta(seconds=seconds + 59),  # shown in whole minutes
        "written": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and "password" not in name
        ],
    }
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
